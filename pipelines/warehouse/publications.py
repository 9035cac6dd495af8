"""Publications: the log of what was published, and what changed from one to the next. What belongs here: ids, log, changes kept.

What does not: building (``store``, ``increment``), judging (``gates``), or showing a delta (``delta``). The log is
``<home>/publications.jsonl``, one line a publication. ``<home>/changes/<number>.<id>.parquet`` holds the claims and relationships
that a publication added, modified and deleted against the one before, so that what is kept grows with what changes.

A publication is the rename of the file, and nothing else. Its line and changes are written before as *pending* and settled after,
by the next command where a kill came between: a pending publication whose file is live is logged, any other is dropped.
"""

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from graph.errors import GateError

# So many of the latest changes are kept: a daily refresh for two years.
KEPT = 730
ID_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Publication:
    """One line of the log. ``number`` counts from 1; ``figures`` are by gate and item: the figure, and the rows it rests on."""

    number: int
    id: str
    published_at: str
    fingerprint: str
    rows: dict[str, int] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)
    figures: dict[str, dict[str, tuple[float, int]]] = field(default_factory=dict)


class Publications:
    """The log of a home and its kept changes. One writer at a time."""

    def __init__(self, home: Path) -> None:
        self.log = home / "publications.jsonl"
        self.changes = home / "changes"
        self._pending = home / "publication.pending.json"

    def all(self) -> list[Publication]:
        """Return the publications in their order; raise GateError naming file and line for a line that is none."""
        if not self.log.exists():
            return []
        found = []
        for number, line in enumerate(self.log.read_bytes().splitlines(), 1):
            try:
                found.append(Publication(**json.loads(line)))
            except (ValueError, TypeError):
                raise GateError(
                    f"{self.log}:{number}: this line is no publication; restore it, or take it out"
                ) from None
        return found

    def last(self) -> Publication | None:
        """Return the last publication, or None."""
        return found[-1] if (found := self.all()) else None

    def changes_of(self, publication: Publication) -> Path:
        """Return where the changes of ``publication`` lie, whether they are kept or not."""
        return self.changes / f"{publication.number:06}.{publication.id}.parquet"

    def prepare(self, publication: Publication, published: Path, built: Path) -> None:
        """Write the changes from the file ``published`` (none: all is kept as it is) to ``built``, and the pending line."""
        self.changes.mkdir(parents=True, exist_ok=True)
        path = self.changes_of(publication)
        partial = path.with_suffix(".partial")
        write_changes(published if published.exists() else None, built, partial)
        partial.replace(path)
        pending = self._pending.with_suffix(".partial")
        pending.write_text(json.dumps(asdict(publication), ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
        pending.replace(self._pending)

    def settle(self, live: str) -> None:
        """Log the pending publication when its fingerprint is ``live``, the published one's; drop it else."""
        if not self._pending.exists():
            return
        line = self._pending.read_text(encoding="utf-8")
        publication, last = Publication(**json.loads(line)), self.last()
        if publication.fingerprint != live:
            self.changes_of(publication).unlink(missing_ok=True)
        elif last is None or last.number < publication.number:
            self._append(line)
            for old in sorted(self.changes.glob("*.parquet"))[:-KEPT]:
                old.unlink()
        self._pending.unlink()

    def _append(self, line: str) -> None:
        with self.log.open("a+b") as log:
            text = self.log.read_bytes()
            # A line that a kill cut short is written again.
            log.truncate(text.rfind(b"\n") + 1)
            log.write(line.encode())
            log.flush()
            os.fsync(log.fileno())


_KINDS = {
    "claim": ("mart.fct_claim", "claim_id"),
    "relationship": ("mart.fct_relationship", "relationship_id"),
}


def write_changes(before: Path | None, after: Path, to: Path) -> None:
    """Write what differs between two warehouses: (kind, id, before, after), each side the row as JSON, null where it is none.

    A column that only one version of the tables has changes no row. Without ``before`` nothing has changed: deltas begin there.
    """
    con = duckdb.connect(":memory:", config={"python_enable_replacements": "false"})
    try:
        con.execute("SET TimeZone = 'UTC'")
        con.execute("CREATE TABLE changes (kind VARCHAR, id VARCHAR, before JSON, after JSON)")
        if before is not None:
            con.execute(f"ATTACH {_quoted(before)} AS b (READ_ONLY)")
            con.execute(f"ATTACH {_quoted(after)} AS a (READ_ONLY)")
            for kind in _KINDS:
                _compare(con, kind)
        con.execute(f"COPY (FROM changes ORDER BY kind, id) TO {_quoted(to)} (FORMAT parquet, COMPRESSION zstd)")
    finally:
        con.close()


def _compare(con: duckdb.DuckDBPyConnection, kind: str) -> None:
    table, key = _KINDS[kind]
    shared = [name for name in _columns(con, "b", table) if name in _columns(con, "a", table)]
    if key not in shared:
        return
    sides = {side: ", ".join(f'{side}."{name}"' for name in shared) for side in ("b", "a")}
    whole = {side: "{" + ", ".join(f"'{name}': {side}.\"{name}\"" for name in shared) + "}" for side in ("b", "a")}
    con.execute(
        f"INSERT INTO changes SELECT '{kind}', coalesce(b.{key}, a.{key}), "
        f"CASE WHEN b.{key} IS NOT NULL THEN to_json({whole['b']}) END, "
        f"CASE WHEN a.{key} IS NOT NULL THEN to_json({whole['a']}) END "
        f"FROM b.{table} b FULL JOIN a.{table} a ON b.{key} = a.{key} "
        f"WHERE ({sides['b']}) IS DISTINCT FROM ({sides['a']})"
    )


def _columns(con: duckdb.DuckDBPyConnection, database: str, table: str) -> list[str]:
    schema, name = table.split(".")
    found = con.execute(
        "SELECT column_name FROM duckdb_columns() WHERE (database_name, schema_name, table_name) = (?, ?, ?) ORDER BY column_index",
        [database, schema, name],
    )
    return [row[0] for row in found.fetchall()]


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def read_changes(path: Path) -> dict[tuple[str, str], tuple[dict[str, Any] | None, dict[str, Any] | None]]:
    """Return the changes that :func:`write_changes` wrote, by kind and id: the row before, and after."""
    import pyarrow.parquet as pq

    rows = pq.read_table(path).to_pylist()
    return {(r["kind"], r["id"]): (_parsed(r["before"]), _parsed(r["after"])) for r in rows}


def _parsed(text: str | None) -> dict[str, Any] | None:
    return None if text is None else json.loads(text)
