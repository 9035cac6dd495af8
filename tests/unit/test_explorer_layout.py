"""Where companies stand in the explorer: in their column, never on one another, the same however the input is ordered."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as some

from graph.explorer.layout import HEAD, column_of, lay_out, load_picture

COLUMNS = load_picture()["columns"]
CODES = [column["code"] for column in COLUMNS]


@pytest.mark.parametrize(
    ("segment", "layers", "column"),
    [
        ("power", [], "power"),
        ("foundry", ["compute"], "compute"),
        ("memory", ["compute", "data_storage"], "data_storage"),
        ("other", ["models"], "models"),
        ("", ["data_storage", "compute"], "data_storage"),
        ("", [], "other"),
        ("never heard of", [], "other"),
    ],
)
def test_a_company_stands_in_the_column_of_its_segment_else_of_its_first_layer(segment, layers, column):
    assert column_of(COLUMNS, segment, layers) == column


def test_every_segment_and_layer_of_the_registry_has_a_column_but_other():
    from graph.model import load_ontology, load_registry

    listed = {segment for column in COLUMNS for segment in column["segments"]}
    assert {org.segment for org in load_registry().organizations.values()} - listed == {"other"}
    assert set(load_ontology().layers) == {layer for column in COLUMNS for layer in column["layers"]}


def test_relations_are_the_ontologys_and_told_apart_without_colour():
    from graph.model import load_ontology

    predicates = load_picture()["predicates"]
    assert {each["code"] for each in predicates} == set(load_ontology().predicates)
    drawn = [each for each in predicates if each["code"] not in ("EXPOSED_TO", "RELIEVES", "OPERATES", "HAS_METRIC")]
    for one, other in itertools.combinations(drawn, 2):
        assert one["line"] != other["line"], (one["code"], other["code"])


def test_marks_are_the_ontologys_bottlenecks_two_letters_each():
    from graph.model import load_ontology

    marks = load_picture()["marks"]
    assert set(marks) == set(load_ontology().bottlenecks)
    assert len(set(marks.values())) == len(marks)
    assert {len(mark) for mark in marks.values()} == {2}


def test_what_is_joined_stands_near():
    companies = {f"maker_{n}": "compute" for n in range(12)} | {f"plant_{n}": "power" for n in range(12)}
    ties = {(f"plant_{n}", f"maker_{(n * 5) % 12}"): 1.0 for n in range(12)}
    places = lay_out(COLUMNS, companies, ties).places

    apart = [abs(places[a][1] - places[b][1]) for a, b in ties]
    chance = [abs(places[f"plant_{n}"][1] - places[f"maker_{n}"][1]) for n in range(12)]
    assert sum(apart) < sum(chance) / 3


@given(
    some.dictionaries(some.integers(0, 400).map("c{}".format), some.sampled_from(CODES), max_size=90),
    some.lists(some.tuples(some.integers(0, 89), some.integers(0, 89), some.floats(0.1, 9)), max_size=120),
    some.randoms(use_true_random=False),
)
def test_each_company_has_a_place_of_its_own_in_its_column_whatever_the_order(companies, joined, chance):
    names = sorted(companies)
    ties = {(names[a], names[b]): weight for a, b, weight in joined if max(a, b) < len(names)}
    layout = lay_out(COLUMNS, companies, ties)

    bands = {column["code"]: (column["x"], column["x"] + column["width"]) for column in layout.columns}
    assert set(layout.places) == set(companies)
    assert len(set(layout.places.values())) == len(companies)
    for company, (x, y) in layout.places.items():
        left, right = bands[companies[company]]
        assert left < x < right
        assert HEAD < y < layout.height
    mixed, mixed_ties = list(companies.items()), list(ties.items())
    chance.shuffle(mixed)
    chance.shuffle(mixed_ties)
    assert lay_out(COLUMNS, dict(mixed), dict(mixed_ties)) == layout
