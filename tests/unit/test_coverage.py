"""Coverage: a row for each item of a filing, one for any other document, from the SQL that the how-to shows."""

import re

import pytest

from pipelines.parse.read import read_document
from pipelines.warehouse import store
from pipelines.warehouse.parts import Parts, document_row
from tests.conftest import ROOT
from tests.unit.test_sections import RISKS, page, tenk

QUERIES = re.findall(r"```sql\n(.*?)```", (ROOT / "docs" / "how-to" / "coverage.md").read_text(encoding="utf-8"), re.S)


@pytest.fixture
def warehouse(settings):
    documents = {
        "good_10-K_.htm": tenk(),
        "short_10-K_.htm": tenk({"Item 1A. Risk Factors": "Many things may go wrong."}),
        "note.md": b"# Acme grows\n\nThe racks of Acme are sold to the hyperscalers.\n",
        "nota.md": "# Acme\n\nLa empresa vende los equipos de frío para los centros de datos de la región.\n".encode(),
        "press_8-K_EX-99.htm": page("<p>Acme Corp reported the results of its quarter.</p>" + RISKS),
    }
    parts = Parts(settings.parts, "documents")
    for name, data in documents.items():
        document = read_document(data, name)
        parts.write(document.sha256, "k", [document_row(document)])
    parts.keep_only(parts.folder.glob("*.parquet"))
    Parts(settings.parts, "refusals").keep_only([])
    path = settings.home / "coverage.duckdb"
    variables = {stage: str(settings.parts / stage / "*.parquet") for stage in ("documents", "refusals")}
    store.build_layers(path, ("doc",), variables)
    with store.connection(path) as con:
        yield con


def test_every_document_has_its_rows(warehouse):
    found = store.rows(
        warehouse,
        "SELECT d.title, c.item, c.status, c.reason, c.characters > 0 AS some FROM doc.coverage c JOIN doc.document d "
        "USING (document_id) WHERE c.item IN ('', 'Item 1A') ORDER BY c.item, c.status, d.title, c.reason",
    )

    assert [(r["item"], r["status"], r["reason"], r["some"]) for r in found] == [
        ("", "not covered", "language: es", True),
        ("", "whole", "", True),
        ("", "whole", "no items: an exhibit, or a form (8-K) whose items are not known", True),
        ("Item 1A", "failed", "25 characters; Item 1A has at least 2,000 or says why it has not", False),
        ("Item 1A", "found", "", True),
    ]


def test_the_queries_of_the_how_to_run(warehouse):
    by_company, refused = (store.rows(warehouse, query) for query in QUERIES)

    assert sorted(row["items"].split(", ")[1] for row in by_company) == ["1A", "1A!"]
    assert all(len(row["items"].split(", ")) == 23 for row in by_company)
    assert [(row["item"], row["status"]) for row in refused if row["status"] == "failed"] == [("Item 1A", "failed")]
