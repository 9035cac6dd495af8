"""The DuckDB snapshot. What belongs here: one file with the marts, for Superset, Metabase and any SQL.

What does not: the warehouse itself, which also holds documents and what is on the way. Columns carry their meaning as comments; views
with parameters (``relationships_at``) come along. The file is read-only for everyone.
"""

from pathlib import Path

import duckdb

from pipelines.export.marts import Marts, PlainTable
from pipelines.warehouse import store, views
from pipelines.warehouse.tables import quoted

NAME = "loadpath.duckdb"


class Snapshot:
    """``loadpath.duckdb``."""

    def write(self, marts: Marts, folder: Path) -> None:
        """Write the file."""
        path = folder / NAME
        with store.connection(path, read_only=False) as snapshot:
            for table in marts.tables.values():
                rows = marts.con.sql(table.select).to_arrow_table()
                snapshot.register("rows", rows)
                snapshot.execute(f"CREATE TABLE {table.name} AS SELECT * FROM rows")
                snapshot.unregister("rows")
                _comment(snapshot, table)
            views.create_in_snapshot(snapshot, store.in_order(snapshot, "mart"))
        path.chmod(0o444)


def _comment(snapshot: duckdb.DuckDBPyConnection, table: PlainTable) -> None:
    snapshot.execute(f"COMMENT ON TABLE {table.name} IS {quoted(table.grain)}")
    for column in table.columns:
        snapshot.execute(f"COMMENT ON COLUMN {table.name}.{column.name} IS {quoted(column.words)}")
