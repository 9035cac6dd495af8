"""However a graph came to be, it is the one that a load into an empty database gives: by small steps, by a load that was killed."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.load import load
from graph.model import load_ontology
from graph.stores import GraphSettings, connect
from graph.stores.bolt import GraphStore
from tests.bench.synthetic_graph import rows
from tests.graph.canonical import dump

PARTIES = ("acme", "bolt", "crane")
LABELS = st.sampled_from(["Organization", "AnonymousParty"])
CLAIM = st.fixed_dictionaries(
    {"predicate": st.just("SUPPLIES"), "quote": st.text(max_size=5), "known_from": st.dates(date(2000, 1, 1))},
    optional={"share": st.floats(0, 100), "places": st.lists(st.sampled_from(["Taiwan", "Texas"]), max_size=2)},
)


@st.composite
def states(draw):
    """Return node and relationship rows of a small market: parties of either label, claims of them, what they supply."""
    labels = draw(st.dictionaries(st.sampled_from(PARTIES), LABELS))
    nodes = {"Claim": [{"id": f"c{at}", **draw(CLAIM)} for at in range(draw(st.integers(0, 3)))]}
    edges = {"SUBJECT": [], "SUPPLIES": []}
    for party, label in labels.items():
        nodes.setdefault(label, []).append({"id": party, "name": draw(st.sampled_from(["A", "B"]))})
    for claim in nodes["Claim"] if labels else []:
        party = draw(st.sampled_from(sorted(labels)))
        ends = {"from_label": "Claim", "from_id": claim["id"], "to_label": labels[party], "to_id": party}
        edges["SUBJECT"].append({"id": f"{claim['id']}|subject", **ends})
    for left, right in draw(st.sets(st.tuples(*[st.sampled_from(sorted(labels))] * 2))) if labels else ():
        ends = {"from_label": labels[left], "from_id": left, "to_label": labels[right], "to_id": right}
        status = draw(st.sampled_from(["supported", "closed"]))
        edges["SUPPLIES"].append({"id": f"{left}|SUPPLIES|{right}", **ends, "status": status})
    return nodes, edges


@pytest.fixture(scope="module")
def embedded(tmp_path_factory):
    store = connect(GraphSettings("", "", "", "", tmp_path_factory.mktemp("graph")))
    yield store
    store.close()


def emptied(store):
    store.write("UNWIND $rows AS row MATCH (n) DETACH DELETE n", [{}])
    return store


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(states(), min_size=2, max_size=3))
def test_steps_lead_to_the_graph_that_is_made_anew(embedded, steps):
    emptied(embedded)
    for step in steps:
        load(embedded, load_ontology(), *step)
    by_steps = dump(embedded)
    report = load(embedded, load_ontology(), *steps[-1])

    load(emptied(embedded), load_ontology(), *steps[-1])

    assert dump(embedded) == by_steps
    assert (report.created, report.updated, report.removed) == (0, 0, 0)


def test_the_order_of_rows_changes_nothing(embedded):
    nodes, edges = rows(60, 300)
    load(emptied(embedded), load_ontology(), nodes, edges)
    before = dump(embedded)

    turned = [{name: each[::-1] for name, each in reversed(part.items())} for part in (nodes, edges)]
    load(emptied(embedded), load_ontology(), *turned)

    assert dump(embedded) == before


class KilledError(Exception):
    """Stands for the end of the process."""


@pytest.mark.parametrize("batches", [2, 9])
def test_a_load_that_ends_after_any_batch_is_finished_by_the_next(graph_store, monkeypatch, batches):
    nodes, edges = rows(60, 300)
    load(graph_store, load_ontology(), *rows(60, 300, seed=8))
    write, left = GraphStore.write, [batches]

    def some(store, cypher, given):
        if given and not left[0]:
            raise KilledError
        left[0] -= bool(given)
        write(store, cypher, given)

    with monkeypatch.context() as patched, pytest.raises(KilledError):
        patched.setattr(GraphStore, "write", some)
        load(graph_store, load_ontology(), nodes, edges)

    load(graph_store, load_ontology(), nodes, edges)

    finished = dump(graph_store)
    load(emptied(graph_store), load_ontology(), nodes, edges)
    assert dump(graph_store) == finished
