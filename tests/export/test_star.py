"""Exports: what BI tools can open. Plain types, keys that they hold exactly, meanings beside the columns."""

import csv
import os

import duckdb
import pyarrow.parquet as pq
import pytest

from pipelines.export.files import export
from pipelines.warehouse import store
from pipelines.warehouse.stages import building
from pipelines.warehouse.tables import load_tables
from tests import sql_cases

PLAIN = {"VARCHAR", "BIGINT", "INTEGER", "DOUBLE", "BOOLEAN", "DATE"}
MARTS = sorted(["data_dictionary", *(table.name for table in load_tables().values() if table.layer == "mart")])


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """A folder exported from a warehouse over nothing but the registry, and one document's party."""
    settings = sql_cases.built_over_nothing(tmp_path_factory.mktemp("export"))
    os.replace(building(settings), settings.warehouse)  # noqa: PTH105
    folder = settings.home / "bi"
    return folder, export(settings, folder).rows


@pytest.fixture
def snapshot(exported):
    with store.connection(exported[0] / "loadpath.duckdb") as con:
        yield con


def test_every_mart_is_in_every_format(exported, snapshot):
    folder, counts = exported

    assert sorted(counts) == MARTS
    assert sorted(path.stem for path in (folder / "csv").glob("*.csv")) == MARTS
    assert sorted(path.stem for path in (folder / "parquet").glob("*.parquet")) == MARTS
    tables = [name for (name,) in snapshot.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()]
    assert [name for name in tables if not name.startswith("desk_")] == MARTS and "desk_claims" in tables


def test_types_are_plain_and_names_lower_case(snapshot):
    columns = snapshot.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal"
    ).fetchall()

    assert [c for c in columns if c[2] not in PLAIN or c[1] != c[1].lower()] == []


def test_keys_are_integers_below_two_to_the_fifty_third(snapshot):
    keys = snapshot.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND column_name LIKE '%\\_key' ESCAPE '\\'"
    ).fetchall()
    largest = {
        (table, name): snapshot.execute(f"SELECT coalesce(max({name}), 0) FROM {table}").fetchall()[0][0]
        for table, name in keys
    }

    assert ("fct_claim", "src_company_key") in largest and largest["dim_company", "company_key"] > 2**48
    assert [key for key, value in largest.items() if not 0 <= value < 2**53] == []


def test_lists_are_joined_everywhere(exported, snapshot):
    folder, _ = exported
    sql = "SELECT layers FROM dim_party WHERE party_id = 'nvidia'"
    (shown,) = snapshot.execute(sql).fetchall()[0]
    parquet = {
        row["party_id"]: row["layers"] for row in pq.read_table(folder / "parquet" / "dim_party.parquet").to_pylist()
    }
    with (folder / "csv" / "dim_party.csv").open(encoding="utf-8-sig", newline="") as file:
        in_csv = {row["party_id"]: row["layers"] for row in csv.DictReader(file)}

    assert "|" in shown and set(shown.split("|")) <= {
        "compute",
        "networking_systems",
        "orchestration",
        "models",
        "data_storage",
    }
    assert parquet["nvidia"] == in_csv["nvidia"] == shown


def test_csv_opens_in_excel(exported):
    raw = (exported[0] / "csv" / "dim_company.csv").read_bytes()

    assert raw.startswith(b"\xef\xbb\xbfcompany_key,company_id,name,") and raw.count(b"\r\n") == raw.count(b"\n")


def test_columns_carry_their_meaning(snapshot):
    (comment,) = snapshot.execute(
        "SELECT comment FROM duckdb_columns() WHERE table_name = 'fct_facility' AND column_name = 'capacity_mw_low'"
    ).fetchall()[0]

    assert comment == "least power that the text allows; empty where it gives an upper bound only (MW)"


def test_the_views_answer_in_the_snapshot(snapshot):
    assert snapshot.execute("SELECT count(*) FROM relationships_at(NULL::DATE, DATE '2025-01-01')").fetchall() == [(0,)]


def test_nobody_writes_to_the_snapshot(exported):
    with duckdb.connect(str(exported[0] / "loadpath.duckdb"), read_only=True) as con, pytest.raises(duckdb.Error):
        con.execute("DELETE FROM dim_company")
