"""Path questions against every path, enumerated: markets drawn at random, answered by the SQL twins and by brute force."""

from itertools import pairwise

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.query import find

MAKERS, OTHERS, MODELS = ("e1", "e2"), ("a", "b", "c", "d"), ("m1", "m2")
NODES = (*MAKERS, *OTHERS, *MODELS)
KINDS = ("SUPPLIES", "DEPENDS_ON", "FINANCES", "OWNS", "COMMITS_TO")

edges = st.sets(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)).filter(lambda e: e[0] != e[1]), max_size=16)


@pytest.fixture(scope="module")
def market():
    """Return a function that asks a question's SQL of a market of (subject, predicate, object)."""
    con = duckdb.connect()
    con.execute("CREATE SCHEMA mart")
    con.execute("CREATE TABLE mart.dim_party (party_id VARCHAR, name VARCHAR, kind VARCHAR, segment VARCHAR)")
    for node in NODES:
        segment = "equipment" if node in MAKERS else "models" if node in MODELS else "design"
        con.execute("INSERT INTO mart.dim_party VALUES (?, ?, 'Organization', ?)", [node, node, segment])
    con.execute("CREATE TABLE mart.bridge_relationship_claim (relationship_id VARCHAR, claim_id VARCHAR)")
    con.execute(
        "CREATE TABLE mart.fct_claim (claim_id VARCHAR, subject_id VARCHAR, predicate VARCHAR, object_id VARCHAR, subject_kind VARCHAR, "
        "object_kind VARCHAR, modality VARCHAR, confidence DOUBLE, known_from DATE, valid_from DATE, valid_to DATE, role VARCHAR, "
        "kind VARCHAR, amount VARCHAR, quote VARCHAR)"
    )
    con.execute("CREATE MACRO mart.claims_at(as_of, known_on) AS TABLE SELECT * FROM mart.fct_claim")

    def ask(name, claims, **values):
        con.execute("DELETE FROM mart.fct_claim")
        con.execute("DELETE FROM mart.bridge_relationship_claim")
        for subject, predicate, obj in sorted(claims):
            key = f"{subject}|{predicate}|{obj}"
            con.execute("INSERT INTO mart.bridge_relationship_claim VALUES (?, ?)", [key, key])
            con.execute(
                "INSERT INTO mart.fct_claim VALUES (?, ?, ?, ?, 'Organization', 'Organization', 'asserted', 0.9, "
                "DATE '2024-01-01', NULL, NULL, NULL, NULL, NULL, ?)",
                [key, subject, predicate, obj, key],
            )
        cursor = con.execute(find(name).sql, {"as_of": None, "known_on": "9999-12-31", **values})
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    return ask


def paths(links, start, most):
    """Return every path without a node twice from ``start`` of at most ``most`` hops, itself included."""
    found, open_ = [], [(start,)]
    while open_:
        path = open_.pop()
        found.append(path)
        if len(path) <= most:
            open_ += [(*path, b) for a, b in links if a == path[-1] and b not in path]
    return found


@settings(max_examples=60, deadline=None)
@given(edges)
def test_unavoidable_nodes_are_those_of_every_path(market, links):
    rows = market("find_unavoidable_nodes", {(b, "SUPPLIES", a) for a, b in links}, company="any", hops=4)

    expected = {}
    for model in MODELS:
        ways = [set(p) for p in paths(links, model, 4) if p[-1] in MAKERS]
        for node in set.intersection(*ways) - {model, *MAKERS} if ways else ():
            expected.setdefault(node, []).append(model)
    assert {row["node"]: row["companies"] for row in rows} == expected


@settings(max_examples=60, deadline=None)
@given(edges, st.integers(1, 4))
def test_dependents_are_as_far_as_the_shortest_path(market, links, hops):
    rows = market("trace_dependencies", {(a, "DEPENDS_ON", b) for a, b in links}, company="a", role="any", hops=hops)

    back = {(b, a) for a, b in links}
    far = {}
    for path in paths(back, "a", hops):
        far[path[-1]] = min(far.get(path[-1], 9), len(path) - 1)
    assert {row["dependent"]: row["hops"] for row in rows} == {node: n for node, n in far.items() if n}
    for row in rows:
        assert len(row["steps"]) == len(row["relations"]) == row["hops"]
        assert all(step in links for step in pairwise(row["path"]))


@settings(max_examples=60, deadline=None)
@given(st.sets(st.tuples(st.sampled_from(OTHERS), st.sampled_from(KINDS), st.sampled_from(OTHERS)), max_size=10))
def test_loops_are_those_of_every_path_that_closes(market, claims):
    claims = {c for c in claims if c[0] != c[2] and c[1] != "DEPENDS_ON"}
    rows = market("find_capital_loops", claims, company="any", edges=4)

    capital = {(a, b) for a, kind, b in claims if kind in ("FINANCES", "OWNS")}
    trade = {(a, b) for a, kind, b in claims if kind == "COMMITS_TO"} | {
        (b, a) for a, kind, b in claims if kind == "SUPPLIES"
    }
    earned = {(b, a) for a, kind, b in claims if kind == "OWNS"}
    expected = set()
    for start in OTHERS:
        for path in paths(capital | trade | earned, start, 3):
            steps = list(pairwise((*path, start)))
            if len(path) > 1 and steps[-1] in capital | trade | earned and is_loop(steps, capital, trade):
                expected.add(min(turned(path, capital, trade), key=lambda p: p[0]))
    assert {tuple(row["path"][:-1]) for row in rows} == expected
    assert len(rows) == len(expected)


def is_loop(steps, capital, trade):
    """Return whether the first step is capital, another one trade, and all but the last are one of them."""
    return steps[0] in capital and any(s in trade for s in steps[1:]) and all(s in capital | trade for s in steps[:-1])


def turned(path, capital, trade):
    """Return the rotations of ``path`` that are loops."""
    around = [path[k:] + path[:k] for k in range(len(path))]
    return [p for p in around if is_loop(list(pairwise((*p, p[0]))), capital, trade)]
