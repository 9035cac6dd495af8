"""Stages over documents that hang or never change: one refusal with its reason in the store, and no work twice."""

import pyarrow.parquet as pq
import pytest

from pipelines.fetch.archive import Archive, Fetch
from pipelines.ids import sha256_hex
from pipelines.settings import load_settings
from pipelines.warehouse import stages, store
from tests.faults.hostile import FILLER, SENTENCE

# Reading it takes a fifth of a second, and finding its claims two seconds.
LONG = ("# Report\n\n" + (FILLER * 20 + "\n\n") * 1_500).encode()
SOON_S = 0.3


@pytest.fixture(params=["1", "2"])
def settings(tmp_path, request):
    return load_settings(tmp_path / "home", {"LOADPATH_JOBS": request.param})


def keep(settings, name, data, day):
    url, sha256 = f"file:///{name}", sha256_hex(data)
    Archive(settings.archive).keep(data, Fetch(url, name, sha256, f"2025-01-0{day}T00:00:00+00:00", 200, "added"))
    return sha256


def parts(settings):
    """Return each part with the time at which it was written."""
    return {path: path.stat().st_mtime_ns for path in sorted(settings.parts.rglob("*.parquet"))}


def refusals(settings, stage):
    found = [row for path in (settings.parts / stage).glob("*.parquet") for row in pq.read_table(path).to_pylist()]
    return [(row["name"], row["stage"], row["reason"]) for row in found]


def test_claims_that_take_too_long_leave_a_row_with_the_reason_and_are_not_tried_again(settings):
    keep(settings, "long.md", LONG, 1)
    keep(settings, "other.md", LONG + b"Else.", 2)
    assert stages.read_documents(settings).written == 2

    report = stages.read_claims(settings, limit=SOON_S)

    rows = [("long.md", "claims", "took longer than 0.3 s"), ("other.md", "claims", "took longer than 0.3 s")]
    assert sorted((e.source, "claims", e.reason) for e in report.refused) == rows
    assert sorted(refusals(settings, "claim_refusals")) == rows
    assert (stages.read_claims(settings).unchanged, stages.read_claims(settings).written) == (2, 0)
    stages.build_core(settings)
    with store.connection(stages.building(settings)) as con:
        told = store.rows(con, "SELECT name, stage, reason FROM doc.refusal")
    assert sorted(tuple(row.values()) for row in told) == rows


def test_a_document_that_takes_too_long_to_read_leaves_a_row_with_the_reason(settings):
    keep(settings, "long.md", LONG * 4, 1)

    report = stages.read_documents(settings, limit=0.1)

    assert [(e.source, e.reason) for e in report.refused] == [("long.md", "took longer than 0.1 s")]
    assert refusals(settings, "refusals") == [("long.md", "documents", "took longer than 0.1 s")]
    assert stages.read_claims(settings).written == 0


def test_an_unchanged_document_is_zero_work_and_a_changed_one_is_read_alone(settings):
    for day, name in enumerate(("a.md", "b.md"), 1):
        keep(settings, name, f"# Report {name}\n\n{SENTENCE}".encode(), day)
    stages.read_documents(settings)
    assert stages.read_claims(settings).written == 2
    before = parts(settings)

    again = stages.read_documents(settings), stages.read_claims(settings)

    assert [(report.written, report.unchanged) for report in again] == [(0, 2), (0, 2)]
    assert parts(settings) == before
    added = keep(settings, "c.md", f"# Another\n\n{SENTENCE}".encode(), 3)
    again = stages.read_documents(settings), stages.read_claims(settings)
    assert [(report.written, report.unchanged) for report in again] == [(1, 2), (1, 2)]
    after = parts(settings)
    assert {path: after[path] for path in before} == before
    assert {path.name.split(".")[0] for path in after.keys() - before.keys()} == {added}
