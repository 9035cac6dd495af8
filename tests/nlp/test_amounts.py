"""Amounts of claims: counted in what the filing counts in, and of nobody else. Roles: what is sold, not to whom."""

import pytest

from graph.model import load_ontology, load_registry
from pipelines.nlp.extract import extract_claims
from pipelines.nlp.prose import role_beside, role_of
from pipelines.parse.read import read_document
from pipelines.records import Party
from tests.nlp.ixbrl import NOW, Filing

SUPPLIES = load_ontology().predicates["SUPPLIES"]


def amounts(document, nlp, predicate):
    claims = extract_claims(document, load_ontology(), load_registry(), nlp)
    return {
        f"{c.subject.name} | {c.object.name}": c.qualifiers.get("amount") for c in claims if c.predicate == predicate
    }


def test_the_tag_of_a_number_gives_its_scale(nlp):
    f = Filing()
    notes = f.amount("650,000", "us-gaap:DebtInstrumentFaceAmount", scale=3, period=NOW)

    found = amounts(f.read(f"<p>In May we issued ${notes} of convertible senior notes.</p>"), nlp, "FINANCES")

    assert found == {"holders of the notes | AMD": "$650,000 thousand"}


@pytest.mark.parametrize(
    ("written", "amount"), [("$650", None), ("$650 million", "$650 million"), ("$9,100,000", "$9,100,000")]
)
def test_without_a_tag_a_filing_in_millions_leaves_an_amount_open(written, amount, nlp):
    body = f"<p>Tables are in millions.</p><p>In May we issued {written} of convertible senior notes.</p>"

    assert amounts(Filing().read(body), nlp, "FINANCES")["holders of the notes | AMD"] == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Oracle completed its acquisition of Crusoe, its largest deal since Cerner ($28B, 2022).", None),
        ("Oracle completed its acquisition of Crusoe ($28B, 2022).", "$28B"),
    ],
)
def test_a_sum_behind_a_third_name_is_not_of_the_pair(text, amount, nlp):
    found = amounts(read_document(text.encode(), "note.md"), nlp, "OWNS")

    assert found == {"Oracle | Crusoe": amount}


def test_the_sum_of_a_round_is_not_each_investors(nlp):
    page = """# OpenAI

| Date | Amount | Investors |
|---|---|---|
| 2024 | $40B | SoftBank ($30B), Coatue, MGX |
| 2023 | $10B | Microsoft |
"""

    found = amounts(read_document(page.encode(), "note.md"), nlp, "FINANCES")

    assert found == {
        "SoftBank | OpenAI": "$30B",
        "Coatue | OpenAI": None,
        "MGX | OpenAI": None,
        "Microsoft | OpenAI": "$10B",
    }


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("we sell wafers", "foundry"),
        ("new instances powered by fast chips", "cloud_compute"),
        ("powered by fast chips", "chips"),
        ("sold through a global network of shops", "other"),
        ("a powerful tool", "equipment"),
        ("sold on a subscription model", "other"),
        ("network adapters", "network"),
    ],
)
def test_a_role_is_told_by_whole_words(text, role):
    assert role_of(SUPPLIES, text) == role


def test_words_for_the_buyer_tell_no_role():
    buyer = Party("contract manufacturers", "contract manufacturers", "AnonymousParty", named=False)

    assert role_beside(SUPPLIES, "We sell chips to contract manufacturers.", buyer) == "chips"


@pytest.mark.parametrize(
    "written", ["$4 billion", "4 billion dollars", "4.5 billion U.S. dollars", "300 million euros"]
)
def test_a_sum_is_read_with_its_currency_as_sign_or_word(written, nlp):
    found = amounts(read_document(f"Amazon invested {written} in Anthropic.".encode(), "note.md"), nlp, "FINANCES")

    assert found == {"Amazon | Anthropic": written}
