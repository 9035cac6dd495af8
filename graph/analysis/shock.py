"""A shock through the market: who is hit in which order, by which way, and who else supplies the same. What belongs here: the spread.

What does not: what is hit at once, and which claims make a link (``sql/answers/shock_*.sql``, ``sql/mart/views/dependencies_between.sql``).
Every party is hit once, over the fewest steps, among those by the way whose weakest link is trusted most; circles end there. A step is
no time: no text tells how long a shock takes from one to the next.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]
# Each step multiplies what has to be right for the last one to be hit: a longer way is no evidence.
STEPS = 6


@dataclass(frozen=True, slots=True)
class Reach:
    """How a shock reaches a party: after ``step`` steps, over ``link`` from ``before``; at step 0 over the reason why it is hit at once."""

    step: int
    link: Row
    before: str
    weakest: float
    key: tuple[str, ...]


def rows(links: Iterable[Row], hits: Iterable[Row], shocked: str, steps: int = STEPS) -> list[Row]:
    """Return a row for each party hit within ``steps`` steps, by steps and names; ``shocked`` names what is missing.

    ``hits`` have party_id, party, segment, basis, claim_id (none for what is itself missing), confidence, relation and sources;
    ``links`` are rows of ``dependencies_between``.
    """
    links = [link for link in links if link["dependent_id"] != link["needed_id"]]
    first = {hit["party_id"]: hit for hit in hits}
    reached = _spread(links, first, steps)
    names = {hit["party_id"]: (hit["party"], hit["segment"]) for hit in first.values()}
    supplied: dict[str, dict[str, dict[str, str]]] = {}
    for link in links:
        names[link["dependent_id"]] = link["dependent"], link["dependent_segment"]
        if link["role"] and link["dependent_id"] in reached:
            supplied.setdefault(link["dependent_id"], {}).setdefault(link["role"], {})[link["needed_id"]] = link[
                "needed"
            ]
    found = [
        {
            "party_id": party,
            "party": names[party][0],
            "segment": names[party][1],
            **_way(party, reached, names, shocked),
        }
        | _substitutes(supplied.get(party, {}), reached)
        for party in reached
    ]
    return sorted(found, key=lambda row: (row["step"], row["party"], row["party_id"]))


def _spread(links: list[Row], first: dict[str, Row], steps: int) -> dict[str, Reach]:
    """Return how each party is reached, step by step from those that are hit at once."""
    outgoing: dict[str, list[Row]] = {}
    for link in links:
        outgoing.setdefault(link["needed_id"], []).append(link)
    reached = {party: Reach(0, hit, "", hit["confidence"], (party,)) for party, hit in sorted(first.items())}
    front = list(reached)
    for step in range(1, steps + 1):
        coming: dict[str, Reach] = {}
        for party in front:
            before = reached[party]
            for link in outgoing.get(party, ()):
                if (dependent := link["dependent_id"]) not in reached:
                    by = Reach(step, link, party, min(before.weakest, link["confidence"]), (party, link["role"]))
                    if dependent not in coming or _order(by) < _order(coming[dependent]):
                        coming[dependent] = by
        reached |= coming
        front = sorted(coming)
    return reached


def _order(reach: Reach) -> tuple[float, float, tuple[str, ...]]:
    return -reach.weakest, -reach.link["confidence"], reach.key


def _way(party: str, reached: dict[str, Reach], names: dict[str, tuple[str, str]], shocked: str) -> Row:
    """Return the way from ``party`` back to what is missing, with its weakest link."""
    path, links = [names[party][0]], []
    at = reached[party]
    while at.step:
        path.append(names[at.before][0])
        links.append(at.link)
        at = reached[at.before]
    if at.link["claim_id"]:
        path.append(shocked)
        links.append(at.link)
    weakest = min(links, key=lambda link: (link["confidence"], len(link["sources"]), link["claim_id"]), default=None)
    return {
        "step": reached[party].step,
        "basis": "depends_on_hit" if reached[party].step else at.link["basis"],
        "path": path,
        "relations": [link["relation"] for link in links],
        "claim_ids": [link["claim_id"] for link in links],
        "weakest_claim_id": weakest["claim_id"] if weakest else None,
        "weakest_confidence": weakest["confidence"] if weakest else None,
        "weakest_publishers": len(weakest["sources"]) if weakest else None,
        "n_publishers": len({source for link in links for source in link["sources"]}),
    }


def _substitutes(supplied: dict[str, dict[str, str]], reached: dict[str, Reach]) -> Row:
    """Return for each role of which a supplier is hit who else is named for it: those that stay, those that are hit too, or nobody."""
    stay, also, none = [], [], []
    for role, suppliers in sorted(supplied.items()):
        lost = [name for party, name in suppliers.items() if party in reached]
        left = [name for party, name in suppliers.items() if party not in reached]
        if not lost:
            continue
        stay += sorted(f"{role}: {name}" for name in left)
        also += sorted(f"{role}: {name}" for name in lost) if len(lost) > 1 else []
        none += [] if left else [role]
    return {"substitutes": stay, "hit_together": also, "no_substitute": none}
