"""A warehouse from the one before it. What belongs here: which rows of raw, doc and nlp can stay, and replacing the others.

What does not: what the tables mean (``sql``), or when a build is due (``stages``). The published file is copied; of tables that are
read from parts alone, the rows of documents whose parts changed are replaced; every other table, and all of core and mart, is
made anew by its SQL. The rows are those of a whole build, which is done where there is nothing to copy, the SQL of these layers
is another, or half of the copy would be empty blocks.
"""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipelines.ids import stable_id
from pipelines.warehouse import store
from pipelines.warehouse.parts import SCHEMAS

KEPT_LAYERS = ("raw", "doc", "nlp")
_STAGES = ("documents", "claims")
_KEYS = ("document_id", "document_sha256", "sha256")
# A small file may be half empty: making it anew gains nothing.
_LARGE = 256 * 2**20


@dataclass(frozen=True, slots=True)
class Changed:
    """By stage: the documents whose rows must go, and the parts whose rows come in."""

    gone: dict[str, list[str]]
    come: dict[str, list[str]]


def reading() -> str:
    """Return a hash over what makes the kept layers: their SQL, the macros, the parts' form, DuckDB's version."""
    files = [
        store.SQL / "functions.sql",
        *(path for layer in KEPT_LAYERS for path in sorted((store.SQL / layer).glob("*.sql"))),
    ]
    sql = [(path.parent.name, path.name, path.read_text(encoding="utf-8")) for path in files]
    return stable_id("", sql, [str(SCHEMAS[stage]) for stage in _STAGES], duckdb.__version__)


def build(published: Path, path: Path, parts: Path, variables: dict[str, Any]) -> dict[str, int]:
    """Build the layers up to core at ``path``, where nothing lies yet, from ``published`` as far as it goes; return rows by table."""
    changed = _changed(published, parts, variables["reading"])
    if changed is None:
        return store.build_layers(path, (*KEPT_LAYERS, "core"), variables)
    shutil.copyfile(published, path)
    with store.building(path, variables) as con:
        for schema in ("core", "mart"):
            con.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
        for layer in (*KEPT_LAYERS, "core"):
            for table, sql in store.in_order(con, layer):
                stage = stage_of(con, layer, sql)
                if stage is None:
                    store.make(con, layer, table, sql)
                else:
                    _replace(con, f"{layer}.{table}", sql, stage, changed, variables[stage])
        return store.counts(con, (*KEPT_LAYERS, "core"))


def _changed(published: Path, parts: Path, reading_now: str) -> Changed | None:
    """Return what differs between the parts of the published file and those there are; None where all must be read."""
    if not published.exists():
        return None
    with store.connection(published) as con:
        if "reading" not in _columns(con, "raw", "build") or not _is_dense(con, published):
            return None
        (row,) = store.rows(con, "SELECT reading FROM raw.build")
        if row["reading"] != reading_now:
            return None
        had = store.rows(con, "SELECT stage, name FROM raw.part")
    gone, come = {}, {}
    for stage in _STAGES:
        before = {row["name"] for row in had if row["stage"] == stage}
        now = {path.name for path in (parts / stage).glob("*.parquet")}
        gone[stage] = sorted({name.split(".")[0] for name in before - now})
        come[stage] = [str(parts / stage / name) for name in sorted(now - before)]
    return Changed(gone, come)


def _columns(con: duckdb.DuckDBPyConnection, schema: str, table: str) -> list[str]:
    found = con.execute(
        "SELECT column_name FROM duckdb_columns() WHERE schema_name = ? AND table_name = ? ORDER BY column_index",
        [schema, table],
    )
    return [row[0] for row in found.fetchall()]


def _is_dense(con: duckdb.DuckDBPyConnection, path: Path) -> bool:
    """Return whether less than half of the file is blocks that earlier copies left empty."""
    if path.stat().st_size < _LARGE:
        return True
    free, total = con.execute("SELECT free_blocks, total_blocks FROM pragma_database_size()").fetchall()[0]
    return bool(free * 2 < total)


def stage_of(con: duckdb.DuckDBPyConnection, layer: str, sql: str) -> str | None:
    """Return the stage whose parts ``sql`` reads, where it reads nothing else: its rows are of one document each."""
    if layer not in ("doc", "nlp"):
        return None
    named = set(re.findall(r"getvariable\('(\w+)'\)", sql))
    stages = named & set(_STAGES)
    if named != stages or len(stages) != 1 or store.reads(con, sql):
        return None
    return str(stages.pop())


def _replace(con: duckdb.DuckDBPyConnection, table: str, sql: str, stage: str, changed: Changed, whole: str) -> None:
    key = next(name for name in _KEYS if name in _columns(con, *table.split(".")))
    if changed.gone[stage]:
        con.execute(f"DELETE FROM {table} WHERE list_contains(?, {key})", [changed.gone[stage]])
    if changed.come[stage]:
        con.execute(f"SET VARIABLE {stage} = ?", [changed.come[stage]])
        con.execute(f"INSERT INTO {table} {sql}")
        con.execute(f"SET VARIABLE {stage} = ?", [whole])
