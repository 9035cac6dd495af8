"""Rows that shall become graph: held against the ontology before anything is written, and their hashes.

What belongs here: what makes rows unfit, and the hash by which a change is seen. What does not: where rows come from, and
writing them (``graph.load``).
"""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from graph.errors import ModelError
from graph.model import Ontology

Row = dict[str, Any]
Rows = list[Row]
ENDS = ("from_label", "from_id", "to_label", "to_id")


def check_rows(ontology: Ontology, nodes: dict[str, Rows], edges: dict[str, Rows]) -> None:
    """Raise ModelError for the first row, in order, that the ontology does not allow.

    That is: an unknown label or type, an id given twice, a property that is not declared or of another type, an end that is
    no node among the rows or that the type does not join.
    """
    for label, rows in sorted(nodes.items()):
        if label not in ontology.labels:
            raise ModelError(f"graph rows: {label} is no node label of the ontology")
        _check_values(ontology, label, rows)
    ids = {label: {row["id"] for row in rows} for label, rows in nodes.items()}
    for kind, rows in sorted(edges.items()):
        if kind not in ontology.types:
            raise ModelError(f"graph rows: {kind} is no relationship type of the ontology")
        _check_values(ontology, kind, rows)
        for row in rows:
            _check_ends(ontology, kind, row, ids)


def _check_values(ontology: Ontology, name: str, rows: Rows) -> None:
    declared = ontology.properties[name]
    seen: set[str] = set()
    for row in rows:
        if not isinstance(row.get("id"), str) or row["id"] in seen:
            raise ModelError(f"graph rows: {name}: id {row.get('id')!r} is given twice or is no text")
        seen.add(row["id"])
        for key, value in properties(row).items():
            if key == "id":
                continue
            if key not in declared:
                raise ModelError(
                    f"graph rows: {name} {row['id']}: the ontology declares no property {key!r} for {name}"
                )
            if not declared[key].fits(value):
                says = f"{key} must be {declared[key].type}, not {value!r:.60}"
                raise ModelError(f"graph rows: {name} {row['id']}: {says}")


def _check_ends(ontology: Ontology, kind: str, row: Row, ids: dict[str, set[str]]) -> None:
    for side, allowed in zip(("from", "to"), ontology.ends(kind), strict=True):
        label, end = row[f"{side}_label"], row[f"{side}_id"]
        if label not in allowed:
            raise ModelError(f"graph rows: {kind} {row['id']}: it cannot run {side} {label}")
        if end not in ids.get(label, ()):
            raise ModelError(f"graph rows: {kind} {row['id']}: there is no {label} {end!r}")


def properties(row: Row) -> Row:
    """Return what a row puts on its node or relationship: its values without the ends and without what is empty."""
    return {key: value for key, value in row.items() if value is not None and key not in ENDS}


def ends_hash(row: Row) -> str:
    """Return a hash of the two ends of a relationship's row; empty for a node's."""
    return _hash([row[key] for key in ENDS], 8) if "from_id" in row else ""


def row_hash(row: Row) -> str:
    """Return a hash of a row, the same in every process: that of its ends first, then that of its values."""
    return ends_hash(row) + _hash(properties(row), 16)


def in_order(rows: Rows) -> Iterator[Row]:
    """Yield the rows by their ids."""
    yield from sorted(rows, key=lambda row: str(row["id"]))


def _hash(value: Any, length: int) -> str:
    text = json.dumps(value, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:length]
