"""Loops agree with networkx on random graphs; what their amounts tell is worked out by hand."""

import random
from datetime import date

import networkx as nx
import pytest

from graph.analysis.capital_loops import rows
from pipelines.warehouse import analyses, store
from pipelines.warehouse.stages import building
from tests import sql_cases

PREDICATES = ("FINANCES", "OWNS", "COMMITS_TO", "SUPPLIES")
GRAPHS = 200


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    nothing = sql_cases.built_over_nothing(tmp_path_factory.mktemp("nothing"))
    return sql_cases.Bench(building(nothing), nothing.parts / "model", tmp_path_factory.mktemp("bench"))


def relations_of(seed):
    """Return random relations of one small market, some of a party with itself."""
    chance = random.Random(seed)
    size = chance.randint(2, 6)
    pairs = [(chance.randrange(size), chance.choice(PREDICATES), chance.randrange(size)) for _ in range(chance.randint(0, 12))]  # fmt: skip
    return sorted({(f"m{seed}p{left}", predicate, f"m{seed}p{right}") for left, predicate, right in pairs})


def cycles_of(relations):
    """Return the loops of capital and trade, at most three steps, by networkx: as sets of their parties in order from the first by id."""
    graph = nx.DiGraph()
    for subject, predicate, other in relations:
        if subject == other:
            continue
        ways = {
            "FINANCES": [(subject, other, "capital")],
            "OWNS": [(subject, other, "capital"), (other, subject, "owned")],
        }
        ways |= {"COMMITS_TO": [(subject, other, "trade")], "SUPPLIES": [(other, subject, "trade")]}
        for left, right, kind in ways[predicate]:
            graph.add_edge(left, right)
            graph[left][right].setdefault("kinds", set()).add(kind)
    return {_from_least(cycle) for cycle in nx.simple_cycles(graph, length_bound=3) if _counts(graph, cycle)}


def _from_least(cycle):
    at = cycle.index(min(cycle))
    return tuple(cycle[at:] + cycle[:at])


def _counts(graph, cycle):
    """Whether some step is capital, another one trade, and none but the last one back to the investor is mere ownership."""
    kinds = [graph[left][right]["kinds"] for left, right in zip(cycle, cycle[1:] + cycle[:1], strict=True)]
    owned = [at for at, of in enumerate(kinds) if of == {"owned"}]
    return any(
        "capital" in kinds[at]
        and any("trade" in of for other, of in enumerate(kinds) if other != at)
        and owned in ([], [(at - 1) % len(kinds)])
        for at in range(len(kinds))
    )


def test_loops_agree_with_networkx_on_random_graphs(bench):
    relations = [relation for seed in range(GRAPHS) for relation in relations_of(seed)]
    parties = sorted({side for left, _, right in relations for side in (left, right)})
    bench.give("mart.dim_party", [{"party_id": p, "name": p, "kind": "Organization"} for p in parties])
    said = {"subject_kind": "Organization", "object_kind": "Organization", "modality": "asserted", "confidence": 0.5, "known_from": date(2024, 1, 1)}  # fmt: skip
    claims = [
        {"claim_id": f"c{at}", "subject_id": left, "predicate": predicate, "object_id": right, "quote": "It says so.", **said}
        for at, (left, predicate, right) in enumerate(relations)
    ]  # fmt: skip
    bench.give("mart.fct_claim", claims)
    carried = [{"relationship_id": "r", "claim_id": c["claim_id"]} for c in claims if c["subject_id"] != c["object_id"]]
    bench.give("mart.bridge_relationship_claim", carried)
    found = analyses.answer(bench.con, "mart.fct_capital_loop")

    expected = {cycle for seed in range(GRAPHS) for cycle in cycles_of(relations_of(seed))}
    assert {_from_least(row["party_ids"][:-1]) for row in found} == expected
    assert len(found) == len(expected) > GRAPHS / 4
    assert store.count(bench.con, "mart.fct_claim") == len(claims)


NAMES = {"i": "Investor", "c": "Customer"}


def claim(at, subject, predicate, other, low=None, high=None, currency="USD", **more):
    told = {
        "claim_id": f"c{at}",
        "subject_id": subject,
        "subject": NAMES[subject],
        "predicate": predicate,
        "object_id": other,
        "object": NAMES[other],
    }
    told |= {
        "detail": "",
        "modality": "asserted",
        "amount": f"{low}..{high}" if low else "",
        "low": low,
        "high": high or low,
        "currency": currency,
    }
    return told | {"valid_from": None, "valid_to": None, "known_from": date(2024, 1, 1), "source_group": "A"} | more  # fmt: skip


def loop_of(*claims, revenue=()):
    loop = {
        "path": ["Investor", "Customer", "Investor"],
        "edges": 2,
        "relations": [],
        "valid": [],
        "told": [],
        "steps": ["c0", "c1"],
    }
    (row,) = rows([loop], claims, revenue)
    return row


def test_the_share_of_own_money_has_the_range_of_the_amounts():
    row = loop_of(
        claim(0, "i", "FINANCES", "c", 2e9),
        claim(1, "c", "COMMITS_TO", "i", 10e9, source_group="B"),
        claim(2, "i", "FINANCES", "c", 4e9),
        claim(3, "c", "COMMITS_TO", "i", 8e9),
        revenue=[{"company_id": "i", "value": 40e9, "currency": "USD", "period_to": date(2024, 12, 31)}],
    )

    assert (row["share_low"], row["share_high"], row["share_of_revenue"]) == (0.2, 0.5, 0.1)
    assert row["claim_ids"] == ["c0", "c1", "c2", "c3"] and row["n_publishers"] == 2
    assert any("different amounts" in gap for gap in row["gaps"])


def test_more_put_in_than_paid_back_is_at_most_all_of_it():
    row = loop_of(claim(0, "i", "FINANCES", "c", 9e9), claim(1, "i", "SUPPLIES", "c", 3e9))

    assert (row["share_low"], row["share_high"], row["share_of_revenue"]) == (1.0, 1.0, None)
    assert "one publisher alone tells all of it" in row["gaps"]


@pytest.mark.parametrize(
    ("invested", "paid", "gap"),
    [
        ({}, {"low": 1e9}, "no text says how much Investor put into Customer"),
        ({"low": 1e9}, {}, "no text says how much Customer pays Investor"),
        ({"low": 1e9}, {"low": 1e9, "currency": "EUR"}, "money put in is told in USD, money paid back in EUR"),
        ({"low": 1e9}, {"low": 1e9, "modality": "planned"}, "that Customer pays Investor is only planned"),
    ],
)
def test_what_amounts_do_not_tell_is_unknown_and_said(invested, paid, gap):
    row = loop_of(claim(0, "i", "FINANCES", "c", **invested), claim(1, "c", "COMMITS_TO", "i", **paid))

    assert gap in row["gaps"]
    assert (row["share_high"] is None) == ("planned" not in gap)


@pytest.mark.parametrize(
    ("first", "second", "overlap", "since", "until"),
    [
        ((None, None), (date(2024, 1, 1), date(2024, 12, 31)), "unknown", None, None),
        ((date(2023, 1, 1), date(2024, 6, 30)), (date(2024, 1, 1), None), "yes", date(2024, 1, 1), date(2024, 6, 30)),
        ((date(2022, 1, 1), date(2022, 12, 31)), (date(2024, 1, 1), date(2024, 12, 31)), "no", None, None),
    ],
)
def test_times_overlap_only_where_they_are_told(first, second, overlap, since, until):
    row = loop_of(
        claim(0, "i", "FINANCES", "c", valid_from=first[0], valid_to=first[1]),
        claim(1, "i", "SUPPLIES", "c", valid_from=second[0], valid_to=second[1]),
    )

    assert (row["overlap"], row["overlap_from"], row["overlap_to"]) == (overlap, since, until)
