"""The DuckDB file: SQL files in, one published file out. What belongs here: running SQL layer by layer, gates, publication.

What does not: what the tables mean (that is in ``sql/<layer>/<table>.sql`` and ``.yml``). The file is built beside the
published one from the parts and replaces it whole, after every gate has passed: readers never see half of it.
"""

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from graph.errors import GateError, NothingFoundError, UsageError

SQL = Path(__file__).parent.parent.parent / "sql"
LAYERS = ("raw", "doc", "nlp", "core", "mart")


@contextmanager
def connection(path: Path, read_only: bool = True) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the DuckDB file at ``path`` and close it whatever happens; raise NothingFoundError when there is none."""
    if read_only and not path.exists():
        raise NothingFoundError(f"{path}: nothing published yet; run `loadpath demo` or `loadpath add` first")
    con = duckdb.connect(str(path), read_only=read_only, config={"python_enable_replacements": "false"})
    try:
        con.execute("SET TimeZone = 'UTC'")
        # A slow statement would draw its bar on stdout, which is for data.
        con.execute("SET enable_progress_bar = false")
        yield con
    finally:
        con.close()


def rows(con: duckdb.DuckDBPyConnection, sql: str, params: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """Return the rows of a query as dicts; raise UsageError with DuckDB's first line for a wrong query."""
    try:
        cursor = con.execute(sql, params) if params else con.execute(sql)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    except duckdb.Error as error:
        raise UsageError(f"SQL: {str(error).splitlines()[0]}") from None


def build_layers(path: Path, layers: tuple[str, ...], variables: dict[str, str]) -> dict[str, int]:
    """Run the SQL files of ``layers`` into the file at ``path``; return the rows of each table.

    ``variables`` are read in the files by ``getvariable``. Tables are made in the order of what they read.
    """
    counts = {}
    with connection(path, read_only=False) as con:
        con.execute((SQL / "functions.sql").read_text(encoding="utf-8"))
        for name, value in variables.items():
            con.execute(f"SET VARIABLE {name} = ?", [value])
        for layer in layers:
            con.execute(f"CREATE SCHEMA IF NOT EXISTS {layer}")
            for table, sql in _in_order(con, layer):
                if parameters := _parameters(sql):
                    con.execute(f"CREATE OR REPLACE MACRO {layer}.{table}({parameters}) AS TABLE {sql}")
                    continue
                con.execute(f"CREATE OR REPLACE TABLE {layer}.{table} AS {sql}")
                counts[f"{layer}.{table}"] = con.execute(f"SELECT count(*) FROM {layer}.{table}").fetchall()[0][0]
    return counts


def create_views(con: duckdb.DuckDBPyConnection) -> None:
    """Create the views of the marts beside their tables in the main schema of ``con``, as an exported snapshot has them."""
    for view, sql in _in_order(con, "mart"):
        if parameters := _parameters(sql):
            body = re.sub(r"\bmart\.", "", sql)
            con.execute(f"CREATE OR REPLACE MACRO {view}({parameters}) AS TABLE {body}")


def _parameters(sql: str) -> str:
    """Return the parameters of a view (``sql/<layer>/views``), which makes it a table macro; nothing for a table."""
    found = re.search(r"^-- parameters: (.+)$", sql, re.M)
    return found.group(1) if found else ""


def _in_order(con: duckdb.DuckDBPyConnection, layer: str) -> Iterator[tuple[str, str]]:
    files = sorted([*(SQL / layer).glob("*.sql"), *(SQL / layer / "views").glob("*.sql")], key=lambda p: p.stem)
    waiting = {p.stem: p.read_text(encoding="utf-8").rstrip().rstrip(";") for p in files}
    needs = {table: _reads(con, table, sql, layer) & set(waiting) - {table} for table, sql in waiting.items()}
    while waiting:
        ready = [table for table in waiting if not needs[table] & set(waiting)]
        if not ready:
            raise GateError(f"sql/{layer}: {', '.join(waiting)} read one another in a circle")
        for table in ready:
            yield table, waiting.pop(table)


def _reads(con: duckdb.DuckDBPyConnection, table: str, sql: str, layer: str) -> set[str]:
    """Return the tables and views of ``layer`` that ``sql`` reads, from DuckDB's own parse tree."""
    (text,) = con.execute("SELECT json_serialize_sql(?)", [sql]).fetchall()[0]
    tree = json.loads(text)
    if tree.get("error"):
        raise GateError(f"sql/{layer}/{table}.sql: {tree.get('error_message', 'not one SELECT statement')}")
    found, stack = set(), [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            if node.get("type") == "BASE_TABLE" and node.get("schema_name") == layer:
                found.add(str(node["table_name"]))
            if node.get("type") == "FUNCTION" and node.get("schema") == layer:
                found.add(str(node["function_name"]))
            stack.extend(node.values())
        elif isinstance(node, list):
            stack.extend(node)
    return found


def gates(path: Path) -> dict[str, int]:
    """Run ``sql/checks/assert_*.sql`` (each returns offending rows); return the number of rows of each."""
    found = {}
    with connection(path) as con:
        for check in sorted((SQL / "checks").glob("assert_*.sql")):
            found[check.stem] = len(con.execute(check.read_text(encoding="utf-8")).fetchall())
    return found


def publish(building: Path, published: Path) -> None:
    """Replace the published file by the built one; raise GateError (nothing published) when a gate finds rows."""
    failed = {name: count for name, count in gates(building).items() if count}
    if failed:
        listed = ", ".join(f"{name} ({count} rows)" for name, count in failed.items())
        raise GateError(f"{building}: not published, gates failed: {listed}; the file is kept to be looked at")
    os.replace(building, published)  # noqa: PTH105 (the atomic rename is the point)
