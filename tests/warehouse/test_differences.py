"""The time machine: rows of two moments compared, and why each claim came or went; expected by hand from rows and claims."""

from datetime import date

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import UsageError
from graph.query import LATEST
from pipelines.warehouse.differences import Moment, Shape, compare, differences, moment, moments

SHAPE = Shape(("who",), ("status",), ("claim_ids",))


def row(who, status, *claims):
    return {"who": who, "status": status, "claim_ids": list(claims), "quotes": ["a quote"]}


def test_what_came_went_and_changed():
    before = [row("a", "one", "c1"), row("b", "one", "c2"), row("c", "one", "c3"), row("d", "one", "c4")]
    after = [row("b", "both", "c2", "c5"), row("c", "one", "c3"), row("d", "one", "c6"), row("e", "one", "c7")]

    found = {
        each.key["who"]: (each.change, each.columns, each.came, each.gone) for each in compare(before, after, SHAPE)
    }

    assert found == {
        "a": ("went", {}, (), ("c1",)),
        "b": ("changed", {"status": ("one", "both")}, ("c5",), ()),
        "d": ("changed", {}, ("c6",), ("c4",)),
        "e": ("came", {}, ("c7",), ()),
    }


ROWS = st.lists(st.builds(row, st.sampled_from("abcd"), st.sampled_from(["one", "both"]), st.sampled_from(["c1", "c2", "c3"])), unique_by=lambda each: each["who"])  # fmt: skip


@given(ROWS, ROWS)
def test_backwards_is_the_same_the_other_way_round(before, after):
    there, back = compare(before, after, SHAPE), compare(after, before, SHAPE)

    other = {"came": "went", "went": "came", "changed": "changed"}
    assert [(other[each.change], each.key, each.gone, each.came) for each in there] == [
        (each.change, each.key, each.came, each.gone) for each in back
    ]
    assert compare(before, before, SHAPE) == []
    assert compare(list(reversed(before)), after, SHAPE) == there


@pytest.fixture
def claims():
    con = duckdb.connect()
    con.execute("CREATE SCHEMA mart")
    con.execute("""
        CREATE TABLE mart.fct_claim AS FROM (VALUES
            ('c1', DATE '2024-01-01', NULL::DATE, NULL::DATE, NULL::DATE, 'T', 'P', 'u', 'First.', 'X', 'OWNS', 'Y'),
            ('c2', DATE '2025-05-05', NULL, NULL, NULL, '', 'P', 'u', 'Second.', 'X', 'OWNS', NULL),
            ('c3', DATE '2024-01-01', DATE '2025-03-03', NULL, NULL, 'T', 'P', 'u', 'Third.', 'X', 'OWNS', 'Y'),
            ('c4', DATE '2024-01-01', NULL, DATE '2023-01-01', DATE '2023-12-31', 'T', 'P', 'u', 'Fourth.', 'X', 'OWNS', 'Y')
        ) AS c(claim_id, known_from, known_to, valid_from, valid_to, document_title, publisher, url, quote, subject_name, predicate, object_name)
    """)
    yield con
    con.close()


def test_each_claim_says_why_it_counts_on_one_side_only(claims):
    before, after = Moment(date(2023, 6, 1), date(2025, 1, 1)), Moment(date(2024, 6, 1), LATEST)
    rows = {before: [row("x", "one", "c1", "c3", "c4")], after: [row("x", "one", "c1", "c2")]}

    found = differences(claims, rows.__getitem__, SHAPE, (before, after))

    assert [(each["claim"], each["claim_ids"], each["why"], each["quote"]) for each in found] == [
        ("came", ["c2"], "known from 2025-05-05", "Second."),
        ("went", ["c3"], "its source stopped saying so on 2025-03-03", "Third."),
        ("went", ["c4"], "about the time to 2023-12-31", "Fourth."),
    ]
    assert (found[0]["statement"], found[0]["document"]) == ("X OWNS ", "u")


def test_a_row_that_differs_by_no_claim_says_so(claims):
    before, after = Moment(None, date(2025, 1, 1)), Moment(None, LATEST)
    rows = {before: [row("x", "not covered", "c1")], after: [row("x", "silent", "c1")]}

    (found,) = differences(claims, rows.__getitem__, SHAPE, (before, after))

    assert (found["change"], found["differs"]) == ("changed", ["status: not covered → silent"])
    assert (found["claim_ids"], found["why"]) == ([], "the same claims; what else was read or reported differs")


def test_against_is_a_day_of_knowledge_or_another_day_that_claims_are_about():
    assert moments("", "", "2024-01-01") == (Moment(None, date(2024, 1, 1)), Moment(None, LATEST))
    assert moments("2025-01-01", "2025-06-01", "as-of=2024-01-01") == (
        Moment(date(2024, 1, 1), date(2025, 6, 1)),
        Moment(date(2025, 1, 1), date(2025, 6, 1)),
    )
    assert str(moment("2025-01-01", "2025-06-01")) == "known on 2025-06-01, about 2025-01-01"


@pytest.mark.parametrize("against", ["yesterday", "as-of=", "as-of=soon", "as_of=2024-01-01"])
def test_what_is_no_date_is_refused(against):
    with pytest.raises(UsageError, match="--against"):
        moments("", "", against)
