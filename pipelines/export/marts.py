"""What every format reads: the marts as plain tables, with what their columns mean. What belongs here: tables, columns, types.

What does not: how a format writes them (one module a format), or which columns a mart has (``sql/mart``). Plain types are those
that every tool has: a list becomes text, its elements joined by ``|``. One table more describes all the others: ``data_dictionary``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

from graph.errors import UsageError
from pipelines.export.market_graph import MarketGraph, read
from pipelines.warehouse import store
from pipelines.warehouse.tables import Column, Table, load_tables, quoted_name

DICTIONARY = "data_dictionary"
# Types of plain columns, as DuckDB names them.
TEXT, INTEGERS, NUMBER, FLAG, DAY = "VARCHAR", ("INTEGER", "BIGINT"), "DOUBLE", "BOOLEAN", "DATE"
_BATCH = 5000
_ABOUT_DICTIONARY = {
    "table_name": "table that has the column",
    "column_name": "column",
    "position": "place of the column in the table, counted from 1",
    "type": "type in DuckDB's words; a list is a text whose elements are joined by |",
    "unit": "unit of the number; empty where it has none",
    "meaning": "what the column says",
    "allowed": "values that may stand there, joined by |; empty where any may",
    "refers_to": "column of another table that it points at",
    "is_key": "whether it is part of the table's key: unique and never empty",
    "is_required": "whether it is never empty",
}


@dataclass(frozen=True, slots=True)
class PlainColumn:
    """One column as it is exported: ``type`` is a plain one, ``described`` what ``sql/mart/<table>.yml`` says of it."""

    name: str
    type: str
    described: Column

    @property
    def words(self) -> str:
        """Return the meaning with the unit."""
        return f"{self.described.meaning} ({self.described.unit})" if self.described.unit else self.described.meaning

    @property
    def target(self) -> tuple[str, str]:
        """Return table and column of the mart that it points at, both empty where it points at none."""
        layer, _, rest = self.described.references.partition(".")
        table, _, column = rest.partition(".")
        return (table, column) if layer == "mart" else ("", "")


@dataclass(frozen=True, slots=True)
class PlainTable:
    """One table as it is exported; ``select`` gives its rows in their order."""

    name: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[PlainColumn, ...]
    select: str


@dataclass(frozen=True)
class Marts:
    """The marts of one published warehouse. ``folder`` is where the export will lie, ``home`` where Loadpath's state lies."""

    con: duckdb.DuckDBPyConnection
    folder: Path
    home: Path
    tables: dict[str, PlainTable] = field(init=False)

    def __post_init__(self) -> None:
        described = {t.name: t for t in load_tables().values() if t.layer == "mart"}
        tables = {name: _plain_table(self.con, table) for name, table in sorted(described.items())}
        dictionary = _dictionary_table(self.con, tables)
        object.__setattr__(self, "tables", tables | {DICTIONARY: dictionary})

    @cached_property
    def fingerprint(self) -> str:
        """Return the fingerprint of what the warehouse was built from."""
        return str(store.rows(self.con, "SELECT fingerprint FROM raw.build")[0]["fingerprint"])

    @cached_property
    def newest(self) -> date:
        """Return the day of the newest document: the day that files are dated with, so that the same input gives the same bytes."""
        found = self.con.execute("SELECT max(known_from) FROM mart.dim_document").fetchall()[0][0]
        return found or date(2000, 1, 1)

    @cached_property
    def counts(self) -> dict[str, int]:
        """Return the rows of each table."""
        return {
            name: int(self.con.execute(f"SELECT count(*) FROM ({table.select})").fetchall()[0][0])
            for name, table in self.tables.items()
        }

    @cached_property
    def graph(self) -> MarketGraph:
        """Return nodes and relationships of the graph."""
        return read(self.con)

    def rows(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query, a batch at a time."""
        cursor = self.con.cursor()
        cursor.execute("SET TimeZone = 'UTC'")
        cursor.execute(sql)
        while batch := cursor.fetchmany(_BATCH):
            yield from batch


def _plain_table(con: duckdb.DuckDBPyConnection, table: Table) -> PlainTable:
    try:
        relation = con.table(table.id)
    except duckdb.CatalogException:
        raise _of_another_version(table.id) from None
    if set(relation.columns) != set(table.columns):
        raise _of_another_version(table.id)
    kinds = dict(zip(relation.columns, (str(kind) for kind in relation.types), strict=True))
    lists = [name for name, kind in kinds.items() if kind.endswith("[]")]
    joined = ", ".join(f"array_to_string({quoted_name(name)}, '|') AS {quoted_name(name)}" for name in lists)
    select = f"SELECT * {f'REPLACE ({joined}) ' if lists else ''}FROM {table.id}"
    columns = tuple(
        PlainColumn(name, TEXT if name in lists else kind, table.columns[name]) for name, kind in kinds.items()
    )
    return PlainTable(table.name, table.grain, table.key, columns, select)


def _of_another_version(table: str) -> UsageError:
    return UsageError(
        f"the warehouse was built by another version of Loadpath: {table} is not as this one describes it; "
        "build it again (loadpath refresh, or loadpath add), then export"
    )


def _dictionary_table(con: duckdb.DuckDBPyConnection, tables: dict[str, PlainTable]) -> PlainTable:
    import pyarrow as pa

    special = {"position": ("INTEGER", pa.int32()), "is_key": (FLAG, pa.bool_()), "is_required": (FLAG, pa.bool_())}
    columns = tuple(
        PlainColumn(name, special[name][0] if name in special else TEXT, Column(name, meaning))
        for name, meaning in _ABOUT_DICTIONARY.items()
    )
    types = {name: special[name][1] if name in special else pa.string() for name in _ABOUT_DICTIONARY}
    key = ("table_name", "column_name")
    dictionary = PlainTable(DICTIONARY, "one row a column of each table", key, columns, f"SELECT * FROM {DICTIONARY}")
    described = sorted([*tables.values(), dictionary], key=lambda table: table.name)
    values = [dict(zip(types, row, strict=True)) for table in described for row in _described(table)]
    con.register("described", pa.Table.from_pylist(values, pa.schema(types)))
    con.execute(f"CREATE OR REPLACE TEMP TABLE {DICTIONARY} AS SELECT * FROM described")
    con.unregister("described")
    return dictionary


def _described(table: PlainTable) -> Iterator[tuple[Any, ...]]:
    for position, column in enumerate(table.columns, 1):
        said, is_key = column.described, column.name in table.key
        allowed, target = "|".join(said.values), ".".join(filter(None, column.target))
        required = said.required or is_key
        yield table.name, column.name, position, column.type, said.unit, said.meaning, allowed, target, is_key, required
