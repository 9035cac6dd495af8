"""Flat tables for people: ``sql/export/<place>_<name>.sql``, one SELECT each over the marts. What belongs here: reading these files.

What does not: who shows them (``xlsx``, ``snapshot``, ``tableau``, ``superset``). Above the SELECT stand comment lines: ``-- title:``,
``-- about:``, ``-- columns of:`` the marts whose columns of the same name mean the same, and ``-- <column>:`` for all others.
"""

from dataclasses import dataclass

import duckdb

from graph.errors import ModelError
from pipelines.warehouse import store
from pipelines.warehouse.tables import Column, load_tables

FOLDER = store.SQL / "export"
_HEADER = ("title", "about", "columns of")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One flat table: ``name`` for programs, ``title`` and ``about`` for people; the columns by name with type and meaning."""

    name: str
    title: str
    about: str
    select: str
    columns: dict[str, tuple[str, Column]]


def load(con: duckdb.DuckDBPyConnection) -> list[Sheet]:
    """Return the flat tables in their order; raise ModelError naming the file and what it does not describe."""
    return [
        _sheet(con, path.name, path.stem.partition("_")[2], path.read_text(encoding="utf-8"))
        for path in sorted(FOLDER.glob("*.sql"))
    ]


def _sheet(con: duckdb.DuckDBPyConnection, file: str, name: str, sql: str) -> Sheet:
    comments = [line.removeprefix("-- ") for line in sql.splitlines() if line.startswith("-- ")]
    said = {key: words.strip() for key, _, words in (line.partition(":") for line in comments)}
    if missing := [key for key in _HEADER if not said.get(key)]:
        raise ModelError(f"sql/export/{file}: the line `-- {missing[0]}:` is missing")
    relation = con.sql(sql)
    marts = [f"mart.{table.strip()}" for table in said["columns of"].split(",")]
    columns = {
        column: (str(kind), _described(file, column, said, marts))
        for column, kind in zip(relation.columns, relation.types, strict=True)
    }
    return Sheet(name, said["title"], said["about"], sql, columns)


def _described(file: str, name: str, said: dict[str, str], marts: list[str]) -> Column:
    """Return what the column means: by its own line, else as the first of the marts that has one of this name says."""
    if name in said:
        return Column(name, said[name])
    tables = load_tables()
    for mart in marts:
        if mart not in tables:
            raise ModelError(f"sql/export/{file}: columns of: {mart} is no table")
        if name in tables[mart].columns:
            return tables[mart].columns[name]
    raise ModelError(
        f"sql/export/{file}: {name}: no table of `-- columns of:` has it; say what it means: `-- {name}: …`"
    )
