"""Time: what was known then stays known as it was, disjoint periods stay apart, and the order in which documents come is nothing."""

import tempfile
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.properties.market import FIRST, arrivals, home, rows

LAST = 8
EVER = "DATE '9999-12-31'"
# A build takes a good part of a second, so that a few examples have to do; each holds many claims.
few = settings(max_examples=4, deadline=None)


def seen(home_settings, known_on, as_of="NULL"):
    """Return claims, relationships and links of claims as known on a day."""
    found = [
        rows(home_settings, f"SELECT * FROM mart.{view}({as_of}, {known_on}) ORDER BY ALL")
        for view in ("claims_at", "relationships_at")
    ]
    known = f"(SELECT claim_id FROM mart.claims_at({as_of}, {known_on}))"
    links = f"SELECT * EXCLUDE (known_to) FROM mart.bridge_claim_link WHERE from_claim_id IN {known} AND to_claim_id IN {known}"
    return [*found, rows(home_settings, links)]


@few
@given(arrivals)
def test_as_known_on_a_past_day_equals_what_was_published_then(arrived):
    with tempfile.TemporaryDirectory() as folder:
        last = home(Path(folder) / "last", arrived, LAST)
        for day in sorted({a.day for a in arrived} | {a.day + (a.gone_after or 0) for a in arrived}):
            then = home(Path(folder) / str(day), arrived, day)
            known_on = f"DATE '{FIRST + timedelta(days=day)}'"

            assert seen(last, known_on) == seen(then, EVER)
            assert seen(last, known_on, "DATE '2024-08-01'") == seen(then, EVER, "DATE '2024-08-01'")


@few
@given(arrivals)
def test_disjoint_periods_never_merge(arrived):
    with tempfile.TemporaryDirectory() as folder:
        last = home(Path(folder), arrived, LAST)
        linked = rows(
            last,
            "SELECT l.rule, a.valid_from AS a_from, a.valid_to AS a_to, b.valid_from AS b_from, b.valid_to AS b_to "
            "FROM mart.bridge_claim_link l JOIN mart.fct_claim a ON a.claim_id = l.from_claim_id "
            "JOIN mart.fct_claim b ON b.claim_id = l.to_claim_id WHERE l.rule <> 'later_state'",
        )
        assert [row for row in linked if apart(row)] == []
        for day in (date(2024, 3, 1), date(2025, 9, 1)):
            shown = rows(last, f"SELECT unnest(claim_ids) AS claim_id FROM mart.relationships_at(DATE '{day}', {EVER})")
            claims = rows(last, "SELECT claim_id, valid_from, valid_to FROM mart.fct_claim")
            about = {c["claim_id"] for c in claims if (c["valid_from"] or day) <= day <= (c["valid_to"] or day)}
            assert {row["claim_id"] for row in shown} <= about


def apart(row):
    """Return whether the two periods of a link have no day in common."""
    starts, ends = (row["a_from"], row["b_from"]), (row["a_to"], row["b_to"])
    return bool(starts[0] and ends[1] and starts[0] > ends[1]) or bool(starts[1] and ends[0] and starts[1] > ends[0])


@few
@given(arrivals, st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(arrived, random):
    with tempfile.TemporaryDirectory() as folder:
        one = home(Path(folder) / "one", arrived, LAST)
        other = home(Path(folder) / "other", arrived, LAST, random)
        for table in ("core.claim", "core.claim_link", "core.document", "core.document_copy", "mart.fct_relationship"):
            assert rows(one, f"SELECT * FROM {table}") == rows(other, f"SELECT * FROM {table}")
