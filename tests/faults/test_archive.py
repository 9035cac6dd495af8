"""The archive under kills, torn logs, broken objects and concurrent writers: nothing acknowledged is lost or doubled."""

import json
import subprocess
import sys
import threading
from dataclasses import asdict

import pytest
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import GateError
from pipelines.fetch import archive as module
from pipelines.fetch.archive import Archive, Fetch
from pipelines.ids import sha256_hex
from tests.conftest import ROOT

# Synced files take as long as the disk does.
QUICKLY = settings(deadline=None, max_examples=40)
URL = "https://site.example/a"


def fetch(data=b"text", url=URL, at="2025-01-01T00:00:00+00:00", status=200, **more):
    return Fetch(url, "/a", sha256_hex(data) if data else "", at, status, "test", **more)


def gone(day, status=404):
    return fetch(b"", at=f"2025-01-{day:02}T00:00:00+00:00", status=status, reason=f"answers {status}")


def lines(folder):
    return [json.loads(line) for line in (folder / "fetches.jsonl").read_text().splitlines()]


def test_a_line_is_written_where_the_outcome_differs_and_only_there(tmp_path):
    archive = Archive(tmp_path)
    steps = [
        (fetch(), True),
        (fetch(at="2025-01-02T00:00:00+00:00"), False),
        (fetch(robots="allowed", at="2025-01-02T00:00:00+00:00"), False),
        (fetch(etag='"2"', at="2025-01-03T00:00:00+00:00"), True),
        (fetch(etag='"2"', title="Given", at="2025-01-04T00:00:00+00:00"), True),
        (fetch(b"other", at="2025-01-05T00:00:00+00:00"), True),
        (fetch(b"", status=0, reason="disallowed by robots.txt", at="2025-01-06T00:00:00+00:00"), True),
        (fetch(b"", status=0, reason="disallowed by robots.txt", at="2025-01-07T00:00:00+00:00"), False),
        (fetch(b"other", at="2025-01-08T00:00:00+00:00"), True),
    ]

    assert [archive.record(each) for each, _ in steps] == [new for _, new in steps]
    assert archive.latest() == Archive(tmp_path).latest() == {URL: steps[-1][0]}


def test_what_is_gone_twice_is_closed_and_can_come_back(tmp_path):
    archive = Archive(tmp_path)
    archive.keep(b"text", fetch())

    assert [archive.record(gone(day, status)) for day, status in ((2, 404), (3, 410), (4, 404), (5, 410))] == [
        *(True, True, False, False)
    ]
    assert [(line["status"], line["reason"]) for line in lines(tmp_path)[1:]] == [
        (404, "gone"),
        (410, "gone twice: closed"),
    ]
    assert archive.held(URL) == fetch()
    assert archive.record(fetch(at="2025-01-09T00:00:00+00:00"))
    assert archive.record(gone(10))
    assert archive.latest()[URL].reason == "gone"


def test_what_was_never_there_is_one_refusal(tmp_path):
    archive = Archive(tmp_path)

    assert [archive.record(gone(day)) for day in (1, 2, 3)] == [True, False, False]
    assert archive.latest()[URL].reason == "answers 404"
    assert archive.held(URL) is None


def test_a_failure_between_two_absences_is_no_sign_of_life(tmp_path):
    archive = Archive(tmp_path)
    archive.keep(b"text", fetch())
    archive.record(gone(2))
    archive.record(fetch(b"", status=503, reason="answers 503", at="2025-01-03T00:00:00+00:00"))
    archive.record(gone(4))

    assert [line["reason"] for line in lines(tmp_path)] == ["", "gone", "answers 503", "gone twice: closed"]


def test_an_outcome_never_precedes_the_one_that_it_follows(tmp_path):
    archive = Archive(tmp_path)
    archive.record(fetch(at="2025-06-01T00:00:00+00:00"))
    archive.record(fetch(b"newer", at="2025-05-01T00:00:00+00:00"))

    assert Archive(tmp_path).latest()[URL].sha256 == sha256_hex(b"newer")
    assert [f.sha256 for f in archive.fetches()] == [sha256_hex(b"text"), sha256_hex(b"newer")]


def test_an_address_with_half_a_character_is_logged_all_the_same(tmp_path):
    assert Archive(tmp_path).record(fetch(url=URL + "\ud800"))
    assert not Archive(tmp_path).record(fetch(url=URL + "\ud800"))


def test_lines_of_before_roles_and_validators_still_read(tmp_path):
    old = {k: v for k, v in asdict(fetch()).items() if k not in ("role", "etag", "last_modified", "robots", "reason")}
    tmp_path.joinpath("fetches.jsonl").write_text(json.dumps(old) + "\n")

    assert list(Archive(tmp_path).fetches()) == [fetch()]


@pytest.mark.parametrize("cut", [1, 20, -1])
def test_a_torn_last_line_is_mended_and_its_fetch_done_again(tmp_path, cut):
    Archive(tmp_path).keep(b"text", fetch())
    whole = Archive(tmp_path).log.read_bytes()
    Archive(tmp_path).keep(b"more", fetch(b"more", URL + "b"))
    undisturbed = Archive(tmp_path).log.read_bytes()
    Archive(tmp_path).log.write_bytes(whole + undisturbed[len(whole) :][:cut])

    archive = Archive(tmp_path)
    assert list(archive.latest()) == [URL]
    assert archive.keep(b"more", fetch(b"more", URL + "b"))
    assert archive.log.read_bytes() == undisturbed


def test_a_kill_between_object_and_line_loses_nothing(tmp_path):
    Archive(tmp_path).keep(b"text", fetch())
    (tmp_path / "fetches.jsonl").unlink()

    assert Archive(tmp_path).keep(b"text", fetch())
    assert lines(tmp_path) == [asdict(fetch())]


KILLED = """
import sys
from pathlib import Path
from pipelines.fetch.archive import Archive, Fetch
from pipelines.ids import sha256_hex

archive = Archive(Path(sys.argv[1]))
for number in range(int(sys.argv[2]), 100000):
    data = f"text {number} ".encode() * 2000
    archive.keep(data, Fetch(f"https://site.example/{number}", "a", sha256_hex(data), "2025-01-01T00:00:00+00:00", 200, "t"))
    print(number, flush=True)
"""


def test_what_was_acknowledged_before_a_kill_is_whole(tmp_path):
    acknowledged = -1
    for moment in (3, 10, 17):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(tmp_path), str(acknowledged + 1)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for _ in range(moment):
            acknowledged = int(process.stdout.readline())
        process.kill()
        rest = process.stdout.read().split()
        process.wait()
        process.stdout.close()
        acknowledged = int(rest[-1]) if rest else acknowledged

    archive = Archive(tmp_path)
    kept = {f.url: f.sha256 for f in archive.fetches()}
    for number in range(acknowledged + 1):
        assert archive.read(kept[f"https://site.example/{number}"]) == f"text {number} ".encode() * 2000
    named = {f"{sha}.gz" for sha in kept.values()}
    assert len({p.name for p in (tmp_path / "objects").rglob("*.gz")} - named) <= 3


def test_a_line_that_is_no_fetch_is_named(tmp_path):
    Archive(tmp_path).keep(b"text", fetch())
    with (tmp_path / "fetches.jsonl").open("a") as log:
        log.write('{"url": 1\n')

    with pytest.raises(GateError, match=r"fetches\.jsonl:2: this line is no fetch"):
        Archive(tmp_path).latest()


@pytest.mark.parametrize("damage", [b"", b"no gzip", None])
def test_a_broken_or_missing_object_is_a_gate_error(tmp_path, damage):
    archive = Archive(tmp_path)
    archive.keep(b"text", fetch())
    (stored,) = (tmp_path / "objects").rglob("*.gz")
    if damage is None:
        stored.unlink()
    else:
        stored.write_bytes(damage)

    with pytest.raises(GateError, match="restore the archive"):
        archive.read(sha256_hex(b"text"))
    assert archive.has(sha256_hex(b"text")) is (damage is not None)


def test_two_archives_of_one_folder_see_what_the_other_wrote(tmp_path):
    one, other = Archive(tmp_path), Archive(tmp_path)
    assert one.keep(b"text", fetch())
    assert not other.keep(b"text", fetch())
    assert other.record(gone(2))
    assert one.record(gone(3))

    assert [line["reason"] for line in lines(tmp_path)] == ["", "gone", "gone twice: closed"]


def test_threads_write_each_outcome_once(tmp_path):
    archive = Archive(tmp_path)

    def work():
        for number in range(20):
            archive.keep(b"%d" % number, fetch(b"%d" % number, f"{URL}{number}"))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(line["url"] for line in lines(tmp_path)) == sorted(f"{URL}{number}" for number in range(20))
    assert not (tmp_path / "partial").exists()


def test_an_archive_that_another_process_holds_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "LOCK_SECONDS", 0.1)
    archive = Archive(tmp_path)
    with FileLock(tmp_path / "fetches.lock"), pytest.raises(GateError, match="another process"):
        archive.keep(b"text", fetch())


def test_what_is_appended_does_not_make_the_log_be_read_again(tmp_path, monkeypatch):
    archive = Archive(tmp_path)
    read = []
    real = Archive._fetch
    monkeypatch.setattr(Archive, "_fetch", lambda self, line, number: read.append(number) or real(self, line, number))
    for number in range(30):
        archive.keep(b"%d" % number, fetch(b"%d" % number, f"{URL}{number}"))

    assert read == list(range(1, 31))


outcomes = st.builds(
    lambda url, second, data, status, title: fetch(
        data, f"https://site.example/{url}", f"2025-01-01T00:00:{second:02}+00:00", status, title=title
    ),
    st.sampled_from("ab"),
    st.integers(0, 3),
    st.sampled_from([b"", b"one", b"two"]),
    st.sampled_from([200, 404, 0]),
    st.sampled_from(["", "x"]),
)


@QUICKLY
@given(st.lists(outcomes, max_size=8), st.lists(outcomes, max_size=8), st.randoms(use_true_random=False))
def test_any_interleaving_of_two_writers_reads_the_same(tmp_path_factory, one, other, random):
    folder = tmp_path_factory.mktemp("log")
    written = [json.dumps(asdict(each)) + "\n" for each in one + other]
    (folder / "fetches.jsonl").write_text("".join(written))
    first = Archive(folder)
    expected = first.latest(), first.held(URL), list(first.fetches())

    random.shuffle(written)
    (folder / "fetches.jsonl").write_text("".join(written))
    second = Archive(folder)
    assert (second.latest(), second.held(URL), list(second.fetches())) == expected


OUTCOMES = {
    "one": fetch(b"one"),
    "two": fetch(b"two"),
    "gone": gone(1),
    "denied": fetch(b"", status=0, reason="disallowed by robots.txt"),
}


@QUICKLY
@given(st.lists(st.sampled_from(sorted(OUTCOMES)), max_size=8))
def test_a_second_look_at_the_same_outcome_writes_at_most_the_closing_line(tmp_path_factory, names):
    archive = Archive(tmp_path_factory.mktemp("log"))
    for name in names:
        archive.record(OUTCOMES[name])
        closed = archive.record(OUTCOMES[name])
        assert not closed or (name == "gone" and archive.latest()[URL].reason == "gone twice: closed")
        assert not archive.record(OUTCOMES[name])
    times = [f.fetched_at for f in archive.fetches()]
    assert len(set(times)) == len(times)
