"""The load on the embedded engine and on a real Neo4j: idempotent, by delta, closing, never touching others' nodes."""

from datetime import date

import pytest

from graph.errors import GraphUnreachableError, ModelError, UsageError
from graph.load import load
from graph.model import load_ontology
from graph.stores import GraphSettings, connect

DAY = date(2025, 6, 30)


def market(share: float = 12.0):
    nodes = {
        "Organization": [{"id": "acme", "name": "Acme"}, {"id": "bolt", "name": "Bolt"}],
        "Claim": [{"id": "c1", "predicate": "SUPPLIES", "share": share, "known_from": DAY}],
    }
    ends = {"from_label": "Organization", "from_id": "acme", "to_label": "Organization", "to_id": "bolt"}
    edges = {
        "SUPPLIES": [
            {"id": "acme|SUPPLIES|bolt", **ends, "claim_ids": ["c1"], "status": "supported", "first_known": DAY}
        ],
        "SUBJECT": [
            {"id": "c1|subject", "from_label": "Claim", "from_id": "c1", "to_label": "Organization", "to_id": "acme"}
        ],
    }
    return nodes, edges


def test_a_second_load_of_the_same_rows_writes_nothing(graph_store):
    first = load(graph_store, load_ontology(), *market())
    second = load(graph_store, load_ontology(), *market())

    assert (first.created, first.updated, first.unchanged) == (5, 0, 0)
    assert (second.created, second.updated, second.closed, second.removed, second.unchanged) == (0, 0, 0, 0, 5)
    rows = graph_store.read(
        "MATCH (a)-[r:SUPPLIES]->(b) RETURN a.name AS a, b.name AS b, r.claim_ids AS c, r.first_known AS day"
    )
    assert rows == [{"a": "Acme", "b": "Bolt", "c": ["c1"], "day": DAY}]


def test_only_what_differs_is_written(graph_store):
    load(graph_store, load_ontology(), *market())

    report = load(graph_store, load_ontology(), *market(share=14.0))

    assert (report.created, report.updated, report.unchanged) == (0, 1, 4)
    assert graph_store.read("MATCH (c:Claim) RETURN c.share AS share") == [{"share": 14.0}]


def test_a_fact_that_no_source_says_any_longer_is_closed(graph_store):
    nodes, edges = market()
    load(graph_store, load_ontology(), nodes, edges)
    (edge,) = edges["SUPPLIES"]
    edge |= {"status": "closed", "closed_on": date(2025, 9, 30)}

    report = load(graph_store, load_ontology(), nodes, edges)

    assert (report.updated, report.closed, report.removed) == (1, 1, 0)
    query = "MATCH ()-[r:SUPPLIES]->() RETURN r.status AS status, r.closed_on AS day"
    assert graph_store.read(query) == [{"status": "closed", "day": date(2025, 9, 30)}]


def test_what_is_no_row_any_longer_is_removed(graph_store):
    nodes, edges = market()
    load(graph_store, load_ontology(), nodes, edges)

    report = load(graph_store, load_ontology(), {"Organization": nodes["Organization"]}, {})

    assert (report.removed, report.unchanged) == (3, 2)
    assert graph_store.read("MATCH (n) RETURN n.id AS id ORDER BY id") == [{"id": "acme"}, {"id": "bolt"}]


def test_a_killed_load_is_finished_by_the_next(graph_store):
    nodes, edges = market()
    load(graph_store, load_ontology(), {"Organization": nodes["Organization"][:1]}, {})

    report = load(graph_store, load_ontology(), nodes, edges)

    assert (report.created, report.unchanged) == (4, 1)


def test_nodes_of_others_are_never_touched(graph_store):
    graph_store.write("UNWIND $rows AS row CREATE (n:Person {id: row.id})", [{"id": "ada"}])

    load(graph_store, load_ontology(), *market())
    load(graph_store, load_ontology(), {}, {})

    assert graph_store.read("MATCH (n:Person) RETURN n.id AS id") == [{"id": "ada"}]


@pytest.mark.parametrize("text", ["CREATE (n:X) RETURN n", "MATCH (n) DETACH DELETE n", "MATCH (n) SET n.seen = true"])
def test_free_queries_only_read(graph_store, text):
    load(graph_store, load_ontology(), *market())

    with pytest.raises(UsageError):
        graph_store.read(text)

    assert graph_store.read("MATCH (n:Organization) RETURN count(n) AS n") == [{"n": 2}]


def test_an_unknown_label_is_refused_before_anything_is_written(graph_store):
    with pytest.raises(ModelError, match="Person is no node label"):
        load(graph_store, load_ontology(), {"Person": [{"id": "x"}]}, {})


def test_an_address_where_nothing_answers_is_one_line(tmp_path):
    with pytest.raises(GraphUnreachableError, match="no Neo4j answers there"):
        connect(GraphSettings("bolt://127.0.0.1:1", "neo4j", "x", "neo4j", tmp_path))


def test_a_wrong_password_is_told_from_a_wrong_address(neo4j_server, tmp_path):
    with pytest.raises(GraphUnreachableError, match="NEO4J_PASSWORD are not accepted"):
        connect(GraphSettings(neo4j_server.uri, "neo4j", "wrong", "neo4j", tmp_path))
