"""The DuckDB file: SQL files in, tables out. What belongs here: opening it, and running SQL layer by layer.

What does not: what the tables mean (that is in ``sql/<layer>/<table>.sql`` and ``.yml``), which rows of an earlier file can stay
(``increment``), what must hold before it is published (``gates``) and its publication (``stages``, ``publications``).
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from graph.errors import GateError, NothingFoundError, UsageError
from pipelines.warehouse import views

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
        # A slow statement would draw its bar on stdout, which is for data. In Jupyter without ipywidgets the bar is off, and DuckDB
        # refuses every change of it.
        if con.execute("SELECT current_setting('enable_progress_bar')").fetchone() == (True,):
            con.execute("SET enable_progress_bar = false")
        yield con
    finally:
        con.close()


def sql(name: str) -> str:
    """Return the text of ``sql/<name>.sql``."""
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def rows(con: duckdb.DuckDBPyConnection, sql: str, params: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """Return the rows of a query as dicts; raise UsageError with DuckDB's first line for a wrong query."""
    try:
        cursor = con.execute(sql, params) if params else con.execute(sql)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    except duckdb.Error as error:
        raise UsageError(f"SQL: {str(error).splitlines()[0]}") from None


@contextmanager
def building(path: Path, variables: Mapping[str, Any]) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the file at ``path`` for writing, with macros, and ``variables`` that SQL files read by ``getvariable``."""
    with connection(path, read_only=False) as con:
        con.execute((SQL / "functions.sql").read_text(encoding="utf-8"))
        for name, value in variables.items():
            con.execute(f"SET VARIABLE {name} = ?", [value])
        yield con


def build_layers(path: Path, layers: tuple[str, ...], variables: Mapping[str, Any]) -> dict[str, int]:
    """Run the SQL files of ``layers`` into the file at ``path``, each after what it reads; return the rows of their tables."""
    with building(path, variables) as con:
        for layer in layers:
            for table, sql in in_order(con, layer):
                make(con, layer, table, sql)
        return counts(con, layers)


def make(con: duckdb.DuckDBPyConnection, layer: str, table: str, sql: str) -> None:
    """Make one table, or view with parameters, anew from its SELECT; raise GateError naming it when DuckDB refuses it."""
    con.execute(f"CREATE SCHEMA IF NOT EXISTS {layer}")
    try:
        if views.parameters(sql):
            views.create(con, f"{layer}.{table}", sql)
        else:
            con.execute(f"CREATE OR REPLACE TABLE {layer}.{table} AS {sql}")
    except duckdb.Error as error:
        raise GateError(f"sql/{layer}/{table}.sql: DuckDB says: {str(error).splitlines()[0]}") from None


def count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    """Return the rows of ``table``."""
    return int(con.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])


def counts(con: duckdb.DuckDBPyConnection, layers: tuple[str, ...] = LAYERS) -> dict[str, int]:
    """Return the rows of every table of ``layers`` by ``layer.table``."""
    found = con.execute("SELECT schema_name, table_name FROM duckdb_tables() ORDER BY ALL").fetchall()
    return {f"{schema}.{table}": count(con, f"{schema}.{table}") for schema, table in found if schema in layers}


def in_order(con: duckdb.DuckDBPyConnection, layer: str) -> Iterator[tuple[str, str]]:
    """Yield the tables and views of ``layer`` with their SQL, each after those that it reads; raise GateError for a circle."""
    files = sorted([*(SQL / layer).glob("*.sql"), *(SQL / layer / "views").glob("*.sql")], key=lambda path: path.stem)
    waiting = {path.stem: path.read_text(encoding="utf-8").rstrip().rstrip(";") for path in files}
    needs = {}
    for table, sql in waiting.items():
        try:
            read = reads(con, sql)
        except ValueError as error:
            raise GateError(f"sql/{layer}/{table}.sql: {error}") from None
        needs[table] = {name for schema, name in read if schema == layer} & set(waiting) - {table}
    while waiting:
        ready = [table for table in waiting if not needs[table] & set(waiting)]
        if not ready:
            raise GateError(f"sql/{layer}: {', '.join(waiting)} read one another in a circle")
        for table in ready:
            yield table, waiting.pop(table)


def reads(con: duckdb.DuckDBPyConnection, sql: str) -> set[tuple[str, str]]:
    """Return schema and name of the tables and views that ``sql`` reads, from DuckDB's parse tree; raise ValueError where it is no SELECT."""
    (text,) = con.execute("SELECT json_serialize_sql(?)", [sql]).fetchall()[0]
    tree = json.loads(text)
    if tree.get("error"):
        raise ValueError(tree.get("error_message", "not one SELECT statement"))
    found, stack = set(), [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            if node.get("type") == "BASE_TABLE" and node.get("schema_name"):
                found.add((str(node["schema_name"]), str(node["table_name"])))
            if node.get("type") == "FUNCTION" and node.get("schema"):
                found.add((str(node["schema"]), str(node["function_name"])))
            stack.extend(node.values())
        elif isinstance(node, list):
            stack.extend(node)
    return found


def clear(path: Path) -> None:
    """Remove the DuckDB file at ``path`` and the log that a killed writer left beside it."""
    path.unlink(missing_ok=True)
    path.with_name(path.name + ".wal").unlink(missing_ok=True)
