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

MANIFEST = "manifest.json"


class ParquetExport:
    """One Parquet file a table."""

    name = "parquet"

    def write(self, con: duckdb.DuckDBPyConnection, tables: Sequence[str], folder: Path) -> None:
        """Write ``tables`` of schema mart into ``folder``."""
        (folder / self.name).mkdir()
        for table in tables:
            con.table(f"mart.{table}").write_parquet(str(folder / self.name / f"{table}.parquet"), compression="zstd")


class CsvExport:
    """One CSV file a table: UTF-8 with a byte-order mark and CRLF, as Excel opens it; lists are joined by ``|``."""

    name = "csv"

    def write(self, con: duckdb.DuckDBPyConnection, tables: Sequence[str], folder: Path) -> None:
        """Write ``tables`` of schema mart into ``folder``."""
        import csv

        (folder / self.name).mkdir()
        for table in tables:
            cursor = con.execute(f"SELECT * FROM mart.{table}")
            names = [column[0] for column in cursor.description or ()]
            with (folder / self.name / f"{table}.csv").open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(names)
                while batch := cursor.fetchmany(5000):
                    writer.writerows([[_plain(value) for value in row] for row in batch])


class DuckdbExport:
    """One DuckDB file with the tables and views of schema mart, read-only for everyone."""

    name = "duckdb"

    def write(self, con: duckdb.DuckDBPyConnection, tables: Sequence[str], folder: Path) -> None:
        """Write ``tables`` of schema mart into ``folder``/loadpath.duckdb."""
        path = folder / "loadpath.duckdb"
        with store.connection(path, read_only=False) as snapshot:
            for table in tables:
                rows = con.table(f"mart.{table}").to_arrow_table()
                snapshot.register("rows", rows)
                snapshot.execute(f"CREATE TABLE {table} AS SELECT * FROM rows")
                snapshot.unregister("rows")
            views.create_in_snapshot(snapshot, store.in_order(snapshot, "mart"))
        path.chmod(0o444)


FORMATS = {kind.name: kind for kind in (ParquetExport, CsvExport, DuckdbExport)}


def _plain(value: object) -> object:
    return "|".join(map(str, value)) if isinstance(value, list) else value


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
