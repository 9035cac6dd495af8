"""Concentration: shares go to their parties and periods; a pointer at a table or a place is no customer."""

import pytest

from graph.model import load_ontology, load_registry
from pipelines.nlp import concentration
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
            [("Two customers", "17% and 16%", "positive", "asserted")],
        ),
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
