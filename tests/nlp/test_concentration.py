"""Concentration: shares go to their parties and periods; a pointer at a table or a place is no customer."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import load_ontology, load_registry
from pipelines.nlp import concentration, concentration_rows
from pipelines.nlp.mentions import Lexicon
from pipelines.nlp.reading import BlockView, DocumentContext, Filled
from pipelines.parse.read import read_document
from pipelines.records import Party

AMD = Filled(Party("AMD", "AMD", "Organization", "amd"), "filer", 0, 1)


def shown(text):
    document = read_document(text.encode(), "note.md")
    mentions = Lexicon(load_registry(), load_ontology()).find(document)
    context = DocumentContext(document, load_ontology(), load_registry(), mentions, AMD, AMD)
    block = document.blocks[0]
    found = mentions.get(block.index, [])
    readings = concentration.read(BlockView(context, block, found, AMD, [], None), block.start, block.end, found)
    return [(r.object.name, r.qualifiers.get("share"), r.polarity, r.modality) for r in readings]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "Sales to Customers A and B represented 14% and 11% of total revenue.",
            [("Customer A", "14%", "positive", "asserted"), ("Customer B", "11%", "positive", "asserted")],
        ),
        (
            "Dell and Lenovo accounted for 24% and 21% of our revenue, respectively.",
            [("Dell", "24%", "positive", "asserted"), ("Lenovo", "21%", "positive", "asserted")],
        ),
        (
            "Customer C accounted for 19% and 12% of revenue in 2024 and 2023, respectively.",
            [("Customer C", "19%", "positive", "asserted"), ("Customer C", "12%", "positive", "historical")],
        ),
        (
            "Two customers accounted for 17% and 16% of our accounts receivable.",
            [
                ("Two customers (1)", "17%", "positive", "asserted"),
                ("Two customers (2)", "16%", "positive", "asserted"),
            ],
        ),
        (
            "Our three largest customers accounted for 46%, 16%, and approximately 14% of our revenue.",
            [
                ("Our three largest customers (1)", "46%", "positive", "asserted"),
                ("Our three largest customers (2)", "16%", "positive", "asserted"),
                ("Our three largest customers (3)", "14%", "positive", "asserted"),
            ],
        ),
        (
            "Two customers each represented 11% of revenue.",
            [
                ("Two customers (1)", "11%", "positive", "asserted"),
                ("Two customers (2)", "11%", "positive", "asserted"),
            ],
        ),
        (
            "Our top two customers together accounted for 31% and 28% of revenue for the years ended June 30, 2024 and 2023, "
            "respectively, and 35% and 30% for the three months ended September 30, 2024 and 2023, respectively.",
            [
                ("Our top two customers", "31%", "positive", "asserted"),
                ("Our top two customers", "28%", "positive", "historical"),
                ("Our top two customers", "35%", "positive", "asserted"),
                ("Our top two customers", "30%", "positive", "historical"),
            ],
        ),
        (
            "One customer accounted for 15% and 17% of revenue for the third quarter and first nine months of fiscal year 2024.",
            [("One customer", "15%", "positive", "asserted"), ("One customer", "17%", "positive", "asserted")],
        ),
        (
            "Customers A and B accounted for 14% and 11% of revenue in 2024, and 12% and 10% in 2023.",
            [
                ("Customer A", "14%", "positive", "asserted"),
                ("Customer B", "11%", "positive", "asserted"),
                ("Customer A", "12%", "positive", "historical"),
                ("Customer B", "10%", "positive", "historical"),
            ],
        ),
        ("Norway accounted for 3% of total end customer sales.", []),
        (
            "One customer accounted for 10% or more of our revenue.",
            [("One customer", "≥10%", "positive", "asserted")],
        ),
        (
            "No customer accounted for 10% or more of our revenue.",
            [("customer ≥10%", None, "negative", "asserted")],
        ),
        ("Revenue from customers outside the Americas represented 60% of revenue.", []),
        ("The following customers accounted for 10% or more of revenue:", []),
        ("Such customers together accounted for 55% of revenue.", []),
    ],
)
def test_shares_of_a_sentence(text, claims):
    assert shown(text) == claims


ROWS = """| Customer | 2024 | 2023 |
|---|---|---|
| Customer A | 14% | 12% |
| Customer B | * | 11% |
| Dell | 10% | 13% |
| Customer C | Client | 16% |
| Europe | 30% | 28% |
"""
LINES = "Customer A 31% 12%\n\nCustomer B * 15%\n\nSupplier One 20% 22%\n\nCustomer loyalty grew 12%\n"


def rows_of(said, rows, name):
    cover = "ADVANCED MICRO DEVICES, INC.\n\n(Exact name of registrant as specified in its charter)\n\n"
    document = read_document((cover + said + "\n\n" + rows).encode(), name)
    mentions = Lexicon(load_registry(), load_ontology()).find(document)
    context = DocumentContext(replace(document, kind="filing"), load_ontology(), load_registry(), mentions, AMD, AMD)
    views = (BlockView(context, b, mentions.get(b.index, []), AMD, [], None) for b in document.blocks)
    found = [r for view in views for r in concentration_rows.read(view)]
    return [
        (r.subject.name, r.object.name, r.qualifiers["share"], r.qualifiers["benchmark"], r.modality) for r in found
    ]


def test_rows_under_words_that_say_of_what():
    said = "Customers that represented 10% or more of our revenue:"

    assert rows_of(said, ROWS, "amd.md") == [
        ("AMD", "Customer A", "14%", "revenue", "asserted"),
        ("AMD", "Customer A", "12%", "revenue", "historical"),
        ("AMD", "Customer B", "11%", "revenue", "historical"),
        ("AMD", "Dell", "10%", "revenue", "asserted"),
        ("AMD", "Dell", "13%", "revenue", "historical"),
        ("AMD", "Customer C", "16%", "revenue", "historical"),
    ]


def test_lines_of_a_table_in_plain_text():
    said = "Customers and suppliers that accounted for 10% or more of accounts receivable or payable are as follows:"

    assert rows_of(said, LINES, "amd.txt") == [
        ("AMD", "Customer A", "31%", "receivables", "asserted"),
        ("Supplier One", "AMD", "20%", "receivables", "asserted"),
    ]


def test_rows_without_such_words_say_nothing():
    assert rows_of("Customers answered our survey:", ROWS, "amd.md") == []


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "An indirect customer which primarily purchases our products through distributors, including through Customer B, represented 10% or more of total revenue.",
            [("indirect customer", "≥10%", "positive", "asserted")],
        ),
        (
            "Two end customers that buy through resellers, including from Customer E, represented 10% or more of revenue.",
            [("Two end customers", "≥10%", "positive", "asserted")],
        ),
        ("Ireland represented 18% of total revenue by customer billing location.", []),
    ],
)
def test_go_betweens_and_places_are_no_customers(text, claims):
    assert shown(text) == claims


SHARES = st.lists(st.integers(10, 99), min_size=2, max_size=5)


def listed(shares):
    words = [f"{share}%" for share in shares]
    return f"{', '.join(words[:-1])} and {words[-1]}"


@given(SHARES)
def test_each_share_of_a_list_is_one_number_of_one_party(shares):
    found = shown(f"Our largest customers accounted for {listed(shares)} of our revenue.")

    assert [share for _, share, _, _ in found] == [f"{share}%" for share in shares]
    assert len({name for name, _, _, _ in found}) == len(shares)


@given(st.lists(st.integers(2015, 2030), min_size=2, max_size=4, unique=True), st.data())
def test_each_share_of_years_is_one_period_and_only_the_latest_is_no_history(years, data):
    shares = data.draw(st.lists(st.integers(10, 99), min_size=len(years), max_size=len(years)))
    named = f"{', '.join(map(str, years[:-1]))} and {years[-1]}"

    found = shown(f"Customer C accounted for {listed(shares)} of our revenue in {named}, respectively.")

    assert [(share, modality) for _, share, _, modality in found] == [
        (f"{share}%", "asserted" if year == max(years) else "historical")
        for share, year in zip(shares, years, strict=True)
    ]
