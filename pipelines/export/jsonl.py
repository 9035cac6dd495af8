"""Claims and relationships as JSON lines, and what changed in them. What belongs here: these lines, their JSON Schema, the change feed.

What does not: keeping changes (``pipelines.warehouse.publications``). A line is one row with all its columns, lines are sorted by id.
The feed has one file a publication: ADD, MOD and DEL with the whole line, so that the lines of one publication and the feed's later
files give the lines of the next, byte for byte.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.export.marts import DAY, FLAG, INTEGERS, NUMBER, TEXT, Marts
from pipelines.warehouse.publications import Publication, Publications, read_changes
from pipelines.warehouse.tables import Column, Table, load_tables

# So many of the latest publications are in the feed.
FED = 30
_TYPES = {TEXT: "string", NUMBER: "number", FLAG: "boolean", DAY: "string"} | dict.fromkeys(INTEGERS, "integer")


@dataclass(frozen=True, slots=True)
class _Kind:
    """What has lines: its name in kept changes, its table, the file and the column of its id."""

    name: str
    table: str
    file: str
    id: str


KINDS = (
    _Kind("claim", "fct_claim", "claims", "claim_id"),
    _Kind("relationship", "fct_relationship", "relationships", "relationship_id"),
)


class JsonLines:
    """``jsonl/claims.jsonl``, ``jsonl/relationships.jsonl``, and ``<name>.schema.json`` beside each."""

    def write(self, marts: Marts, folder: Path) -> None:
        """Write both."""
        to = folder / "jsonl"
        to.mkdir()
        for kind in KINDS:
            found = marts.rows(f"SELECT to_json(t)::VARCHAR FROM mart.{kind.table} t ORDER BY {kind.id}")
            _write_lines(to / f"{kind.file}.jsonl", (line(json.loads(text)) for (text,) in found))
            text = json.dumps(_schema(marts, load_tables()[f"mart.{kind.table}"]), ensure_ascii=False, indent=1)
            (to / f"{kind.file}.schema.json").write_text(text + "\n", encoding="utf-8", newline="\n")


class Changes:
    """``changes/<number>.<publication>.jsonl`` for the latest publications, ``changes/index.json``."""

    def write(self, marts: Marts, folder: Path) -> None:
        """Write the changes that are kept, and the list of publications, the oldest first."""
        to = folder / "changes"
        to.mkdir()
        log = Publications(marts.home)
        index = []
        for publication in log.all()[-FED:]:
            kept = log.changes_of(publication)
            if kept.exists():
                name = f"{publication.number:06}.{publication.id}.jsonl"
                counts = _write_changes(kept, to / name)
                index.append(_entry(publication) | {"file": name, **counts})
            else:
                index.append(_entry(publication) | {"file": None})
        text = json.dumps(index, ensure_ascii=False, indent=1)
        (to / "index.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def line(row: dict[str, Any]) -> str:
    """Return a row as one line, its columns in the order of the row."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"


def _write_lines(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(lines)


def _entry(publication: Publication) -> dict[str, Any]:
    return {
        "number": publication.number,
        "publication": publication.id,
        "fingerprint": publication.fingerprint,
        "published_at": publication.published_at,
    }


def _write_changes(kept: Path, to: Path) -> dict[str, int]:
    changes = sorted(read_changes(kept).items())
    counts = dict.fromkeys(("ADD", "MOD", "DEL"), 0)

    def lines() -> Iterator[str]:
        for (of, key), (before, after) in changes:
            change = "ADD" if before is None else "DEL" if after is None else "MOD"
            counts[change] += 1
            yield line({"change": change, "of": of, "id": key, "row": after})

    _write_lines(to, lines())
    return counts


def _schema(marts: Marts, table: Table) -> dict[str, Any]:
    """Return the JSON Schema of a line, from the columns' types and what ``sql/mart/<table>.yml`` says."""
    relation = marts.con.table(table.id)
    kinds = zip(relation.columns, (str(kind) for kind in relation.types), strict=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:loadpath:schema:{table.name}",
        "title": table.name,
        "description": table.grain,
        "type": "object",
        "properties": {name: _property(table.columns[name], kind, name in table.key) for name, kind in kinds},
        "required": list(relation.columns),
        "additionalProperties": False,
    }


def _property(column: Column, kind: str, is_key: bool) -> dict[str, Any]:
    words = f"{column.meaning} ({column.unit})" if column.unit else column.meaning
    value: dict[str, Any] = {"type": _TYPES[kind.removesuffix("[]")]}
    if kind.removesuffix("[]") == DAY:
        value["format"] = "date"
    if column.values:
        value["enum"] = list(column.values)
    if kind.endswith("[]"):
        value = {"type": "array", "items": value}
    if not (column.required or is_key):
        value["type"] = [value["type"], "null"]
        if "enum" in value:
            value["enum"] = [*value["enum"], None]
    return {"description": words, **value}
