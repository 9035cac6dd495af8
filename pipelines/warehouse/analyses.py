"""Tables of mart that Python makes: ``made_by`` in their ``.yml``. What belongs here: giving a module its rows, and writing what it returns.

What does not: the mathematics (``graph.analysis``), or what a table's columns mean (its ``.yml``). A module that a table is
``made_by`` has a function ``rows``, whose arguments are the names of ``reads``: for each the rows of a table of mart, or of a view at
a day (its parameters as_of and known_on), or of a named question. It returns the rows of the table in their order, the same for the
same input; a column ``quotes`` of the table is filled here, from ``claim_ids``.
"""

import importlib
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from graph.query import LATEST, find, run
from pipelines.warehouse import store, views
from pipelines.warehouse.tables import Table, load_tables


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
    if "quotes" in page.columns:
        quotes = quotes_of(con, {claim for row in found for claim in row["claim_ids"]})
        found = [row | {"quotes": [quotes[claim] for claim in row["claim_ids"]]} for row in found]
    return [{name: row[name] for name in page.columns} for row in found]


def quotes_of(con: duckdb.DuckDBPyConnection, claims: Iterable[str]) -> dict[str, str]:
    """Return the quote of each claim by its id."""
    wanted = pa.table({"claim_id": pa.array(sorted(claims), pa.string())})
    con.register("wanted", wanted)
    found = store.rows(con, "SELECT claim_id, quote FROM mart.fct_claim JOIN wanted USING (claim_id)")
    con.unregister("wanted")
    return {row["claim_id"]: row["quote"] for row in found}


def read(
    con: duckdb.DuckDBPyConnection, source: str, as_of: date | None = None, known_on: date = LATEST
) -> list[dict[str, Any]]:
    """Return the rows of ``source``: a table, a view with the parameters as_of and known_on, or a question (``queries.<name>``)."""
    schema, _, name = source.partition(".")
    if schema == "queries":
        times = {"known_on": known_on.isoformat()} | ({"as_of": as_of.isoformat()} if as_of else {})
        return run(find(name), "sql", lambda text, values: store.rows(con, text, values), times)
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
