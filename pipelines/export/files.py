"""Exports: a folder of files for people and tools. What belongs here: writing a folder as a whole, and its manifest.

What does not: how a format is written (one module each, listed in ``formats``) and how a folder takes another's place (``swap``). The
folder is written beside its place and put there at once; where that fails, on a full disk say, what was there stays as it was.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from graph.errors import LoadpathError, UsageError
from pipelines.export.formats import FORMATS, find
from pipelines.export.marts import Marts, PlainTable
from pipelines.export.swap import put_in_place, remove
from pipelines.settings import Settings
from pipelines.warehouse import store

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote: rows by table, the formats, and for each that was left out why."""

    rows: dict[str, int]
    formats: tuple[str, ...]
    left_out: dict[str, str]


def export(settings: Settings, folder: Path, formats: Sequence[str] | None = None) -> Exported:
    """Write the marts into ``folder`` in the given formats; without any, in all that this installation can write.

    The folder appears whole or not at all; one that an export made is replaced, any other that is not empty is refused. Raises
    UsageError for an unknown format, one that needs what is not installed, and a folder that cannot be written to.
    """
    wanted = find(list(FORMATS) if formats is None else formats)
    left_out = {known.name: why for known in wanted if (why := known.missing())}
    if formats is not None and left_out:
        raise UsageError(next(iter(left_out.values())))
    # A link stays one: what it leads to is exchanged.
    folder = folder.resolve()
    _refuse_foreign(folder)
    with store.connection(settings.warehouse) as con, _built_beside(folder) as building:
        marts = Marts(con, folder, settings.home)
        written = [known for known in wanted if known.name not in left_out]
        for known in written:
            known.make().write(marts, building)
        names = tuple(known.name for known in written)
        _write_manifest(marts, building, names, left_out)
    return Exported(marts.counts, names, left_out)


def publish(settings: Settings, fingerprint: str) -> Exported | None:
    """Write the exports of the home, in the formats of the settings, unless those of ``fingerprint`` are there already."""
    if is_exported(settings, fingerprint):
        return None
    return export(settings, settings.home / "exports", settings.exports or None)


def is_exported(settings: Settings, fingerprint: str) -> bool:
    """Return whether the exports of the home are of the warehouse with this fingerprint, in all formats of the settings."""
    path = settings.home / "exports" / MANIFEST
    if not path.exists():
        return False
    manifest = json.loads(path.read_text(encoding="utf-8"))
    there = {*manifest["formats"], *manifest.get("left_out", ())}
    return manifest["fingerprint"] == fingerprint and there >= set(settings.exports or FORMATS)


def _refuse_foreign(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder}: this is a file; name a folder")
    if folder.exists() and any(folder.iterdir()) and not (folder / MANIFEST).exists():
        raise UsageError(f"{folder}: the folder is not empty and was not made by an export; name another")


@contextmanager
def _built_beside(folder: Path) -> Iterator[Path]:
    """Give a new folder to write into, and put it in the place of ``folder`` at the end; remove it where writing fails."""
    building = folder.with_name(f".{folder.name}.building")
    try:
        remove(building)
        building.mkdir(parents=True)
    except OSError as error:
        raise UsageError(
            f"{folder.parent}: the export cannot be written there ({_reason(error)}); name another folder"
        ) from None
    try:
        yield building
        put_in_place(building, folder)
    except (OSError, duckdb.IOException, duckdb.FatalException, duckdb.TransactionException) as error:
        raise LoadpathError(
            f"{folder}: the export could not be written ({_reason(error)}); what was there is as it was; make room and run it again"
        ) from None
    finally:
        remove(building)


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error).splitlines()[0]


def _write_manifest(marts: Marts, folder: Path, names: tuple[str, ...], left_out: dict[str, str]) -> None:
    """Write what the folder holds: rows and a hash of the rows by table, size and hash of each file, formats that were left out."""
    manifest = {
        "fingerprint": marts.fingerprint,
        "formats": sorted(names),
        "left_out": left_out,
        "rows": marts.counts,
        "content_sha256": {name: _content_hash(marts, table) for name, table in marts.tables.items()},
        "files": {
            path.relative_to(folder).as_posix(): _file(path) for path in sorted(folder.rglob("*")) if path.is_file()
        },
    }
    text = json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")


def _content_hash(marts: Marts, table: PlainTable) -> str:
    """Return one hash of all rows, whatever their order and the file's form: engines put ids of their own into DuckDB and Hyper files."""
    hashes = f"SELECT sha256(t::VARCHAR) AS h FROM ({table.select}) t"
    (found,) = marts.con.execute(
        f"SELECT sha256(coalesce(string_agg(h, '' ORDER BY h), '')) FROM ({hashes})"
    ).fetchall()[0]
    return str(found)


def _file(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return {"bytes": path.stat().st_size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}
