"""Chokepoints: the parties in which the ways from equipment and materials to deployed models meet. What belongs here: the findings by party.

What does not: the graph and its mathematics (``market``), and what concentrates an input (``sql/mart/views/inputs_at.sql``).
"""

from collections.abc import Iterable

from graph.analysis.market import (
    Market,
    Row,
    behind,
    betweenness,
    circles,
    cut_parties,
    dominators,
    immediate_dominators,
    market,
)

SOURCES = ("equipment", "materials")
SINK = "models"


def rows(links: Iterable[Row], inputs: Iterable[Row]) -> list[Row]:
    """Return a row for each party that another one needs, ranked by what hangs on it alone.

    The rank counts: model companies cut off without it, then dependents that say that there is no other source, then inputs for
    which it is the only named supplier. A party has none where nothing of this holds, and where one publisher alone tells of it.
    """
    made = market(links)
    immediate = immediate_dominators(made, made.of(SOURCES))
    reached = [model for model in made.of((SINK,)) if model in immediate]
    cut_off: dict[str, list[str]] = {}
    for model in reached:
        for party in dominators(immediate, model):
            cut_off.setdefault(party, []).append(made.names[model])
    size, cut, circle, between = behind(immediate), cut_parties(made), circles(made), betweenness(made)
    only = _only_sources(inputs)
    found = []
    for party in made.links:
        without = sorted(cut_off.get(party, ()))
        found.append({
            **_told(made, party),
            "cut_off": without,
            "n_cut_off": len(without),
            "n_reached": len(reached),
            "n_behind": size.get(party, 0),
            "only_named_for": only.get(party, []),
            "is_articulation": party in cut,
            "n_circle": circle[party],
            "betweenness": between.get(party),
        })  # fmt: skip
    return _ranked(found)


def _told(made: Market, party: str) -> Row:
    """Return what is told of ``party`` itself: who needs it, who says that there is no other, by how many publishers, with claims."""
    dependents = made.links[party]
    links = [link for each in dependents.values() for link in each]
    sole = [link for link in links if link["sole_source"]]
    best = sorted(links, key=lambda link: (not link["sole_source"], -link["confidence"], link["claim_id"]))
    claims = [link["sole_claim_id"] or link["claim_id"] for link in best]
    return {
        "party_id": party,
        "party": made.names[party],
        "segment": made.segments[party],
        "n_dependents": len(dependents),
        "dependents": sorted(made.names[dependent] for dependent in dependents),
        "sole_source_for": sorted({made.names[link["dependent_id"]] for link in sole}),
        "n_publishers": len({source for link in links for source in link["sources"]}),
        "claim_ids": list(dict.fromkeys(claims)),
    }


def _only_sources(inputs: Iterable[Row]) -> dict[str, list[str]]:
    """Return by party the inputs of which it is the only named supplier, as "who: role"."""
    found: dict[str, list[str]] = {}
    for each in inputs:
        if each["role"] and each["n_named"] == 1:
            found.setdefault(each["supplier_ids"][0], []).append(f"{each['dependent']}: {each['role']}")
    return {party: sorted(named) for party, named in found.items()}


def _ranked(found: list[Row]) -> list[Row]:
    """Return the rows in order, with the ``rank`` of those that have one; equal ones share it."""

    def weight(row: Row) -> tuple[int, int, int]:
        return row["n_cut_off"], len(row["sole_source_for"]), len(row["only_named_for"])

    def ranks(row: Row) -> bool:
        return any(weight(row)) and row["n_publishers"] > 1

    ordered = sorted(
        found, key=lambda row: (not ranks(row), *(-count for count in weight(row)), row["party"], row["party_id"])
    )
    place: dict[tuple[int, int, int], int] = {}
    for at, row in enumerate(ordered, 1):
        place.setdefault(weight(row), at)
    return [{"rank": place[weight(row)] if ranks(row) else None, **row} for row in ordered]


def unavoidable_for(links: Iterable[Row], company: str) -> dict[str, bool]:
    """Return the direct suppliers of ``company``, and each party that all ways to it pass: whether it is one of those."""
    made = market(links)
    immediate = immediate_dominators(made, made.of(SOURCES))
    passed = dominators(immediate, company) if company in immediate else set()
    direct = [party for party, dependents in made.links.items() if company in dependents]
    return {party: party in passed for party in sorted({*direct, *passed})}
