"""Parquet, CSV and their data packages: what is read back is what the warehouse holds, and no text becomes a formula."""

import csv
import json
import re

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.export import tabular
from pipelines.export.marts import TEXT, Marts, PlainColumn, PlainTable
from pipelines.warehouse import store
from pipelines.warehouse.tables import Column

# Written by hand, not the product's own: what makes a spreadsheet calculate.
DANGER = re.compile(r"^\s*([=+\-@＝＋－＠].|[\t\r\n\x00-\x1f])", re.S)


def read(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def given_back(text):
    """Return a text as it was before it was made inert, as the how-to says."""
    return text[1:] if text.startswith("'") and re.match(tabular.FORMULA, text) else text


def test_no_cell_of_a_csv_is_a_formula(exported):
    cells = [cell for path in (exported.folder / "csv").glob("*.csv") for row in read(path) for cell in row.values()]

    numbers = re.compile(r"-?\d+(\.\d+)?(e[+-]\d+)?")
    assert cells and [cell for cell in cells if DANGER.match(cell) and not numbers.fullmatch(cell)] == []


def test_a_csv_holds_what_the_warehouse_holds(exported):
    found = {row["claim_id"]: row for row in read(exported.folder / "csv" / "fct_claim.csv")}
    held = {row["claim_id"]: row for row in exported.rows("FROM mart.fct_claim")}

    assert found.keys() == held.keys()
    for id_, row in held.items():
        for name in ("quote", "subject_name", "object_name"):
            assert given_back(found[id_][name]) == (row[name] or "")
        assert found[id_]["known_from"] == row["known_from"].isoformat()
        assert found[id_]["named"] == str(row["named"]).lower()
        assert float(found[id_]["confidence"]) == row["confidence"]


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00")), min_size=1, max_size=20))
def test_any_text_comes_back_from_a_csv_and_none_is_a_formula(tmp_path_factory, texts):
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    column = PlainColumn("text", TEXT, Column("text", "any"))
    with duckdb.connect() as con:
        con.execute("CREATE TABLE t (place INTEGER, text VARCHAR)")
        for place, text in enumerate(texts):
            con.execute("INSERT INTO t VALUES (?, ?)", [place, text])
        table = PlainTable("t", "", (), (column,), "SELECT text FROM t ORDER BY place")
        con.execute(f"COPY ({tabular._inert(table)}) TO '{path}' (FORMAT csv, HEADER, NEW_LINE '\\r\\n')")

    with path.open(encoding="utf-8", newline="") as file:
        written = [row[0] for row in csv.reader(file, strict=True)][1:]
    assert len(written) == len(texts)
    assert [text for text in written if DANGER.match(text)] == []
    assert [given_back(text) for text in written] == texts


def test_parquet_holds_every_table_whole(exported):
    with store.connection(exported.settings.warehouse) as con:
        tables = Marts(con, exported.folder, exported.settings.home).tables
        for name, table in tables.items():
            path = exported.folder / "parquet" / f"{name}.parquet"
            differing = (
                f"(({table.select}) EXCEPT ALL (FROM '{path}')) UNION ALL ((FROM '{path}') EXCEPT ALL ({table.select}))"
            )
            assert con.execute(differing).fetchall() == [], name


@pytest.mark.filterwarnings("ignore")
def test_frictionless_finds_nothing_wrong(exported):
    from frictionless import Package

    report = Package(str(exported.folder / "csv" / "datapackage.json")).validate()
    assert report.flatten(["name", "rowNumber", "fieldName", "type", "note"]) == []
    assert report.valid and len(report.tasks) == len(exported.manifest["rows"])


@pytest.mark.filterwarnings("ignore")
def test_the_description_of_parquet_fits_its_files(exported):
    from frictionless import Package

    path = exported.folder / "parquet" / "datapackage.json"
    assert Package.validate_descriptor(json.loads(path.read_text(encoding="utf-8"))).valid
    types = {"string": pa.string(), "number": pa.float64(), "boolean": pa.bool_(), "date": pa.date32()}
    for resource in Package(str(path)).resources:
        schema = pq.read_schema(path.parent / resource.path)
        for said, field in zip(resource.schema.fields, schema, strict=True):
            assert said.name == field.name
            assert field.type == types[said.type] if said.type in types else pa.types.is_integer(field.type)
