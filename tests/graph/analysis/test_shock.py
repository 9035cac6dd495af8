"""A shock reaches parties step by step, over the surest way, once; substitutes are those of the same role to the same customer."""

import random

import networkx as nx
import pytest

from graph.analysis.shock import rows


def link(needed, dependent, role="", confidence=0.9, sources=("A",)):
    return {
        "needed_id": needed, "needed": needed.title(), "needed_segment": "", "dependent_id": dependent, "dependent": dependent.title(),
        "dependent_segment": "", "role": role, "confidence": confidence, "sources": list(sources), "relation": f"SUPPLIES {role}".strip(),
        "claim_id": f"{needed}-{dependent}-{role}",
    }  # fmt: skip


def gone(party):
    return {"party_id": party, "party": party.title(), "segment": "", "basis": "is_missing", "claim_id": None, "confidence": 1.0, "relation": "", "sources": []}  # fmt: skip


def hit(party, confidence=0.8):
    return gone(party) | {"basis": "depends_on_place", "claim_id": f"{party}-place", "confidence": confidence, "relation": "DEPENDS_ON", "sources": ["P"]}  # fmt: skip


def told(row, *names):
    return tuple(row[name] for name in names)


def test_the_way_is_the_shortest_then_the_surest_and_its_weakest_link_is_named():
    links = [
        link("fab", "sure", confidence=0.9),
        link("fab", "weak", confidence=0.5, sources=("A", "B")),
        link("sure", "lab", confidence=0.7),
        link("weak", "lab", confidence=0.9),
        link("lab", "fab"),
    ]
    found = {row["party_id"]: row for row in rows(links, [hit("fab")], "Island")}

    assert told(found["fab"], "step", "path", "weakest_claim_id") == (0, ["Fab", "Island"], "fab-place")
    assert told(found["lab"], "step", "path", "basis") == (2, ["Lab", "Sure", "Fab", "Island"], "depends_on_hit")
    assert told(found["lab"], "weakest_claim_id", "weakest_confidence", "weakest_publishers") == ("sure-lab-", 0.7, 1)
    assert found["lab"]["n_publishers"] == 2
    assert len(found) == 4


def test_a_missing_company_is_hit_itself_and_no_claim_is_needed_for_that():
    found = rows([link("fab", "chip"), link("fab", "fab")], [gone("fab")], "Fab")

    assert [told(row, "party_id", "step", "path", "claim_ids") for row in found] == [
        ("fab", 0, ["Fab"], []),
        ("chip", 1, ["Chip", "Fab"], ["fab-chip-"]),
    ]


def test_substitutes_are_of_the_same_role_and_those_that_are_hit_too_do_not_help():
    links = [
        link("fab", "chip", "foundry"),
        link("other", "chip", "foundry"),
        link("dram", "chip", "memory"),
        link("fab", "dram", "foundry"),
        link("fab", "chip", ""),
    ]
    found = {row["party_id"]: row for row in rows(links, [gone("fab")], "Fab")}

    assert told(found["chip"], "substitutes", "hit_together", "no_substitute") == (["foundry: Other"], [], ["memory"])
    assert told(found["dram"], "substitutes", "no_substitute") == ([], ["foundry"])


def test_suppliers_hit_together_are_named():
    links = [link("a", "chip", "memory"), link("b", "chip", "memory"), link("fab", "a"), link("fab", "b")]
    found = {row["party_id"]: row for row in rows(links, [gone("fab")], "Fab")}

    assert told(found["chip"], "hit_together", "no_substitute") == (["memory: A", "memory: B"], ["memory"])


@pytest.mark.parametrize("seed", range(50))
def test_steps_are_those_of_networkx_whatever_the_order_of_links(seed):
    chance = random.Random(seed)
    size = chance.randint(1, 12)
    links = [
        link(f"p{chance.randrange(size)}", f"p{chance.randrange(size)}", chance.choice(["", "chips"]), round(chance.random(), 1))
        for _ in range(chance.randint(0, 3 * size))
    ]  # fmt: skip
    graph = nx.DiGraph((each["needed_id"], each["dependent_id"]) for each in links)
    graph.add_node("p0")
    found = rows(links, [gone("p0")], "P0", 20)

    assert {row["party_id"]: row["step"] for row in found} == dict(nx.single_source_shortest_path_length(graph, "p0"))
    assert found == rows(chance.sample(links, len(links)), [gone("p0")], "P0", 20)


def test_only_so_many_steps_are_followed():
    found = rows([link("a", "b"), link("b", "c"), link("c", "d")], [gone("a")], "A", 2)

    assert [row["party_id"] for row in found] == ["a", "b", "c"]
