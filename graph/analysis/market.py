"""The dependency graph of the market: goods flow from what is needed to who needs it. What belongs here: making it, and its mathematics.

What does not: which claims make a link (``sql/mart/views/dependencies_at.sql``), or what a finding is (``chokepoints``). Circles and
links of a party to itself are allowed; a link of a party to itself says nothing and is left out. Everything is linear in links, but
for ``betweenness``.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import rustworkx as rx

Row = dict[str, Any]
# Counting shortest ways costs nodes times links: a larger graph has none.
EXACT = 5_000
_DIGITS = 4


@dataclass(slots=True)
class Market:
    """Parties by id, in order, with name and segment; for each needed party and dependent their links."""

    names: dict[str, str] = field(default_factory=dict)
    segments: dict[str, str] = field(default_factory=dict)
    links: dict[str, dict[str, list[Row]]] = field(default_factory=dict)

    def of(self, segments: Iterable[str]) -> list[str]:
        """Return the parties of these segments."""
        wanted = set(segments)
        return [party for party, segment in self.segments.items() if segment in wanted]

    def edges(self) -> list[tuple[str, str]]:
        """Return each needed party with each dependent."""
        return [(needed, dependent) for needed, dependents in self.links.items() for dependent in dependents]


def market(links: Iterable[Row]) -> Market:
    """Return the graph that rows of ``dependencies_at`` make, the same whatever their order."""
    made = Market()
    used = [link for link in links if link["dependent_id"] != link["needed_id"]]
    parties = {
        link[f"{side}_id"]: (link[side], link[f"{side}_segment"]) for link in used for side in ("dependent", "needed")
    }
    made.names = {party: parties[party][0] for party in sorted(parties)}
    made.segments = {party: parties[party][1] for party in made.names}
    for link in sorted(used, key=lambda each: (each["needed_id"], each["dependent_id"], each["role"])):
        made.links.setdefault(link["needed_id"], {}).setdefault(link["dependent_id"], []).append(link)
    return made


def immediate_dominators(made: Market, sources: Iterable[str]) -> dict[str, str]:
    """Return for each party that goods reach from ``sources`` the last other one that all ways to it pass; '' where there is none."""
    graph, number = _directed(made)
    names = list(number)
    start = graph.add_node(None)
    graph.add_edges_from_no_data([(start, number[source]) for source in sources])
    found = rx.immediate_dominators(graph, start)
    return {names[node]: "" if by == start else names[by] for node, by in sorted(found.items()) if node != start}


def dominators(immediate: dict[str, str], party: str) -> set[str]:
    """Return all other parties that every way to ``party`` passes."""
    found: set[str] = set()
    while party := immediate[party]:
        found.add(party)
    return found


def behind(immediate: dict[str, str]) -> dict[str, int]:
    """Return for each party how many others goods reach only through it."""
    waiting = dict.fromkeys(immediate, 0)
    for by in immediate.values():
        if by:
            waiting[by] += 1
    counted = dict.fromkeys(immediate, 0)
    ready = [party for party, count in waiting.items() if not count]
    while ready:
        party = ready.pop()
        if by := immediate[party]:
            counted[by] += counted[party] + 1
            waiting[by] -= 1
            if not waiting[by]:
                ready.append(by)
    return counted


def cut_parties(made: Market) -> set[str]:
    """Return the parties without which what hangs together, whatever the direction, falls apart."""
    graph, number = _directed(made)
    names = list(number)
    return {names[node] for node in rx.articulation_points(graph.to_undirected(multigraph=False))}


def circles(made: Market) -> dict[str, int]:
    """Return for each party how many parties need one another in circles with it; 1 where it is in none."""
    graph, number = _directed(made)
    names = list(number)
    return {names[node]: len(part) for part in rx.strongly_connected_components(graph) for node in part}


def betweenness(made: Market) -> dict[str, float]:
    """Return for each party on what part of the shortest ways between two others it lies; nothing for a graph beyond ``EXACT``."""
    if len(made.names) > EXACT:
        return {}
    graph, number = _directed(made)
    names = list(number)
    found = rx.digraph_betweenness_centrality(graph, normalized=True, parallel_threshold=EXACT + 1)
    return {names[node]: round(value, _DIGITS) for node, value in found.items()}


def _directed(made: Market) -> tuple["rx.PyDiGraph[str | None, None]", dict[str, int]]:
    """Return the graph of the parties by number, one link a pair."""
    graph: rx.PyDiGraph[str | None, None] = rx.PyDiGraph(multigraph=False)
    number = {party: graph.add_node(party) for party in made.names}
    graph.add_edges_from_no_data([(number[needed], number[dependent]) for needed, dependent in made.edges()])
    return graph, number
