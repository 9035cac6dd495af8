"""Quantities: value, unit and family of numbers in text; bare numbers with the unit of a label; words that count as numbers."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.nlp.quantities import bare_quantity, quantities


def read(text):
    return [(q.value, q.unit, q.family, q.comparator) for q in quantities(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("about $12.5 billion", [("$12.5", "billion", "money", "~")]),
        ("$60-65B", [("$60-65", "B", "money", "=")]),
        ("more than 500 MW", [("500", "MW", "power", "≥")]),
        ("a 10-gigawatt site", [("10", "gigawatt", "power", "=")]),
        ("roughly seven gigawatts", [("7", "gigawatts", "power", "~")]),
        ("130 kW per rack", [("130", "kW per rack", "rack_power", "=")]),
        ("$2.30 per GPU-hour", [("$2.30", "per GPU-hour", "unit_price", "=")]),
        ("$18M/MW", [("$18", "M/MW", "unit_price", "=")]),
        ("up to 3.5x faster", [("3.5", "x", "multiple", "≤")]),
        ("three times faster", [("3", "times", "multiple", "=")]),
        ("cut the latency in half", [("50", "%", "percent", "=")]),
        ("capacity doubled", [("2", "x", "multiple", "=")]),
        ("a PUE of 1.2", [("1.2", "", "pue", "=")]),
        ("PUE: 1.6 → 1.15", [("1.15", "", "pue", "=")]),
        ("24 to 36 months", [("24 to 36", "months", "time", "=")]),
        ("1,000+ tokens/sec", [("1,000+", "tokens/sec", "rate", "≥")]),
        ("from $5B to $7B", [("$5", "B", "money", "="), ("$7", "B", "money", "=")]),
        ("costs range from $5 million to $7 million", [("$5 to $7", "million", "money", "=")]),
        ("of $31 billion-$35 billion", [("$31-$35", "billion", "money", "=")]),
        ("in the 70%-80% band", [("70-80", "%", "percent", "=")]),
        ("20% now, 20%-30% later", [("20", "%", "percent", "="), ("20-30", "%", "percent", "=")]),
        ("(ACME -7%)", [("-7", "%", "percent", "=")]),
        ("times fell 12 weeks to 8 weeks", [("12", "weeks", "time", "="), ("8", "weeks", "time", "=")]),
        ("$500M-$1B/year", [("$500M-$1", "B/year", "unit_price", "=")]),
        ("$500K-1M/MW", [("$500K-1", "M/MW", "unit_price", "=")]),
        ("PUE: 1.05-1.15 (best)", [("1.05-1.15", "", "pue", "=")]),
        ("would move from $3.7B to $4.4B", [("$3.7", "B", "money", "="), ("$4.4", "B", "money", "=")]),
        ("$52B - 2026 plan", [("$52", "B", "money", "=")]),
        ("they doubled down on it", []),
        ("in version v2.3.1 of March", []),
        ("", []),
    ],
)
def test_values_units_and_families(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("cell", "label", "expected"),
    [
        ("850", "Capacity (MW)", ("850", "MW", "power")),
        ("850 active", "Capacity (MW)", ("850", "MW", "power")),
        ("$2.49", "Price per hour", ("$2.49", "per hour", "unit_price")),
        ("2.49", "$/GPU-hr", ("$2.49", "/GPU-hr", "unit_price")),
        ("(3,236)", "in millions", ("$3,236", "million", "money")),
        ("12.5", "Capex ($B)", ("$12.5", "B", "money")),
        ("128", "Lead time, weeks", ("128", "weeks", "time")),
        ("1.08", "PUE", ("1.08", "", "pue")),
    ],
)
def test_a_bare_number_takes_the_unit_of_its_label(cell, label, expected):
    found = bare_quantity(cell, label)
    assert found is not None
    assert (found.value, found.unit, found.family) == expected
    assert (found.start, found.end) == (0, len(cell))


@pytest.mark.parametrize(
    ("cell", "label"), [("12", "2024"), ("n/a", "MW"), ("", "MW"), ("$5", "Capacity (MW)"), ("3 of 4 sites", "MW")]
)
def test_a_number_without_a_fitting_unit_is_no_quantity(cell, label):
    assert bare_quantity(cell, label) is None


@given(
    st.integers(1, 99_999),
    st.sampled_from(["MW", "GW", "kWh", "%", "months", "GB/s"]),
    st.sampled_from(["", "of power ", "(", "and then "]),
)
def test_any_whole_number_before_a_unit_is_found_where_it_stands(number, unit, before):
    text = f"{before}{number:,} {unit} in all"
    (found,) = quantities(text)

    assert found.value == f"{number:,}"
    assert text[found.start : found.end] == f"{number:,} {unit}"


@given(st.text(max_size=200))
def test_quantities_are_disjoint_ordered_and_inside_the_text(text):
    found = quantities(text)

    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(
    st.lists(
        st.sampled_from(["3 MW", "$5B", "12%", "2x faster", "doubled", "halved", "five years", "to", "and", "from"]),
        max_size=12,
    )
)
def test_the_same_quantities_are_found_in_a_sentence_as_alone(parts):
    text = " ; ".join(parts)
    alone = [(q.value, q.family) for part in parts for q in quantities(part)]

    assert [(q.value, q.family) for q in quantities(text)] == alone
