"""The estimate of what is missing: figures worked out by hand, its bounds for any counts, and when it is refused."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.recall import sentence
from graph.analysis.recapture import ASSUMPTION, LEAST, chapman, rows


def test_the_estimate_by_hand():
    """(32 + 1)(103 + 1) / (12 + 1) - 1 = 263; variance 33 * 104 * 20 * 91 / (169 * 14) = 2640; of 140 unseen; C = exp(1.96 * 0.3555)."""
    found = chapman(32, 103, 12)

    assert (found.seen, found.total, found.low, found.high) == (123, 263, 193, 404)


def test_all_that_the_one_tells_the_other_does_too():
    found = chapman(9, 40, 9)

    assert (found.seen, found.total, found.low, found.high) == (40, 40, 40, 40)


@pytest.mark.parametrize("both", range(LEAST))
def test_too_few_in_both_is_refused(both):
    assert chapman(60, 80, both) is None


def test_more_in_both_than_in_one_is_an_error():
    with pytest.raises(ValueError, match="9 in both of 8 and 20"):
        chapman(8, 20, 9)


@given(st.integers(LEAST, 500), st.integers(0, 2000), st.integers(0, 2000))
def test_the_interval_holds_the_estimate_and_what_was_seen(both, only_first, only_second):
    first, second = both + only_first, both + only_second
    found = chapman(first, second, both)

    assert found.seen <= found.low <= found.total <= found.high
    assert found == chapman(second, first, both)


def test_it_finds_the_number_of_a_market_that_two_sources_tell_of_by_chance():
    """Of 400 relations one source tells half and the other a third, independently: the interval holds 400 in about 95 of 100 draws."""
    held = 0
    for seed in range(200):
        chance = random.Random(seed)
        told = [(chance.random() < 0.5, chance.random() < 0.33) for _ in range(400)]
        found = chapman(sum(a for a, _ in told), sum(b for _, b in told), sum(a and b for a, b in told))
        held += found.low <= 400 <= found.high
    assert held >= 180


def seen(predicate, families, files=(True, True)):
    """Return one relation with the families that tell it."""
    by = {f"by_{family}": family in families for family in ("subject", "object", "third")}
    return {"predicate": predicate, "subject_files": files[0], "object_files": files[1], "claim_ids": [predicate], **by}


def test_only_relations_that_both_families_could_tell_count():
    market = [
        *[seen("SUPPLIES", {"subject", "third"}) for _ in range(7)],
        seen("SUPPLIES", {"third"}, (False, False)),
        seen("SUPPLIES", {"third"}, (True, False)),
        seen("OWNS", {"object"}),
    ]
    found = {(row["predicate"], row["first"]): row for row in rows(market)}

    supplies = found["SUPPLIES", "the parties themselves"]
    assert (supplies["n_first"], supplies["n_second"], supplies["n_both"], supplies["n_seen"]) == (7, 8, 7, 8)
    assert (supplies["estimate"], supplies["refused"]) == (8, "")
    sides = found["SUPPLIES", "the subject"]
    assert (sides["n_first"], sides["n_second"], sides["estimate"]) == (7, 0, None)
    assert found["OWNS", "the parties themselves"]["n_first"] == 1
    assert found["all", "the parties themselves"]["n_seen"] == 9


def test_an_empty_market_has_no_rows():
    assert rows([]) == []


def test_an_answer_says_its_estimate_and_is_silent_where_there_is_none():
    market = [
        *[seen("SUPPLIES", {"subject", "third"}) for _ in range(12)],
        *[seen("SUPPLIES", {"subject"}) for _ in range(20)],
        *[seen("SUPPLIES", {"third"}) for _ in range(91)],
        seen("OWNS", {"third"}),
    ]

    def said(*predicates):
        return sentence("sql", lambda *_: market, predicates, {})

    assert said("SUPPLIES", "OWNS") == (
        "Of companies that file, by capture and recapture, were seen: 123 of about 263 SUPPLIES relations (193 to 404 at 95 %). "
        f"It assumes {ASSUMPTION}."
    )
    assert said().startswith(
        "Of companies that file, by capture and recapture, were seen: 124 of about 266 relations ("
    )
    assert said("OWNS") == said("EXPOSED_TO") == ""
