"""The time machine: rows of any analysis at two pairs of dates, compared, and each difference explained by the claims that came or went.

What belongs here: comparing rows by their key, and telling why a claim counts on one side only. What does not: how rows at a day are
made (the analysis itself), or layout (``pipelines.cli.against``).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from graph.errors import UsageError
from graph.query import LATEST
from pipelines.warehouse import store
from pipelines.warehouse.claims import day_of

Row = dict[str, Any]
AS_OF = "as-of="
_SAME = "the same claims; what else was read or reported differs"
_CLAIMS = """
SELECT claim_id, known_from, known_to, valid_from, valid_to, document_title, publisher, url, quote,
    subject_name || ' ' || predicate || ' ' || coalesce(object_name, '') AS statement
FROM mart.fct_claim
WHERE claim_id IN (SELECT unnest($claims::VARCHAR[]))
"""


@dataclass(frozen=True, slots=True)
class Moment:
    """A pair of dates: what claims are about (None: any day) and what could be known."""

    as_of: date | None
    known_on: date

    def __str__(self) -> str:
        """Return the moment in words."""
        known = "now" if self.known_on == LATEST else f"on {self.known_on}"
        return f"known {known}" + (f", about {self.as_of}" if self.as_of else "")


@dataclass(frozen=True, slots=True)
class Shape:
    """How an analysis' rows are compared: ``key`` tells rows apart within a moment, ``columns`` are what is found of each (none: a row is
    there or not), ``claims`` list the ids of the claims that it rests on.
    """

    key: tuple[str, ...]
    columns: tuple[str, ...] = ()
    claims: tuple[str, ...] = ("claim_ids",)


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that came, went or changed: ``columns`` hold (before, after) of what differs, empty where only its claims do.

    ``came`` and ``gone`` are the ids of claims behind it that count on one side only.
    """

    change: str
    key: Row
    columns: dict[str, tuple[Any, Any]]
    came: tuple[str, ...]
    gone: tuple[str, ...]


def moment(as_of: str, known_on: str) -> Moment:
    """Return the moment that the texts of --as-of and --known-on write (empty: any day, latest); raise UsageError for no date."""
    return Moment(day_of("--as-of", as_of), day_of("--known-on", known_on) or LATEST)


def moments(as_of: str, known_on: str, against: str) -> tuple[Moment, Moment]:
    """Return the earlier moment and the one asked for, from the texts of the options.

    ``against`` is a date of knowledge, or ``as-of=DATE`` for another day that claims are about. Raises UsageError for what is no
    date, and where the two are the same.
    """
    now = moment(as_of, known_on)
    if against.startswith(AS_OF):
        before = Moment(day_of("--against", against.removeprefix(AS_OF)), now.known_on)
    else:
        before = Moment(now.as_of, day_of("--against", against) or LATEST)
    if before == now:
        raise UsageError(f"--against {against}: it is the moment asked for; give another date")
    return before, now


def compare(before: Iterable[Row], after: Iterable[Row], shape: Shape) -> list[Difference]:
    """Return what differs between the rows of two moments, in the order of their keys; linear in the rows and their claims."""
    earlier, later = _by_key(before, shape), _by_key(after, shape)
    names = sorted({*earlier, *later}, key=repr)
    return [found for name in names if (found := _difference(earlier.get(name), later.get(name), shape))]


def explain(con: duckdb.DuckDBPyConnection, found: Sequence[Difference], before: Moment, after: Moment) -> list[Row]:
    """Return one row a difference and claim that came or went, with why it did and its quote; one without claim where there is none."""
    wanted = sorted({claim for each in found for claim in (*each.came, *each.gone)})
    known = {row["claim_id"]: row for row in store.rows(con, _CLAIMS, {"claims": wanted})} if wanted else {}
    return [row for each in found for row in _explained(each, known, before, after)]


def differences(
    con: duckdb.DuckDBPyConnection,
    rows_at: Callable[[Moment], Iterable[Row]],
    shape: Shape,
    between: tuple[Moment, Moment],
) -> list[Row]:
    """Return the explained differences of an analysis between two moments; ``rows_at`` gives its rows at one."""
    before, after = between
    return explain(con, compare(rows_at(before), rows_at(after), shape), before, after)


def _by_key(rows: Iterable[Row], shape: Shape) -> dict[tuple[Any, ...], Row]:
    return {tuple(row[name] for name in shape.key): row for row in rows}


def _difference(before: Row | None, after: Row | None, shape: Shape) -> Difference | None:
    old, new = _claims(before, shape), _claims(after, shape)
    changed = {}
    if before and after:
        changed = {name: (before[name], after[name]) for name in shape.columns if before[name] != after[name]}
        if not changed and old == new:
            return None
    row = after or before or {}
    change = "came" if before is None else "went" if after is None else "changed"
    key = {name: row[name] for name in shape.key}
    return Difference(change, key, changed, tuple(sorted(new - old)), tuple(sorted(old - new)))


def _claims(row: Row | None, shape: Shape) -> set[str]:
    return {claim for column in shape.claims for claim in (row or {}).get(column) or ()}


def _explained(each: Difference, known: dict[str, Row], before: Moment, after: Moment) -> Iterator[Row]:
    what = {
        "change": each.change,
        **each.key,
        "differs": [f"{name}: {_word(old)} → {_word(new)}" for name, (old, new) in each.columns.items()],
    }
    sides = [("came", claim, before) for claim in each.came] + [("went", claim, after) for claim in each.gone]
    for sign, claim, other in sides:
        told = known.get(claim, {})
        document = told.get("document_title") or told.get("url", "")
        source = {"publisher": told.get("publisher", ""), "document": document, "quote": told.get("quote", "")}
        yield {
            **what,
            "claim": sign,
            "why": _why(told, other),
            "statement": told.get("statement", ""),
            **source,
            "claim_ids": [claim],
        }
    if not sides:
        yield {
            **what,
            "claim": "",
            "why": _SAME,
            "statement": "",
            "publisher": "",
            "document": "",
            "quote": "",
            "claim_ids": [],
        }


def _why(claim: Row, other: Moment) -> str:
    """Return why the claim does not count at ``other``, the moment whose row has it not."""
    if not claim:
        return "it is no claim of this warehouse"
    if claim["known_from"] > other.known_on:
        return f"known from {claim['known_from']}"
    if claim["known_to"] is not None and claim["known_to"] <= other.known_on:
        return f"its source stopped saying so on {claim['known_to']}"
    if other.as_of and claim["valid_from"] and claim["valid_from"] > other.as_of:
        return f"about the time from {claim['valid_from']}"
    if other.as_of and claim["valid_to"] and claim["valid_to"] < other.as_of:
        return f"about the time to {claim['valid_to']}"
    return "known at both; the row that it stands in is another"


def _word(value: Any) -> str:
    return "nothing" if value is None else str(value)
