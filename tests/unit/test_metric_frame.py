"""How a number is meant: modality, period and baseline off its clause and its column's header."""

from datetime import date

import pytest

from pipelines.nlp.metric_frame import baseline_of, modality_of, period_of
from pipelines.records import Document


def note(published=date(2025, 6, 1)):
    return Document(sha256="0", kind="article", text="", blocks=(), published=published)


@pytest.mark.parametrize(
    ("clause", "header", "expected"),
    [
        ("capex was $5 billion", "", "asserted"),
        ("capex guidance of $5 billion", "", "planned"),
        ("$5B", "2031", "planned"),
        ("$5B", "2024", "asserted"),
        ("$5B", "2025E", "planned"),
        ("$5B", "FY2025 guidance", "planned"),
        ("capex could reach $5 billion", "", "hedged"),
        ("$5B FY2025 capex needs debt", "", "planned"),
        ("capex | $5B", "2025", "planned"),
        ("capex was $5 billion in 2025", "", "asserted"),
        ("capex of $5 billion in the first half of 2025", "", "asserted"),
        ("power of 5 MW in 2025", "", "asserted"),
        ("2010-2015 | 4 kW", "", "historical"),
        ("2023-2025 | 4 kW", "", "asserted"),
    ],
)
def test_modality_by_clause_and_header(clause, header, expected):
    assert modality_of(note(), "", "", clause, header) == expected


def test_what_a_number_came_up_from_is_history():
    assert modality_of(note(), "capex of $9 billion, up from ", ".", "capex of $9 billion") == "historical"
    assert modality_of(note(), "grew from ", " to $9 billion", "capex grew") == "historical"
    assert modality_of(note(), "power from ", " on", "power from the grid") == "asserted"


@pytest.mark.parametrize(
    ("header", "clause", "expected"),
    [
        ("Q3 2025", "", (date(2025, 7, 1), date(2025, 9, 30), "quarter")),
        ("2024", "in 2023", (date(2024, 1, 1), date(2024, 12, 31), "year")),
        ("FY26", "", (date(2026, 1, 1), date(2026, 12, 31), "fiscal_year")),
        ("", "capex in 2030", (date(2030, 1, 1), date(2030, 12, 31), "year")),
        ("", "from 2023 to 2025", None),
        ("Value", "2,024 MW", None),
    ],
)
def test_the_one_period_that_is_named(header, clause, expected):
    assert period_of(header, clause) == expected


def test_the_baseline_stands_behind_the_number():
    text = "is 30x faster than the previous generation, at 2x the price"
    assert baseline_of(text, text.index(" faster")) == "previous generation"
    assert baseline_of("draws 5 MW. More than before", 10) == ""
