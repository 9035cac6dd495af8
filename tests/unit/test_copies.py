"""Copies by signature: what is one, which document is the original, and when an address closes its document."""

import random
from datetime import date

import pytest

from pipelines.fetch.archive import Archive, Fetch
from pipelines.records import Document
from pipelines.warehouse import stages, store
from pipelines.warehouse.parts import Parts, document_row

RANDOM = random.Random(3)
BASE = tuple(RANDOM.randrange(2**32) for _ in range(128))


def like(share, seed):
    """Return a signature of which ``share`` of the places equal those of BASE, spread evenly."""
    other = random.Random(seed)
    different = set(other.sample(range(128), round(128 * (1 - share))))
    return tuple(other.randrange(2**32) if place in different else value for place, value in enumerate(BASE))


def build(settings, documents, log):
    """Build core from documents as if read, and a log of (url, sha256, day, status)."""
    archive = Archive(settings.archive)
    parts = Parts(settings.parts, "documents")
    for document in documents:
        parts.write(document.sha256, "k", [document_row(document)])
    for stage in ("documents", "claims", "refusals"):
        Parts(settings.parts, stage).keep_only(list((settings.parts / stage).glob("*.parquet")))
    for url, sha256, day, status in log:
        archive.record(Fetch(url, url, sha256, f"{day}T00:00:00.000000+00:00", status, "test"))
    stages.build_core(settings)


def rows(settings, sql):
    with store.connection(stages.building(settings)) as con:
        return [tuple(row.values()) for row in store.rows(con, sql)]


def document(sha256, signature, publisher="P", day=2, **more):
    fields = {"kind": "article", "text": "text", "blocks": (), "publisher": publisher, "published": date(2026, 1, day)}
    return Document(sha256=sha256, signature=signature, **{**fields, **more})


def test_near_copies_have_the_earliest_as_their_original(settings):
    documents = [
        document("a", BASE, "Wire", day=5),
        document("b", like(0.9, 1), "Paper", day=3),
        document("c", like(0.6, 2), "Other", day=1),
        document("d", (), "Short", day=1),
        # A copy of the copy: one cluster.
        document("e", tuple(v if i % 16 else 7 for i, v in enumerate(like(0.9, 1))), "Blog", day=4),
    ]
    build(settings, documents, [(f"u:{d.sha256}", d.sha256, "2026-02-01", 200) for d in documents])

    assert rows(settings, "SELECT document_id, original_id, n_copies FROM core.document_copy") == [
        ("a", "b", 3), ("b", "b", 3), ("e", "b", 3),
    ]  # fmt: skip
    assert rows(settings, "SELECT document_id, source_group, original_id FROM core.document") == [
        ("a", "Paper", "b"), ("b", "Paper", "b"), ("c", "Other", "c"), ("d", "Short", "d"), ("e", "Paper", "b"),
    ]  # fmt: skip


def test_reports_of_different_periods_are_no_copies(settings):
    march, june = date(2026, 3, 31), date(2026, 6, 30)
    documents = [
        document("a", BASE, kind="filing", period_end=march),
        document("b", BASE, kind="filing", period_end=june),
    ]
    build(settings, documents, [(f"u:{d.sha256}", d.sha256, "2026-02-01", 200) for d in documents])

    assert rows(settings, "SELECT * FROM core.document_copy") == []


@pytest.mark.parametrize(
    ("log", "closed"),
    [
        ([("u", "a", 1, 200), ("u", "", 2, 404)], None),
        ([("u", "a", 1, 200), ("u", "", 2, 404), ("u", "", 3, 410)], date(2026, 2, 3)),
        ([("u", "a", 1, 200), ("u", "", 2, 404), ("u", "a", 3, 200), ("u", "", 4, 404)], None),
        ([("u", "a", 1, 200), ("u", "", 2, 403), ("u", "", 3, 503), ("u", "", 4, 0)], None),
        ([("u", "a", 1, 200), ("u", "", 2, 404), ("u", "", 3, 503), ("u", "", 4, 404)], date(2026, 2, 4)),
        ([("u", "a", 1, 200), ("v", "a", 1, 200), ("u", "", 2, 404), ("u", "", 3, 404)], None),
        ([("u", "a", 1, 200), ("u", "", 2, 404), ("u", "", 3, 404), ("u", "a", 4, 200)], None),
        ([("u", "a", 1, 200), ("u", "b", 5, 200)], date(2026, 2, 5)),
    ],
)
def test_an_address_closes_its_document_by_other_bytes_or_by_being_gone_twice(settings, log, closed):
    documents = [document("a", ()), document("b", ())]
    lines = [(url, sha256, f"2026-02-0{day}", status) for url, sha256, day, status in log]
    build(settings, documents, [*lines, ("w", "b", "2026-02-01", 200)])

    assert rows(settings, "SELECT known_to FROM core.document WHERE document_id = 'a'") == [(closed,)]


def test_the_order_of_the_log_means_nothing(settings, tmp_path):
    log = [
        ("u", "a", "2026-02-01", 200),
        ("u", "b", "2026-02-02", 200),
        ("v", "a", "2026-02-03", 200),
        ("u", "", "2026-02-04", 404),
    ]
    build(settings, [document("a", ()), document("b", ())], log)
    tables = ["raw.fetch", "raw.version", "raw.refusal", "core.document"]
    first = [rows(settings, f"SELECT * FROM {table}") for table in tables]
    path = settings.archive / "fetches.jsonl"
    path.write_text("".join(reversed(path.read_text().splitlines(keepends=True))))
    stages.build_core(settings)

    assert [rows(settings, f"SELECT * FROM {table}") for table in tables] == first


def test_what_came_and_went_on_one_day_was_known_on_that_day(settings):
    log = [("u", "a", "2026-02-01", 200), ("u", "b", "2026-02-01", 200)]
    documents = [document("a", (), published=None), document("b", (), published=None)]
    build(settings, documents, log)

    assert rows(settings, "SELECT document_id, known_from, known_to FROM core.document") == [
        ("a", date(2026, 2, 1), date(2026, 2, 2)),
        ("b", date(2026, 2, 1), None),
    ]
