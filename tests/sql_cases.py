"""Cases of SQL as files: ``tests/sql/<folder>/<table>/<case>.yml`` with input rows and expected rows, written by hand.

A case has ``says`` (what holds), ``given`` (rows by table; columns left out are null), ``variables`` (what ``getvariable`` reads) and
``expect`` (all rows of the table in order, each with only the columns that matter; a table of fixed rows is cut by ``where``).
The file under test is
``sql/<folder>/<table>.sql``, or the module that the table is ``made_by``; tables that are not given are empty; types are those of a warehouse built over nothing.
What the first layers read from files is given as rows too: ``parts.documents``, ``parts.claims``, ``parts.refusals`` and
``model.<name>`` are written as Parquet, ``fetch_log`` as JSON lines, and the variable that names them is set.
"""

import json
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from graph.model_files import check_keys, read_yaml
from pipelines.settings import Settings, load_settings
from pipelines.warehouse import analyses, stages, store, views
from pipelines.warehouse.parts import SCHEMAS, write_table
from pipelines.warehouse.tables import load_tables
from tests.conftest import ROOT

FOLDER = ROOT / "tests" / "sql"
FETCH = {"role": "document", "status": 200}


def cases() -> list[Path]:
    """Return the files of all cases of tables and checks."""
    return sorted(path for path in FOLDER.glob("*/*/*.yml"))


def name_of(path: Path) -> str:
    """Return folder, table and case, as the tests' names show them."""
    return str(path.relative_to(FOLDER).with_suffix(""))


def built_over_nothing(home: Path) -> Settings:
    """Build a warehouse at ``home`` over nothing but the registry, unpublished: its tables have their types and no document's row."""
    settings = load_settings(home, {"LOADPATH_JOBS": "1"})
    stages.read_documents(settings)
    stages.read_claims(settings)
    stages.build_core(settings)
    store.build_layers(stages.building(settings), ("mart",), {})
    analyses.write(stages.building(settings))
    return settings


class Bench:
    """An empty warehouse for types, and a folder for the files that the first layers read."""

    def __init__(self, warehouse: Path, model: Path, folder: Path) -> None:
        self.model = model
        self.folder = folder
        self.con = duckdb.connect(config={"python_enable_replacements": "false"})
        self.con.execute("SET TimeZone = 'UTC'")
        self.con.execute(f"ATTACH '{warehouse}' AS nothing (READ_ONLY)")
        self.con.execute("COPY FROM DATABASE nothing TO memory (SCHEMA)")
        self.con.execute("DETACH nothing")
        for name, sql in store.in_order(self.con, "mart"):
            if views.parameters(sql):
                views.create(self.con, f"mart.{name}", sql)

    def give(self, name: str, rows: list[dict[str, Any]]) -> None:
        """Fill the table, part, model table or log ``name`` with ``rows``."""
        kind, _, rest = name.partition(".")
        if name == "fetch_log":
            self._log(rows)
        elif kind == "parts":
            self._file(self.folder / f"{rest}.parquet", SCHEMAS[rest], rows)
            self.con.execute(f"SET VARIABLE {rest} = ?", [str(self.folder / f"{rest}.parquet")])
        elif kind == "model":
            self._file(self.folder / f"{rest}.parquet", pa.parquet.read_schema(self.model / f"{rest}.parquet"), rows)
            self.con.execute("SET VARIABLE model = ?", [str(self.folder)])
        else:
            given = _table(self.con.table(name).to_arrow_table().schema, rows)
            self.con.register("given", given)
            self.con.execute(f"INSERT INTO {name} FROM given")
            self.con.unregister("given")

    def result(self, folder: str, table: str, where: str) -> list[dict[str, Any]]:
        """Return the rows that ``sql/<folder>/<table>.sql``, or the module of an analysis, makes of what was given, those of ``where``."""
        page = load_tables().get(f"{folder}.{table}")
        if page and page.made_by:
            analyses.fill(self.con, page, analyses.answer(self.con, page.id))
            return store.rows(self.con, f"SELECT * FROM {page.id} WHERE {where or 'true'}")
        sql = (store.SQL / folder / f"{table}.sql").read_text(encoding="utf-8")
        return store.rows(self.con, f"SELECT * FROM (\n{sql}\n) WHERE {where}" if where else sql)

    def _log(self, rows: list[dict[str, Any]]) -> None:
        path = self.folder / "fetches.jsonl"
        lines = [json.dumps(FETCH | row, default=str) for row in rows]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.con.execute("SET VARIABLE fetch_log = ?", [str(path)])

    def _file(self, path: Path, schema: pa.Schema, rows: list[dict[str, Any]]) -> None:
        write_table(_table(schema, rows), path)


def _table(schema: pa.Schema, rows: list[dict[str, Any]]) -> pa.Table:
    unknown = sorted({name for row in rows for name in row} - set(schema.names))
    assert not unknown, f"no such column: {', '.join(unknown)}"
    return pa.Table.from_pylist(rows, schema=schema)


def run(path: Path, bench: Bench) -> None:
    """Run the case at ``path``; fail where the rows are not those that it expects."""
    case = read_yaml(path)
    check_keys(path, (), case, ("says", "expect"), ("given", "variables", "where"))
    for name, rows in case.get("given", {}).items():
        bench.give(name, rows)
    for name, value in case.get("variables", {}).items():
        bench.con.execute(f"SET VARIABLE {name} = ?", [value])
    found = bench.result(path.parent.parent.name, path.parent.name, case.get("where", ""))
    shown = [{name: row[name] for name in wanted} for row, wanted in zip(found, case["expect"], strict=False)]
    assert len(found) == len(case["expect"]), f"{len(found)} rows, not {len(case['expect'])}: {_keys(found, case)}"
    for got, wanted in zip(shown, case["expect"], strict=True):
        assert got == {name: _near(value) for name, value in wanted.items()}


def _keys(found: list[dict[str, Any]], case: dict[str, Any]) -> list[dict[str, Any]]:
    names = {name for row in case["expect"] for name in row}
    return [{name: value for name, value in row.items() if not names or name in names} for row in found[:10]]


def _near(value: Any) -> Any:
    return pytest.approx(value) if isinstance(value, float) else value
