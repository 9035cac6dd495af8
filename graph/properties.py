"""What nodes and relationships carry: each property's type and meaning, as the ontology's files declare it.

What belongs here: reading these declarations, and whether a value is of a declared type. What does not: rows (``graph.rows``).
A graph takes flat values only: a scalar, or a list of scalars of one type.
"""

import datetime as dt
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.model_files import check_keys, check_list, wrong

LIST = "list of "
_CLASSES: dict[str, type] = {"text": str, "integer": int, "number": float, "flag": bool, "date": dt.date}
# What a graph database takes as an integer.
_INTEGERS = range(-(2**63), 2**63)


@dataclass(frozen=True, slots=True)
class Property:
    """One property: ``type`` is text, integer, number, flag or date, or ``list of`` one of them."""

    name: str
    type: str
    meaning: str

    def fits(self, value: Any) -> bool:
        """Return whether ``value`` is of this type; a number that is none or endless is not."""
        if not self.type.startswith(LIST):
            return _is(self.type, value)
        inner = self.type.removeprefix(LIST)
        return isinstance(value, list) and all(_is(inner, item) for item in value)


def _is(name: str, value: Any) -> bool:
    # By the very class: a flag is no integer, and a moment is no date.
    if type(value) is not _CLASSES[name]:
        return False
    return math.isfinite(value) if isinstance(value, float) else type(value) is not int or value in _INTEGERS


def read_properties(path: Path, body: dict[str, Any]) -> dict[str, Property]:
    """Return the properties that an ontology file declares; raise ModelError naming file and line of a wrong one."""
    declared = body.get("properties", {})
    check_keys(path, ("properties",), declared, (), declared if isinstance(declared, dict) else ())
    found = {}
    for name, entry in declared.items():
        check_keys(path, ("properties", name), entry, ("type", "meaning"), ())
        if str(entry["type"]).removeprefix(LIST) not in _CLASSES:
            says = f"{entry['type']!r} is no type: {', '.join(_CLASSES)}, or '{LIST}' one of them"
            raise wrong(path, ("properties", name, "type"), says)
        found[name] = Property(name, entry["type"], entry["meaning"])
    return found


def check_indexed(path: Path, body: dict[str, Any], properties: dict[str, Property]) -> None:
    """Raise ModelError where ``indexes`` or ``fulltext`` name what the label does not carry."""
    fulltext = body.get("fulltext", {})
    check_keys(path, ("fulltext",), fulltext, (), fulltext if isinstance(fulltext, dict) else ())
    lists: list[tuple[tuple[str, ...], Any]] = [(("indexes",), body.get("indexes", []))]
    lists += [(("fulltext", key), value) for key, value in fulltext.items()]
    for place, names in lists:
        for name in check_list(path, place, names):
            if name not in properties:
                raise wrong(path, (*place, name), f"{name!r} is no property of {body['name']}")
