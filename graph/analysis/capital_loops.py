"""Capital loops: how much of what an investor is paid may be its own money. What belongs here: amounts, times and gaps of each loop.

What does not: finding loops (``queries/find_capital_loops``). Amounts are never added up: claims of one relation may tell of the same money.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

Row = dict[str, Any]
Relation = tuple[str, str, str]
CAPITAL = ("FINANCES", "OWNS")
TRADE = ("COMMITS_TO", "SUPPLIES")


@dataclass(frozen=True, slots=True)
class Amounts:
    """Amounts in one currency that claims tell of one thing: the least and the greatest, and how they are written."""

    low: float
    high: float
    currency: str
    written: tuple[str, ...]


def rows(
    loops: Iterable[Row], claims: Iterable[Row], revenues: Iterable[Row], candidates: Iterable[Row] = ()
) -> list[Row]:
    """Return a row for each of ``loops``; those that tell more amounts come first among those of as many steps.

    ``candidates`` are claims that are not sure enough to count: each loop says which stand between its neighbours.
    """
    by_relation: dict[Relation, list[Row]] = {}
    by_id: dict[str, Row] = {}
    for claim in sorted(claims, key=lambda each: str(each["claim_id"])):
        by_id[claim["claim_id"]] = claim
        by_relation.setdefault(_relation(claim), []).append(claim)
    revenue = {each["company_id"]: each for each in revenues}
    unsure: dict[frozenset[str], list[str]] = {}
    for each in candidates:
        unsure.setdefault(frozenset((each["subject_id"], each["object_id"])), []).append(each["claim_id"])
    found = [_with_candidates(_loop(loop, by_id, by_relation, revenue), unsure) for loop in loops]
    return sorted(found, key=lambda row: (row["edges"], row["share_high"] is None, len(row["gaps"]), row["loop_id"]))


@dataclass(frozen=True, slots=True)
class _Loop:
    """A loop with what its relations tell: ``first`` are claims of money put in, ``last`` of money paid back."""

    names: list[str]
    relations: list[list[Row]]
    first: list[Row]
    last: list[Row]
    revenue: Row | None

    @property
    def invested(self) -> Amounts | None:
        """Return what the investor puts in."""
        return _amounts(self.first)

    @property
    def paid(self) -> Amounts | None:
        """Return what the investor is paid."""
        return _amounts(self.last)


def _loop(loop: Row, by_id: dict[str, Row], by_relation: dict[Relation, list[Row]], revenue: dict[str, Row]) -> Row:
    said = [by_id[step] for step in loop["steps"]]
    ids = {claim[end]: claim[f"{end}_id"] for claim in said for end in ("subject", "object")}
    path = [ids[name] for name in loop["path"]]
    relations = [by_relation[key] for key in dict.fromkeys(map(_relation, said))]
    claims = [claim for each in relations for claim in each]
    told = _Loop(
        names=loop["path"],
        relations=relations,
        first=[claim for claim in claims if _is_capital(claim, path[0], path[1])],
        last=[claim for claim in claims if _is_trade(claim, path[-2], path[0])],
        revenue=revenue.get(path[0]),
    )
    invested, paid = told.invested, told.paid
    low, high = _share(invested, paid)
    overlap, since, until = _overlap(relations)
    return {
        "loop_id": ">".join(path),
        "investor_id": path[0],
        "investor": loop["path"][0],
        "edges": loop["edges"],
        "path": loop["path"],
        "party_ids": path,
        "relations": loop["relations"],
        "valid": loop["valid"],
        "told": loop["told"],
        "invested": list(invested.written) if invested else [],
        "paid_back": list(paid.written) if paid else [],
        "share_low": low,
        "share_high": high,
        "share_of_revenue": _of_revenue(invested, paid, told.revenue),
        "revenue_year": told.revenue["period_to"] if told.revenue else None,
        "overlap": overlap,
        "overlap_from": since,
        "overlap_to": until,
        "gaps": list(_gaps(told, overlap)),
        "n_publishers": len({claim["source_group"] for claim in claims}),
        "claim_ids": _claims(loop["steps"], told.first, told.last),
    }


def _with_candidates(row: Row, unsure: dict[frozenset[str], list[str]]) -> Row:
    pairs = dict.fromkeys(frozenset(pair) for pair in pairwise(row["party_ids"]))
    return row | {"candidate_claim_ids": sorted(claim for pair in pairs for claim in unsure.get(pair, ()))}


def _relation(claim: Row) -> Relation:
    return claim["subject_id"], claim["predicate"], claim["object_id"]


def _claims(steps: Sequence[str], first: list[Row], last: list[Row]) -> list[str]:
    """Return the claims shown for each relation, then those that tell an amount of the money put in or paid back."""
    amounts = [claim["claim_id"] for claim in (*first, *last) if claim["low"] is not None]
    return list(dict.fromkeys([*steps, *amounts]))


def _is_capital(claim: Row, investor: str, receiver: str) -> bool:
    return claim["predicate"] in CAPITAL and (claim["subject_id"], claim["object_id"]) == (investor, receiver)


def _is_trade(claim: Row, customer: str, seller: str) -> bool:
    """Return whether ``customer`` pays ``seller`` by this claim."""
    sides = (claim["subject_id"], claim["object_id"])
    return sides == ((customer, seller) if claim["predicate"] == "COMMITS_TO" else (seller, customer)) and claim["predicate"] in TRADE  # fmt: skip


def _amounts(claims: list[Row]) -> Amounts | None:
    """Return the amounts that ``claims`` tell, in the currency of most of them; nothing where none tells one."""
    told = [claim for claim in claims if claim["low"] is not None and claim["currency"]]
    if not told:
        return None
    currencies = sorted(claim["currency"] for claim in told)
    currency = max(dict.fromkeys(currencies), key=currencies.count)
    same = sorted(
        (claim for claim in told if claim["currency"] == currency), key=lambda each: (each["low"], each["amount"])
    )
    return Amounts(
        min(claim["low"] for claim in same),
        max(claim["high"] for claim in same),
        currency,
        tuple({(claim["low"], claim["high"]): claim["amount"] for claim in reversed(same)}.values())[::-1],
    )


def _share(invested: Amounts | None, paid: Amounts | None) -> tuple[float | None, float | None]:
    """Return the least and the greatest part of what is paid back that the money put in can be; nothing where amounts do not tell."""
    if not invested or not paid or invested.currency != paid.currency or not paid.low:
        return None, None
    return round(min(1.0, invested.low / paid.high), 4), round(min(1.0, invested.high / paid.low), 4)


def _of_revenue(invested: Amounts | None, paid: Amounts | None, own: Row | None) -> float | None:
    """Return how large the money that comes back at most is beside the investor's revenue of a year, were it paid in one year."""
    if not invested or not paid or not own or {invested.currency, paid.currency} != {own["currency"]}:
        return None
    return round(min(invested.high, paid.high) / float(own["value"]), 4)


def _overlap(relations: list[list[Row]]) -> tuple[str, date | None, date | None]:
    """Return whether the times of the relations meet, and when: unknown unless at least two relations tell theirs."""
    spans = [span for span in map(_span, relations) if span]
    if len(spans) < 2:
        return "unknown", None, None
    since, until = max(span[0] for span in spans), min(span[1] for span in spans)
    if since > until:
        return "no", None, None
    return ("yes" if len(spans) == len(relations) else "where told"), since, until


def _span(claims: list[Row]) -> tuple[date, date] | None:
    """Return from when to when claims say that a relation holds, over all of them."""
    told = [claim for claim in claims if claim["valid_from"] or claim["valid_to"]]
    if not told:
        return None
    return (
        min(claim["valid_from"] or date.min for claim in told),
        max(claim["valid_to"] or date.max for claim in told),
    )


def _gaps(loop: _Loop, overlap: str) -> Iterator[str]:
    """Yield in sentences what a loop leaves open."""
    yield from _gaps_of_amounts(loop)
    if len(loop.names) > 3:
        yield f"how much of it passes from {loop.names[1]} on to {loop.names[0]} is not told"
    if not loop.revenue:
        yield f"no yearly revenue of {loop.names[0]} is tagged in what was read"
    if overlap == "unknown":
        yield "whether the relations hold at the same time is not told"
    if loop.last and all(claim["modality"] == "planned" for claim in loop.last):
        yield f"that {loop.names[-2]} pays {loop.names[0]} is only planned"
    if len({claim["source_group"] for each in loop.relations for claim in each}) == 1:
        yield "one publisher alone tells all of it"


def _gaps_of_amounts(loop: _Loop) -> Iterator[str]:
    investor, receiver, payer = loop.names[0], loop.names[1], loop.names[-2]
    invested, paid = loop.invested, loop.paid
    if not invested:
        yield f"no text says how much {investor} put into {receiver}"
    elif len(invested.written) > 1:
        yield f"texts tell different amounts for {investor} and {receiver}: rounds, totals or parts, which is which is open"
    if not loop.last:
        yield f"no payment of {payer} to {investor} is told: it is owned by it, or puts money into it"
    elif not paid:
        yield f"no text says how much {payer} pays {investor}"
    if invested and paid and invested.currency != paid.currency:
        yield f"money put in is told in {invested.currency}, money paid back in {paid.currency}"
