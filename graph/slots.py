"""Slots: which statements of a predicate are about one and the same thing. What belongs here: reading and checking them.

A slot is a part of the ontology: ``of`` says what must agree (subject, object, qualifiers); ``functional`` that it holds one
value at a time. What does not belong here: comparing claims (``sql/core/claim_link.sql``).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.model_files import check_keys, check_list, wrong

SIDES = ("subject", "object")
# A value of a period is true of that period for ever; a state holds until a later one is told.
HOLDS = ("period", "state")


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot. ``value`` and ``unit`` are qualifiers; ``only`` limits it to claims whose qualifiers (or sides, as written) are
    among the values. ``exact``: a period that is told as a bare year is too coarse for it.
    """

    id: str
    of: tuple[str, ...]
    functional: bool
    value: str = ""
    unit: str = ""
    holds: str = ""
    exact: bool = False
    only: tuple[tuple[str, tuple[str, ...]], ...] = ()


def read_slots(path: Path, body: dict[str, Any]) -> tuple[Slot, ...]:
    """Return the slots that the predicate's file ``body`` declares; raise ModelError naming file and line of what is wrong."""
    found: list[Slot] = []
    for at, entry in enumerate(check_list(path, ("slots",), body["slots"])):
        place = ("slots", at)
        check_keys(path, place, entry, ("id", "of", "functional"), ("value", "unit", "holds", "exact", "only"))
        for key in ("functional", "exact"):
            if not isinstance(entry.get(key, False), bool):
                raise wrong(path, (*place, key), f"{key} is true or false, not {entry[key]!r}")
        if any(slot.id == entry["id"] for slot in found):
            raise wrong(path, (*place, "id"), f"slot {entry['id']!r} is declared twice")
        _check_names(path, place, entry, body["qualifiers"])
        _check_value(path, place, entry)
        only = tuple((name, tuple(values)) for name, values in entry.get("only", {}).items())
        texts = {key: entry.get(key, "") for key in ("value", "unit", "holds")}
        found.append(
            Slot(
                entry["id"],
                tuple(entry["of"]),
                entry["functional"],
                exact=entry.get("exact", False),
                only=only,
                **texts,
            )
        )
    return tuple(found)


def _check_names(path: Path, place: tuple[Any, ...], entry: dict[str, Any], qualifiers: dict[str, Any]) -> None:
    """Raise ModelError where the slot names what the predicate's claims do not have."""
    of = check_list(path, (*place, "of"), entry["of"])
    if not set(SIDES) & set(of):
        raise wrong(path, (*place, "of"), "a slot is at least of its subject or its object")
    for name in of:
        if name not in (*SIDES, *qualifiers):
            raise wrong(path, (*place, "of", name), f"{name!r} is neither subject, object nor a qualifier")
    for key in ("value", "unit"):
        if key in entry and entry[key] not in qualifiers:
            raise wrong(path, (*place, key), f"{entry[key]!r} is no qualifier of this relation")
    if not isinstance(entry.get("only", {}), dict):
        raise wrong(path, (*place, "only"), "a mapping of a qualifier to a list of values is expected here")
    for name, values in entry.get("only", {}).items():
        if name not in (*SIDES, *qualifiers):
            raise wrong(path, (*place, "only", name), f"{name!r} is neither subject, object nor a qualifier")
        check_list(path, (*place, "only", name), values)


def _check_value(path: Path, place: tuple[Any, ...], entry: dict[str, Any]) -> None:
    """Raise ModelError unless a functional slot has a value and says how long it holds, and any other has neither."""
    if entry["functional"] and "value" not in entry:
        raise wrong(path, place, f"slot {entry['id']!r} is functional: key 'value' is missing")
    if entry["functional"] and entry.get("holds") not in HOLDS:
        raise wrong(path, (*place, "holds"), f"holds is one of {', '.join(HOLDS)}, not {entry.get('holds')!r}")
    if not entry["functional"] and (extra := sorted({"value", "unit", "holds", "exact"} & set(entry))):
        raise wrong(path, (*place, extra[0]), f"{extra[0]!r} is for functional slots alone")
