"""The limit of a host, over threads and processes, by the server's own clock; and what a kill or a restart leaves."""

import html
import re
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from graph.errors import UsageError
from pipelines.fetch.http import Web
from pipelines.fetch.limits import Limits, PausedError, StoppedError
from pipelines.fetch.request import Request, WebRefusedError
from tests.conftest import ROOT
from tests.site import Page, Site

WORKER = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from pipelines.fetch.archive import Archive
from pipelines.fetch.http import Web
from pipelines.fetch.request import Request
from pipelines.settings import load_settings

home, base, rate, group = sys.argv[1:]
settings = load_settings(Path(home), {"LOADPATH_ALLOW_HOSTS": "127.0.0.1"})
with Web(settings, Archive(settings.archive), limits=Path(home)) as web, ThreadPoolExecutor(6) as pool:
    list(pool.map(lambda n: web.get(Request(f"{base}/a", "test", rate=float(rate), group=group)), range(9)))
"""


def start(code, *arguments):
    return subprocess.Popen([sys.executable, "-c", code, *map(str, arguments)], cwd=ROOT)


@pytest.mark.parametrize("group", ["", "edgar"])
def test_two_processes_of_six_threads_share_one_limit(site, online, group):
    site.pages["/a"] = Page(b"text")
    processes = [start(WORKER, online.home, site.base, 8, group) for _ in range(2)]

    assert [process.wait(60) for process in processes] == [0, 0]
    assert len(site.seen) == 20
    assert site.busiest_second() <= 8


def test_bunched_and_delayed_requests_stay_under_the_limit_at_the_server(site, web):
    gate = threading.Event()

    def hold(handler):
        gate.wait(0.3)
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntext")

    site.pages["/slow"] = Page(raw=hold)
    threads = [threading.Thread(target=web.get, args=(Request(site.base + "/slow", "test", rate=4),)) for _ in range(7)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(site.seen) == 8
    assert site.busiest_second() <= 4


def test_two_hosts_of_one_group_share_its_limit(site, web):
    other = Site()
    for each in (site, other):
        each.pages["/a"] = Page(b"text")
    try:
        for number in range(10):
            base = (site, other)[number % 2].base
            web.get(Request(base + "/a", "test", rate=6, group="both"))
        site.seen += other.seen
        assert site.busiest_second() <= 6
    finally:
        other.close()


def test_without_a_rate_a_host_is_asked_once_a_second(site, web):
    site.pages["/a"] = Page(b"text")
    for _ in range(2):
        web.get(Request(site.base + "/a", "test"))

    assert len(site.seen) == 3
    assert site.busiest_second() == 1


def test_a_killed_process_gives_its_turns_back(tmp_path):
    code = """
import os, signal, sys
from pathlib import Path
from pipelines.fetch.limits import Limits
with Limits(Path(sys.argv[1])).turn(["host"], 1):
    os.kill(os.getpid(), signal.SIGKILL)
"""
    assert start(code, tmp_path).wait(60) == -signal.SIGKILL

    with Limits(tmp_path).turn(["host"], 1):
        pass


class Clock:
    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now


def test_a_clock_that_was_set_back_blocks_nobody(tmp_path):
    late, early = Limits(tmp_path, clock=Clock(1e6)), Limits(tmp_path, clock=Clock(50.0))
    with late.turn(["host"], 1):
        pass
    late.pause(["host"], 5000)

    with early.turn(["host"], 1):
        pass


def test_a_broken_state_file_blocks_nobody(tmp_path):
    limits = Limits(tmp_path)
    with limits.turn(["host"], 1000):
        pass
    for text in (b"", b'{"host": {"bu', b"[]", b'{"host": 1}', b"\0" * 100):
        (tmp_path / "limits.json").write_bytes(text)
        with limits.turn(["host"], 1000):
            pass


def test_a_place_that_cannot_hold_the_limits_is_said(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(UsageError, match="cannot be written"):
        Limits(tmp_path / "file" / "below")


def test_pauses_and_stops_are_told_apart(tmp_path):
    limits = Limits(tmp_path, max_pause=10)
    limits.pause(["host"], 11)
    with pytest.raises(PausedError), limits.turn(["host"], 1):
        pass
    with limits.turn(["other"], 1):
        pass
    limits.stop()
    with pytest.raises(StoppedError), limits.turn(["other"], 1):
        pass


def test_hosts_that_idle_are_forgotten(tmp_path):
    clock = Clock(1000.0)
    limits = Limits(tmp_path, clock=clock)
    for number in range(50):
        with limits.turn([f"host {number}"], 1):
            clock.now += 10
    clock.now += 7200
    with limits.turn(["last"], 1):
        pass

    assert b"host 49" not in (tmp_path / "limits.json").read_bytes()


def test_the_corpus_arrives_through_a_failing_mirror_that_never_has_to_slow_us(shared_dir, online, archive, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    tool, log = shared_dir / "tools" / "mirror.py", tmp_path / "mirror.log"
    options = ["--port", str(port), "--fail-rate", "0.2", "--log", str(log)]
    mirror = subprocess.Popen([sys.executable, str(tool), *options], stdout=subprocess.PIPE, text=True)
    try:
        assert "documents on" in mirror.stdout.readline()
        base = f"http://127.0.0.1:{port}"
        with Web(online, archive, limits=online.home) as web, ThreadPoolExecutor(8) as pool:
            ask = partial(Request, source="test", rate=10)
            feed = web.get(ask(f"{base}/feeds/commentary.xml")).body.decode()
            links = re.findall(r"<item>.*?<link>(.*?)</link>", feed)[:15]
            answers = list(pool.map(lambda link: web.get(ask(html.unescape(link))), links))
            with pytest.raises(WebRefusedError, match=r"disallowed by robots\.txt"):
                web.get(ask(f"{base}/private/a"))
    finally:
        mirror.kill()
        mirror.wait()
        mirror.stdout.close()

    statuses = [line.split()[0] for line in log.read_text().splitlines()]
    assert [answer.status for answer in answers] == [200] * 15
    assert "503" in statuses
    assert "429" not in statuses
    assert "/private" not in log.read_text()
