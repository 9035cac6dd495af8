"""Tiers: of two sentences about the same trade, the one that says it is a fact, the one that mentions it a candidate."""

import pytest

from graph.model import load_ontology, load_registry
from pipelines.nlp.extract import extract_claims
from pipelines.parse.read import read_document
from tests.score import own


def told(text, nlp, predicate, filer="Vertiv Holdings Co"):
    found = own.found_in(own.Case.of("tiers", text, [], filer=filer), nlp)
    return {claim.tier for claim in found if claim.predicate == predicate}


@pytest.mark.parametrize(
    "text",
    [
        "We sell our cooling units directly to hospital customers.",
        "We market and sell our cooling units to distributors.",
        "We continue to sell our cooling units to distributors.",
    ],
)
def test_trade_that_a_sentence_states_is_a_fact(nlp, text):
    assert told(text, nlp, "SUPPLIES") == {"fact"}


@pytest.mark.parametrize(
    "text",
    [
        "A recall may hit the cooling units that we sell to our customers.",
        "We aim to grow by selling cooling units to new customers.",
        "We intend to keep spending in order to deliver cooling units to our clients.",
        "We sell our cooling units to potential customers.",
        "We shipped forty cooling units to the affected customer.",
    ],
)
def test_trade_that_a_sentence_only_mentions_is_no_fact(nlp, text):
    assert "fact" not in told(text, nlp, "SUPPLIES")


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("Supply chain disruptions have increased our costs.", "fact"),
        ("Supply chain disruptions have hurt the industries to which we sell.", "candidate"),
        ("Chip manufacturers have been impacted by component shortages, as we learned.", "candidate"),
    ],
)
def test_harm_to_others_is_no_fact_of_the_filer(nlp, text, tier):
    assert told(text, nlp, "EXPOSED_TO") == {tier}


def of_note(text, nlp):
    document = read_document(
        f"---\ntopic: Cerebras\nauthor: A\npublished: 2025-01-01\n---\n# Cerebras\n\n{text}\n".encode(), "note.md"
    )
    return extract_claims(document, load_ontology(), load_registry(), nlp)


def test_the_amount_is_the_one_beside_the_fragment(nlp):
    found = of_note("- Halls: $300M, with $120M funded by Dell", nlp)

    assert [c.qualifiers.get("amount") for c in found if c.predicate == "FINANCES"] == ["$120M"]


def test_a_range_is_one_amount_and_a_market_or_valuation_is_none(nlp):
    assert {c.qualifiers.get("amount") for c in of_note("- Dell — customer ($5-6B deal)", nlp)} == {"$5-6B"}
    assert {c.qualifiers.get("amount") for c in of_note("- Dell — customer ($90B valuation)", nlp)} == {None}
    assert {c.qualifiers.get("amount") for c in of_note("- Opens a $2T new market with customers (Dell)", nlp)} == {
        None
    }


def test_a_cell_that_calls_a_part_potential_is_not_asserted(nlp):
    found = of_note("| Holder | Stake |\n|---|---|\n| SoftBank | Potential buyer; nothing signed |", nlp)

    assert {c.modality for c in found if c.predicate == "OWNS"} == {"hedged"}
