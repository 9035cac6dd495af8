"""Exports: marts as files. What belongs here: one small class a format, and publication of a folder as a whole.

What does not: which columns a table has (``sql/mart``). A folder is written beside its place and put there at once (``swap``).
"""

import json
from collections.abc import Sequence
from pathlib import Path

import duckdb

from graph.errors import UsageError
from pipelines.export.swap import put_in_place, remove
from pipelines.settings import Settings
from pipelines.warehouse import store, views
from pipelines.warehouse.tables import load_tables, quoted

MANIFEST = "manifest.json"


class ParquetExport:
    """One Parquet file a table."""

    name = "parquet"

    def write(self, con: duckdb.DuckDBPyConnection, tables: Sequence[str], folder: Path) -> None:
        """Write ``tables`` of schema mart into ``folder``."""
        (folder / self.name).mkdir()
        for table in tables:
            path = folder / self.name / f"{table}.parquet"
            con.sql(_plain(con, table)).write_parquet(str(path), compression="zstd")


class CsvExport:
    """One CSV file a table: UTF-8 with a byte-order mark and CRLF, as Excel opens it."""

    name = "csv"

    def write(self, con: duckdb.DuckDBPyConnection, tables: Sequence[str], folder: Path) -> None:
        """Write ``tables`` of schema mart into ``folder``."""
        import csv

        (folder / self.name).mkdir()
        for table in tables:
            cursor = con.execute(_plain(con, table))
            names = [column[0] for column in cursor.description or ()]
            with (folder / self.name / f"{table}.csv").open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(names)
                while batch := cursor.fetchmany(5000):
                    writer.writerows(batch)


class DuckdbExport:
    """One DuckDB file with the tables and views of schema mart, read-only for everyone; columns carry their meaning as comments."""

    name = "duckdb"

    def write(self, con: duckdb.DuckDBPyConnection, tables: Sequence[str], folder: Path) -> None:
        """Write ``tables`` of schema mart into ``folder``/loadpath.duckdb."""
        path = folder / "loadpath.duckdb"
        with store.connection(path, read_only=False) as snapshot:
            for table in tables:
                rows = con.sql(_plain(con, table)).to_arrow_table()
                snapshot.register("rows", rows)
                snapshot.execute(f"CREATE TABLE {table} AS SELECT * FROM rows")
                snapshot.unregister("rows")
                _comment(snapshot, table)
            views.create_in_snapshot(snapshot, store.in_order(snapshot, "mart"))
        path.chmod(0o444)


FORMATS = {kind.name: kind for kind in (ParquetExport, CsvExport, DuckdbExport)}


def _plain(con: duckdb.DuckDBPyConnection, table: str) -> str:
    """Return the SELECT of a mart in types that every tool reads: a list becomes text, its elements joined by ``|``."""
    lists = [name for name, kind in zip(*_columns(con, table), strict=True) if kind.endswith("[]")]
    joined = ", ".join(f"array_to_string({name}, '|') AS {name}" for name in lists)
    return f"SELECT * {f'REPLACE ({joined}) ' if lists else ''}FROM mart.{table}"


def _columns(con: duckdb.DuckDBPyConnection, table: str) -> tuple[list[str], list[str]]:
    relation = con.table(f"mart.{table}")
    return relation.columns, [str(kind) for kind in relation.types]


def _comment(snapshot: duckdb.DuckDBPyConnection, table: str) -> None:
    """Set what ``sql/mart/<table>.yml`` says as comments on the table and its columns."""
    page = load_tables()[f"mart.{table}"]
    snapshot.execute(f"COMMENT ON TABLE {table} IS {quoted(page.grain)}")
    for column in page.columns.values():
        words = f"{column.meaning} ({column.unit})" if column.unit else column.meaning
        snapshot.execute(f"COMMENT ON COLUMN {table}.{column.name} IS {quoted(words)}")


def export(settings: Settings, folder: Path, formats: Sequence[str] = tuple(FORMATS)) -> dict[str, int]:
    """Write the marts into ``folder`` in the given formats; return rows by table.

    The folder appears whole or not at all; one that an export made is replaced, any other that is not empty is refused.
    """
    if unknown := [name for name in formats if name not in FORMATS]:
        raise UsageError(f"{unknown[0]}: no such format; there are: {', '.join(FORMATS)}")
    if folder.exists() and any(folder.iterdir()) and not (folder / MANIFEST).exists():
        raise UsageError(f"{folder}: the folder is not empty and was not made by an export; name another")
    building = folder.with_name(f".{folder.name}.building")
    remove(building)
    building.mkdir(parents=True)
    with store.connection(settings.warehouse) as con:
        tables = [
            row[0]
            for row in con.execute(
                "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'mart' ORDER BY table_name"
            ).fetchall()
        ]
        counts = {t: con.execute(f"SELECT count(*) FROM mart.{t}").fetchall()[0][0] for t in tables}
        fingerprint = store.rows(con, "SELECT fingerprint FROM raw.build")[0]["fingerprint"]
        for name in formats:
            FORMATS[name]().write(con, tables, building)
    manifest = {"fingerprint": fingerprint, "formats": sorted(formats), "rows": counts}
    (building / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    put_in_place(building, folder)
    return counts


def exported_fingerprint(folder: Path) -> str:
    """Return the fingerprint of the warehouse that ``folder`` was exported from, or nothing."""
    path = folder / MANIFEST
    return str(json.loads(path.read_text(encoding="utf-8"))["fingerprint"]) if path.exists() else ""
