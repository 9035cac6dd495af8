"""The mathematics of the dependency graph agrees with networkx, and with taking each party away, on random graphs with circles."""

import random

import networkx as nx
import pytest

from graph.analysis.chokepoints import SINK, SOURCES, rows
from graph.analysis.market import behind, betweenness, circles, cut_parties, dominators, immediate_dominators, market

SEGMENTS = (*SOURCES, "foundry", "design", "cloud", SINK, "")


def links_of(seed):
    """Return random links, some between a party and itself, some twice with another role."""
    chance = random.Random(seed)
    size = chance.randint(1, 14)
    segments = {f"p{at}": chance.choice(SEGMENTS) for at in range(size)}
    pairs = [(f"p{chance.randrange(size)}", f"p{chance.randrange(size)}") for _ in range(chance.randint(0, 3 * size))]
    return [
        {
            "needed_id": needed, "needed": needed.upper(), "needed_segment": segments[needed],
            "dependent_id": dependent, "dependent": dependent.upper(), "dependent_segment": segments[dependent],
            "role": chance.choice(["", "chips", "memory"]), "sole_source": chance.random() < 0.1, "sole_claim_id": None,
            "claim_id": f"c{at}", "confidence": 0.5, "sources": [chance.choice("AB")], "relation": "SUPPLIES", "n_claims": 1,
        }
        for at, (needed, dependent) in enumerate(pairs)
    ]  # fmt: skip


def graph_of(links):
    return nx.DiGraph((link["needed_id"], link["dependent_id"]) for link in links if link["needed_id"] != link["dependent_id"])  # fmt: skip


@pytest.mark.parametrize("seed", range(200))
def test_agrees_with_networkx(seed):
    links = links_of(seed)
    made, graph = market(links), graph_of(links)
    sources = made.of(SOURCES)
    rooted = graph.copy()
    rooted.add_edges_from(("", source) for source in sources)
    if sources:
        expected = {party: by for party, by in nx.immediate_dominators(rooted, "").items() if party}
        assert immediate_dominators(made, sources) == expected
    assert cut_parties(made) == set(nx.articulation_points(graph.to_undirected()))
    assert circles(made) == {p: len(part) for part in nx.strongly_connected_components(graph) for p in part}
    assert betweenness(made) == pytest.approx(nx.betweenness_centrality(graph), abs=1e-4)


@pytest.mark.parametrize("seed", range(0, 200, 5))
def test_a_chokepoint_is_what_cuts_off_when_it_is_taken_away(seed):
    links = links_of(seed)
    made, graph = market(links), graph_of(links)
    sources = made.of(SOURCES)

    def reached(without=None):
        left = graph.subgraph(set(graph) - {without})
        return {p for source in sources if source in left for p in (source, *nx.descendants(left, source))}

    immediate = immediate_dominators(made, sources)
    counted = behind(immediate)
    for party in graph:
        lost = reached() - reached(party) - {party}
        assert {other for other in immediate if party in dominators(immediate, other)} == lost
        assert counted.get(party, 0) == len(lost)
    models = reached() & set(made.of((SINK,)))
    for row in rows(links, []):
        assert row["n_cut_off"] == len(models & (reached() - reached(row["party_id"])) - {row["party_id"]})


def test_the_order_of_links_does_not_matter():
    links = links_of(3)

    assert rows(links, []) == rows(links[::-1], [])


def test_an_empty_market_has_no_chokepoint():
    assert rows([], []) == []
