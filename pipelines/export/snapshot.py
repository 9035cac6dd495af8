"""The DuckDB snapshot. What belongs here: one file with the marts, for Superset, Metabase and any SQL.

What does not: the warehouse itself, which also holds documents and what is on the way. Columns carry their meaning as comments; views
with parameters (``relationships_at``) come along, and the flat tables of the workbook as ``desk_<name>``. The file is read-only for everyone.
"""

from pathlib import Path

import duckdb

from pipelines.export.marts import Marts
from pipelines.export.sheets import load
from pipelines.warehouse import store, views
from pipelines.warehouse.tables import quoted

NAME = "loadpath.duckdb"
# What the names of the flat tables (``sheets``) begin with.
FLAT = "desk_"


class Snapshot:
    """``loadpath.duckdb``."""

    def write(self, marts: Marts, folder: Path) -> None:
        """Write the file."""
        path = folder / NAME
        with store.connection(path, read_only=False) as snapshot:
            snapshot.execute("BEGIN")
            for table in marts.tables.values():
                _take(snapshot, marts, table.name, table.select)
                _comment(snapshot, table.name, table.grain, {column.name: column.words for column in table.columns})
            for sheet in load(marts.con):
                _take(snapshot, marts, f"{FLAT}{sheet.name}", sheet.select)
                meanings = {name: described.meaning for name, (_, described) in sheet.columns.items()}
                _comment(snapshot, f"{FLAT}{sheet.name}", sheet.about, meanings)
            views.create_in_snapshot(snapshot, store.in_order(snapshot, "mart"))
            snapshot.execute("COMMIT")
        path.chmod(0o444)


def _take(snapshot: duckdb.DuckDBPyConnection, marts: Marts, name: str, select: str) -> None:
    snapshot.register("rows", marts.con.sql(select).to_arrow_table())
    snapshot.execute(f"CREATE TABLE {name} AS SELECT * FROM rows")
    snapshot.unregister("rows")


def _comment(snapshot: duckdb.DuckDBPyConnection, table: str, about: str, meanings: dict[str, str]) -> None:
    said = [f"COMMENT ON TABLE {table} IS {quoted(about)}"]
    said += [f'COMMENT ON COLUMN {table}."{column}" IS {quoted(meaning)}' for column, meaning in meanings.items()]
    snapshot.execute("; ".join(said))
