"""How many relations no source family was seen to state: capture and recapture. What belongs here: the estimate, its interval, its refusal.

Two families are two samples of the same relations. Of n1 that the one states and n2 that the other does, m are stated by both; Chapman
(1951) estimates their number as (n1 + 1)(n2 + 1) / (m + 1) - 1, with Seber's (1970) variance. The interval is that of Chao (1987), of the
logarithm of what was not seen, so that it never lies below what was seen. With fewer than seven in both the estimate is biased
(Robson and Regier 1964) and refused. It assumes that each relation is as likely to be stated by the one family whether or not the other
states it; what everybody tells of makes it too low, so it is rather a lower bound.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

ALL = "all"
LEAST = 7
Z = 1.959964
ASSUMPTION = "that one family states a relation independently of the other; what both tend to tell makes it too low"


@dataclass(frozen=True, slots=True)
class Estimate:
    """The number of relations and its bounds at 95 %, each in whole relations; ``seen`` of them are stated by one family at least."""

    seen: int
    total: int
    low: int
    high: int


def chapman(first: int, second: int, both: int) -> Estimate | None:
    """Return the estimate from the relations that the ``first`` family states, the ``second`` does, and ``both`` do; None where too few.

    Raises ValueError where more are in both than in one.
    """
    if both > min(first, second):
        raise ValueError(f"{both} in both of {first} and {second}")
    if both < LEAST:
        return None
    seen = first + second - both
    total = (first + 1) * (second + 1) / (both + 1) - 1
    unseen = total - seen
    if unseen <= 0:
        return Estimate(seen, seen, seen, seen)
    variance = (first + 1) * (second + 1) * (first - both) * (second - both) / ((both + 1) ** 2 * (both + 2))
    spread = math.exp(Z * math.sqrt(math.log(1 + variance / unseen**2)))
    return Estimate(seen, round(total), round(seen + unseen / spread), round(seen + unseen * spread))


def rows(sightings: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return one row a predicate (and one of all together) and pair of families: counts, estimate or refusal.

    ``sightings`` are relations with who states them (``by_…``) and whether each side files (``subject_files``, ``object_files``). Only
    relations that both families could state are counted: own statements need a side that files, those of both sides need both to.
    """
    known = list(sightings)
    predicates = sorted({row["predicate"] for row in known})
    return [row for predicate in (*predicates, ALL) for row in _pairs(predicate, known)]


def _pairs(predicate: str, sightings: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    chosen = [row for row in sightings if predicate in (row["predicate"], ALL)]
    if not chosen:
        return
    filed = [row for row in chosen if row["subject_files"] or row["object_files"]]
    own = [(row["by_subject"] or row["by_object"], row["by_third"], row) for row in filed]
    yield _row(predicate, "the parties themselves", "third parties", own)
    sides = [
        (row["by_subject"], row["by_object"], row) for row in filed if row["subject_files"] and row["object_files"]
    ]
    yield _row(predicate, "the subject", "the object", sides)


def _row(predicate: str, first: str, second: str, seen: list[tuple[bool, bool, dict[str, Any]]]) -> dict[str, Any]:
    n_first, n_second = sum(one for one, _, _ in seen), sum(other for _, other, _ in seen)
    n_both = sum(one and other for one, other, _ in seen)
    found = chapman(n_first, n_second, n_both)
    return {
        "predicate": predicate,
        "first": first,
        "second": second,
        "n_first": n_first,
        "n_second": n_second,
        "n_both": n_both,
        "n_seen": n_first + n_second - n_both,
        "estimate": found.total if found else None,
        "low": found.low if found else None,
        "high": found.high if found else None,
        "refused": "" if found else f"told by both: {n_both}, fewer than {LEAST}; no estimate",
        "assumes": ASSUMPTION,
        "claim_ids": sorted({claim for one, other, row in seen if one and other for claim in row["claim_ids"]}),
    }
