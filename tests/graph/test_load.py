"""The load on the embedded engine and on a real Neo4j: idempotent, by delta, closing, never touching others' nodes."""

from datetime import date, datetime

import pytest

from graph.errors import GraphUnreachableError, ModelError, UsageError
from graph.holdings import unfit
from graph.load import load
from graph.model import load_ontology
from graph.rows import check_rows
from graph.stores import GraphSettings, connect
from tests.graph.canonical import Counted, dump

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


def test_an_unchanged_load_writes_nothing_and_a_changed_row_itself_alone(graph_store):
    load(graph_store, load_ontology(), *market())
    counted = Counted(graph_store)

    load(graph_store, load_ontology(), *market())

    assert counted.changes == {}
    load(graph_store, load_ontology(), *market(share=14.0))
    assert set(counted.changes) - {"_contains_updates", "contains_updates"} == {"properties_set"}


def test_a_relationship_that_now_joins_others_is_not_doubled(graph_store):
    nodes, edges = market()
    load(graph_store, load_ontology(), nodes, edges)
    edges["SUBJECT"][0]["to_id"] = "bolt"

    load(graph_store, load_ontology(), nodes, edges)

    assert graph_store.read("MATCH (:Claim)-[:SUBJECT]->(o) RETURN o.id AS id") == [{"id": "bolt"}]


def test_a_node_that_gets_another_label_takes_its_relationships_along(graph_store):
    nodes, edges = market()
    load(graph_store, load_ontology(), nodes, edges)
    nodes["AnonymousParty"] = [nodes["Organization"].pop()]
    edges["SUPPLIES"][0]["to_label"] = "AnonymousParty"

    load(graph_store, load_ontology(), nodes, edges)

    rows = graph_store.read("MATCH (:Organization)-[:SUPPLIES]->(o) RETURN labels(o) AS labels, o.id AS id")
    assert rows == [{"labels": ["AnonymousParty"], "id": "bolt"}]
    assert graph_store.read("MATCH (n {id: 'bolt'}) RETURN count(n) AS n") == [{"n": 1}]


def test_nodes_of_others_are_never_touched(graph_store):
    graph_store.write(
        "UNWIND $rows AS row CREATE (n:Person {id: row.id})-[:KNOWS]->(:Person {id: 'b'})", [{"id": "acme"}]
    )
    before = dump(graph_store)

    load(graph_store, load_ontology(), *market())
    load(graph_store, load_ontology(), {}, {})

    assert dump(graph_store) == before


def test_a_node_that_somebody_tied_his_own_to_is_kept(graph_store):
    load(graph_store, load_ontology(), *market())
    tie = "UNWIND $rows AS row MATCH (o:Organization {id: row.id}) CREATE (:Note {id: 'n', text: 'call them'})-[:ABOUT]->(o)"
    graph_store.write(tie, [{"id": "bolt"}])

    first, second = (load(graph_store, load_ontology(), {}, {}) for _ in range(2))

    assert (first.removed, first.kept, second.removed, second.kept) == (4, 1, 0, 1)
    assert graph_store.read("MATCH (:Note)-[:ABOUT]->(o) RETURN o.id AS id") == [{"id": "bolt"}]


@pytest.mark.parametrize(
    ("made", "says"),
    [
        ("CREATE (:Organization {id: row.id})", r"1 node :Organization there \(id acme\) are not Loadpath's"),
        ("CREATE (:Claim {id: 'other'})", r"1 node :Claim there \(id other\) are not Loadpath's"),
        ("CREATE (:Person)-[:SUPPLIES {id: 's'}]->(:Person)", r"1 relationship :SUPPLIES there \(id s\)"),
    ],
    ids=["same id", "same label", "same type"],
)
def test_a_database_with_others_under_our_names_is_refused_before_anything_is_written(graph_store, made, says):
    graph_store.write(f"UNWIND $rows AS row {made}", [{"id": "acme"}])
    constraints = "SHOW CONSTRAINTS YIELD name RETURN name ORDER BY name"
    before = dump(graph_store), graph_store.rows(constraints)

    with pytest.raises(UsageError, match=says) as refused:
        load(graph_store, load_ontology(), *market())

    assert (dump(graph_store), graph_store.rows(constraints)) == before
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"share": "12"}, "share must be number, not '12'"),
        ({"share": float("nan")}, "share must be number, not nan"),
        ({"known_from": "2025-06-30"}, "known_from must be date"),
        ({"known_from": datetime(2025, 6, 30)}, "known_from must be date"),
        ({"quote": {"text": "x"}}, "quote must be text"),
        ({"places": ["a", None]}, "places must be list of text"),
        ({"mood": "good"}, "the ontology declares no property 'mood' for Claim"),
        ({"id": 7}, "Claim: id 7 is given twice or is no text"),
    ],
)
def test_rows_that_a_graph_cannot_hold_are_refused_by_name(values, says):
    nodes, edges = market()
    nodes["Claim"][0] |= values

    with pytest.raises(ModelError, match=says):
        check_rows(load_ontology(), nodes, edges)


@pytest.mark.parametrize(
    ("kind", "values", "says"),
    [
        ("SUPPLIES", {"to_id": "nobody"}, "SUPPLIES acme.*: there is no Organization 'nobody'"),
        ("SUPPLIES", {"to_label": "Claim", "to_id": "c1"}, "SUPPLIES acme.*: it cannot run to Claim"),
        ("FEEDS", {}, "FEEDS is no relationship type"),
    ],
)
def test_relationships_that_join_what_they_cannot_are_refused(kind, values, says):
    nodes, edges = market()
    edges[kind] = [edges.pop("SUPPLIES")[0] | values]

    with pytest.raises(ModelError, match=says):
        check_rows(load_ontology(), nodes, edges)


@pytest.mark.parametrize(
    ("version", "says"),
    [
        ("5.26.25", ""),
        ("2025.10.1", ""),
        ("5.7.0-aura", ""),
        ("5.6.0", "this is Neo4j 5.6.0; Loadpath needs Neo4j 5.7 or newer"),
        ("4.4.40", "this is Neo4j 4.4.40; Loadpath needs"),
    ],
)
def test_a_server_of_another_version_is_told(version, says):
    found = unfit([{"name": "Neo4j Kernel", "versions": [version], "edition": "enterprise"}])

    assert found.startswith(says)
    assert bool(found) == bool(says)
    assert unfit([{"name": "Memgraph", "versions": ["3"], "edition": "community"}]).startswith(
        "this is an unknown server"
    )


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
