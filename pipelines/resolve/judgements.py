"""Judgements: who is the same as whom, as people decided. What belongs here: reading the lines and what follows from them.

What does not: making the merges (``sql/core/same_party.sql``). Nothing is kept but the lines, so that taking one back
restores the earlier state.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import duckdb

from graph.errors import ModelError
from pipelines.resolve import decisions
from pipelines.resolve.decisions import Line
from pipelines.warehouse import store

FILE = "judgements.csv"
COLUMNS = ("left", "right", "judgement", *decisions.SHARED_COLUMNS)
VALUES = ("same", "different", "unsure")
NAMES = {"left_id": "left", "right_id": "right", "judgement": "judgement"}


def read(home: Path, day: date | None = None) -> list[Line]:
    """Return all judgements, shipped ones first.

    Raises ModelError naming file and line for a line that cannot be right, and for lines that contradict one another.
    """
    lines = decisions.read(FILE, COLUMNS, home, day or decisions.today())
    for line in lines:
        check(line)
    refuse_conflicts(lines)
    return lines


def check(line: Line) -> None:
    """Raise ModelError where ``line`` is no judgement on two parties."""
    if line.values["judgement"] not in VALUES:
        raise line.wrong(f"judgement {line.values['judgement']!r} is none of {', '.join(VALUES)}")
    if line.values["left"] == line.values["right"]:
        raise line.wrong(f"left and right are the same id, {line.values['left']}")


def refuse_conflicts(lines: Sequence[Line]) -> None:
    """Raise ModelError naming the lines where "different" stands against what lines of "same" imply."""
    for line in _of(lines, "different"):
        if chain := _chain(lines, line.values["left"], line.values["right"]):
            said = ", ".join(f"{each.place} ({each.values['left']} = {each.values['right']})" for each in chain)
            raise line.wrong(
                f"{line.values['left']} and {line.values['right']} are judged different, but the same by {said}; "
                "take one of these lines back"
            )


class Judged:
    """What the lines say of any two parties, with all that follows: a = b and b ≠ c make a ≠ c."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._heads: dict[str, str] = {}
        for line in _of(lines, "same"):
            left, right = self.head(line.values["left"]), self.head(line.values["right"])
            if left != right:
                self._heads[max(left, right)] = min(left, right)
        self._apart = {self._pair(*_ends(line)) for line in _of(lines, "different")}
        self._unsure = {frozenset(_ends(line)) for line in _of(lines, "unsure")}

    def head(self, party: str) -> str:
        """Return the id that stands for all parties judged the same as ``party``."""
        while party in self._heads:
            party = self._heads[party]
        return party

    def of(self, left: str, right: str) -> str:
        """Return same, different, unsure, or nothing where no line says anything of these two."""
        if self.head(left) == self.head(right):
            return "same"
        if self._pair(left, right) in self._apart:
            return "different"
        return "unsure" if frozenset((left, right)) in self._unsure else ""

    def _pair(self, left: str, right: str) -> frozenset[str]:
        return frozenset((self.head(left), self.head(right)))


def write(folder: Path, lines: Sequence[Line]) -> None:
    """Write the table of all lines into ``folder``."""
    decisions.write(folder / "judgement.parquet", lines, NAMES)


def refuse_unknown(con: duckdb.DuckDBPyConnection, lines: Sequence[Line]) -> None:
    """Raise ModelError naming the first line with an id that neither registry nor store knows, or whose two kinds cannot be one.

    A shipped line serves stores that never met its parties: there, an id of the form of a found party is no error.
    """
    kinds = known_kinds(con, {party for line in lines for party in _ends(line)})
    for line in lines:
        for party in _ends(line):
            if party not in kinds and not (line.file.startswith("graph/") and ":" in party):
                raise line.wrong(f"unknown party {party!r}: neither the registry nor any claim has it")
        left, right = (kinds.get(party, "") for party in _ends(line))
        if line.values["judgement"] == "same" and not can_be_one(left, right):
            raise line.wrong(
                f"{line.values['left']} ({left}) and {line.values['right']} ({right}) are of different kinds: they cannot be the same"
            )


def known_kinds(con: duckdb.DuckDBPyConnection, parties: Iterable[str]) -> dict[str, str]:
    """Return the kind of each of ``parties`` that the registry or a claim of the store knows."""
    sql = """
        SELECT party_id, min(kind) AS kind
        FROM (
            SELECT party_id, kind FROM core.party
            UNION ALL
            SELECT raw_party_id, kind FROM core.claim_party
            UNION ALL
            -- The document's own party of a name, which is what a judgement makes of it.
            SELECT 'organization:' || name_key(name) || '@' || left(document_id, 12), 'Organization' FROM core.document_party
        )
        WHERE list_contains($parties, party_id)
        GROUP BY party_id
    """
    return {row["party_id"]: row["kind"] for row in store.rows(con, sql, {"parties": sorted(parties)})}


def can_be_one(left: str, right: str) -> bool:
    """Return whether parties of these kinds can be one: equal kinds, or an unnamed party that is found to be an organization."""
    return not left or not right or left == right or {left, right} == {"AnonymousParty", "Organization"}


def _of(lines: Iterable[Line], judgement: str) -> list[Line]:
    return [line for line in lines if line.values["judgement"] == judgement]


def _ends(line: Line) -> tuple[str, str]:
    return line.values["left"], line.values["right"]


def _chain(lines: Sequence[Line], start: str, goal: str) -> list[Line]:
    """Return the shortest run of "same" lines from ``start`` to ``goal``, or nothing."""
    near: dict[str, list[tuple[str, Line]]] = {}
    for line in _of(lines, "same"):
        left, right = _ends(line)
        near.setdefault(left, []).append((right, line))
        near.setdefault(right, []).append((left, line))
    came: dict[str, list[Line]] = {start: []}
    waiting = deque([start])
    while waiting:
        party = waiting.popleft()
        for other, line in near.get(party, []):
            if other not in came:
                came[other] = [*came[party], line]
                waiting.append(other)
    return came.get(goal, [])


def would_conflict(lines: Sequence[Line], line: Line) -> ModelError | None:
    """Return the error that adding ``line`` would make, or None."""
    try:
        check(line)
        refuse_conflicts([*lines, line])
    except ModelError as error:
        return error
    return None
