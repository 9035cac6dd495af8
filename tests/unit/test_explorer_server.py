"""The explorer's server and its command: for this machine alone, reading only, one line for what goes wrong."""

import http.client
import socket
import subprocess
import sys
import threading

import duckdb
import pytest

from graph.errors import NothingFoundError, UsageError
from graph.explorer.page import inert, page
from graph.explorer.server import Answers, Server
from pipelines.warehouse.explorer import packed
from pipelines.warehouse.explorer_words import joined
from tests.conftest import ROOT


def around(claim, width):
    if claim == "c_gone":
        raise NothingFoundError("no claim has this id")
    return f'{{"claim": "{claim}", "width": {width}}}'


@pytest.fixture(scope="module")
def server():
    with Server(0, Answers(lambda: '{"market": 1}', around)) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


def ask(server, path, method="GET", host=None):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        connection.request(method, path, headers={"Host": host or f"127.0.0.1:{server.port}"})
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()
    finally:
        connection.close()


def test_it_listens_on_this_machine_only(server):
    assert server.server_address[0] == "127.0.0.1"


def test_the_three_addresses(server):
    assert ask(server, "/market.json")[2] == '{"market": 1}'
    assert ask(server, "/around.json?claim=c_1&width=20")[2] == '{"claim": "c_1", "width": 20}'
    status, headers, text = ask(server, "/")
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert text.startswith("<!doctype html>")
    status, headers, text = ask(server, "/", "HEAD")
    assert (status, text) == (200, "")


@pytest.mark.parametrize(
    "path",
    ["/market", "/../../etc/passwd", "/%2e%2e/graph/explorer/picture.yml", "//127.0.0.1/market.json/", "/explorer.css"],
)
def test_nothing_else_is_there(server, path):
    assert ask(server, path)[0] == 404


@pytest.mark.parametrize(
    "query",
    [
        "",
        "claim=c_1",
        "width=5",
        "claim=c_1&width=-1",
        "claim=c_1&width=1e3",
        "claim=c_1&width=9999999",
        "claim=c_1&width=%D9%A3",
        "claim=&width=5",
    ],
)
def test_words_without_a_claim_or_width_are_refused_in_a_line(server, query):
    status, headers, text = ask(server, f"/around.json?{query}")
    assert (status, text.count("\n")) == (400, 1)
    assert headers["Content-Type"].startswith("text/plain")


def test_a_claim_that_is_gone_is_said(server):
    assert ask(server, "/around.json?claim=c_gone&width=5")[::2] == (404, "no claim has this id\n")


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        "localhost.evil.example:{port}",
        "[::1]:{port}",
    ],
)
def test_another_name_for_this_machine_gets_nothing(server, host):
    for path in ("/", "/market.json"):
        status, _, text = ask(server, path, host=host.format(port=server.port))
        assert status == 421
        assert "market" not in text
    assert ask(server, "/market.json", host=f"localhost:{server.port}")[0] == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_it_only_reads(server, method):
    status, _, text = ask(server, "/market.json", method)
    assert status == 501
    assert "<" not in text


def test_what_the_page_may_do_is_strict(server):
    for path in ("/", "/market.json", "/nothing"):
        headers = ask(server, path)[1]
        policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
        assert policy["default-src"] == "'none'"
        assert policy["frame-ancestors"] == "'none'"
        assert path != "/" or policy["require-trusted-types-for"] == "'script'"
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "Access-Control-Allow-Origin" not in headers
    assert page("{}")[1].split("connect-src ")[1].startswith("'none'")


def test_data_in_the_page_cannot_end_its_element():
    text, _ = page(inert('{"a": "</script><!--<script>&"}'))
    held = text.split('id="market">')[1].split("</script>")[0]
    assert "<" not in held
    assert ">" not in held


def test_a_port_in_use_is_one_line(tmp_path):
    duckdb.connect(str(tmp_path / "warehouse.duckdb")).close()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        found = loadpath(tmp_path, "explore", "--port", str(port))
    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr == f"loadpath: port {port} of 127.0.0.1 is in use; take another one: --port 0 finds it\n"
    with pytest.raises(UsageError, match="a port is a number from 0 to 65535"):
        Server(70000, Answers(lambda: "", around))


def test_nothing_published_is_one_line(tmp_path):
    for options in ([], ["--static", str(tmp_path / "page.html")]):
        found = loadpath(tmp_path, "explore", *options)
        assert found.returncode == 3
        assert "nothing published yet" in found.stderr
        assert found.stderr.count("\n") == 1


def loadpath(home, *arguments):
    command = [sys.executable, "-c", "from pipelines.cli import main; main()", "--home", str(home), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=ROOT)


def test_a_column_that_repeats_is_packed_and_order_is_kept():
    rows = [{"a": "x", "b": 1.5, "c": True}, {"a": "x", "b": None, "c": False}, {"a": "y", "b": 2, "c": True}]
    assert packed(rows) == {"a": {"of": ["x", "y"], "at": [0, 0, 1]}, "b": [1.5, None, 2], "c": [1, 0, 1]}
    assert packed([]) == {}


def test_text_around_quotes_is_held_once():
    assert joined([(50, 60), (10, 20), (22, 30)], 5, 62) == [(5, 35), (45, 62)]
    assert joined([(0, 3), (0, 3)], 0, 3) == [(0, 3)]
