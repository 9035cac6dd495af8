"""Tables of mart that Python makes: ``made_by`` in their ``.yml``. What belongs here: giving a module its rows, and writing what it returns.

What does not: the mathematics (``graph.analysis``), or what a table's columns mean (its ``.yml``). A module that a table is
``made_by`` has a function ``rows``, whose arguments are the names of ``reads``: for each the rows of a table of mart, or of a view at
a day (its parameters as_of and known_on). It returns the rows of the table in their order, the same for the same input.
"""

import importlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from graph.query import LATEST
from pipelines.warehouse import store, views
from pipelines.warehouse.tables import Table, load_tables

ANALYSIS = Path(__file__).parent.parent.parent / "graph" / "analysis"


def code() -> list[Path]:
    """Return the files that what is written depends on, beside the pages of the tables."""
    return [Path(__file__), *sorted(ANALYSIS.glob("*.py"))]


def made() -> Iterator[Table]:
    """Yield the tables that Python makes, in the order of their names."""
    yield from (table for table in load_tables().values() if table.made_by)


def write(path: Path) -> dict[str, int]:
    """Make every such table anew in the file at ``path``, where the other marts are already; return their rows."""
    with store.building(path, {}) as con:
        for table in made():
            create(con, table)
            fill(con, table, answer(con, table.id))
        return {table.id: store.count(con, table.id) for table in made()}


def answer(
    con: duckdb.DuckDBPyConnection, table: str, as_of: date | None = None, known_on: date = LATEST
) -> list[dict[str, Any]]:
    """Return the rows of ``table`` as of a day (None: any) and as known on a day, worked out now."""
    page = load_tables()[table]
    given = {name: read(con, source, as_of, known_on) for name, source in page.reads.items()}
    found: list[dict[str, Any]] = importlib.import_module(page.made_by).rows(**given)
    return found


def read(
    con: duckdb.DuckDBPyConnection, source: str, as_of: date | None = None, known_on: date = LATEST
) -> list[dict[str, Any]]:
    """Return the rows of ``source``, a table, or a view with the parameters as_of and known_on."""
    schema, _, name = source.partition(".")
    view = store.SQL / schema / "views" / f"{name}.sql"
    if view.exists() and views.parameters(view.read_text(encoding="utf-8")):
        return store.rows(con, f"SELECT * FROM {source}($as_of, $known_on)", {"as_of": as_of, "known_on": known_on})
    return store.rows(con, f"SELECT * FROM {source}")


def create(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Make ``table`` empty, with the types that its page names."""
    columns = ", ".join(f'"{column.name}" {column.type}' for column in table.columns.values())
    con.execute(f"CREATE OR REPLACE TABLE {table.id} ({columns})")


def fill(con: duckdb.DuckDBPyConnection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Write ``rows`` into ``table``, which is empty."""
    schema = con.table(table.id).to_arrow_table().schema
    con.register("made", pa.Table.from_pylist(rows, schema=schema))
    con.execute(f"INSERT INTO {table.id} FROM made")
    con.unregister("made")
