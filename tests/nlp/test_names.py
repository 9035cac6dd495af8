"""Who is meant: names without a registry, first person, topic, what "it" takes up; own texts, by construction."""

from pathlib import Path

import pytest
import yaml

from graph.model import load_ontology, load_registry
from pipelines.nlp.extract import extract_claims, read_context
from pipelines.parse.read import read_document

CASES = yaml.safe_load((Path(__file__).parent / "names.yml").read_text(encoding="utf-8"))


def context_of(text, nlp, name="note.md"):
    return read_context(read_document(text.encode(), name), load_ontology(), load_registry(), nlp)


def organizations(context):
    mentions = [m for _, found in sorted(context.mentions.items()) for m in found]
    return [m.party for m in mentions if m.party.kind == "Organization"]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:50] for case in CASES])
def test_names(case, nlp):
    parties = organizations(context_of(case["text"], nlp))

    assert {p.name for p in parties if not p.key} == set(case["names"])
    if "known" in case:
        assert {p.key for p in parties if p.key} == set(case["known"])


def test_mentions_are_slices_in_order_and_disjoint(nlp):
    text = "\n\n".join(case["text"] for case in CASES)
    context = context_of(text, nlp)

    for index, found in context.mentions.items():
        block = context.document.blocks[index]
        ends = [block.start]
        for mention in found:
            assert context.document.text[mention.start : mention.end] == mention.party.surface
            assert ends[-1] <= mention.start < mention.end <= block.end
            ends.append(mention.end)


CALL = """Fendral, Inc. (FNDR) Q1 earnings call transcript

Operator

Welcome. We are pleased to have you.

Ada Brook (Chief Executive Officer)

We rely on TSMC for our wafers.

Ben Stroud (Goldman Sachs)

We think that margins will fall.

Ada Brook

We sell to Oracle.
"""


def test_on_a_call_the_executives_speak_for_the_company(nlp):
    context = context_of(CALL, nlp)
    says = {
        context.document.text_of(context.document.blocks[i]): f.party.name for i, f in context.first_persons.items()
    }

    assert says == {"We rely on TSMC for our wafers.": "Fendral", "We sell to Oracle.": "Fendral"}


def test_a_press_release_speaks_for_the_firm_that_announces(nlp):
    context = context_of(
        "# New hall\n\nBERGEN, June 3 — Nordvik Hosting, Inc. today announced a hall.\n\nWe rely on Vertiv.\n", nlp
    )

    assert {f.party.name for f in context.first_persons.values()} == {"Nordvik Hosting"}


def test_an_essay_speaks_for_nobody_known(nlp):
    assert context_of("# On power\n\nWe think that NVIDIA needs more of it.\n", nlp).first_persons == {}


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("# Cerebras in 2025\n\nA note.\n", "Cerebras"),
        ("# Power is scarce\n\nNVIDIA and AMD differ.\n", None),
        ("# NVIDIA and AMD\n\nThey differ.\n", None),
        ("# Blackwell on small boards\n\nIt is quick.\n", None),
        ("# Quillmark\n\nQuillmark, a maker of lasers, grew.\n", "Quillmark"),
        ("# A year of growth\n\n" + "Oracle grew. " * 6 + "Dell did not.\n", "Oracle"),
        ("# A year of growth\n\n" + "Oracle grew. " * 3 + "Dell did not. " * 3 + "\n", None),
    ],
)
def test_topic(text, topic, nlp):
    found = context_of(text, nlp).topic

    assert (found.party.name if found else None) == topic


def test_an_unregistered_filer_keeps_its_usual_name(nlp):
    text = "FORM 10-K\n\nVARNHOLT HOLDINGS, INC.\n\n(Exact name of registrant as specified in its charter)\n\nVarnholt relies on TSMC.\n"
    context = context_of(text, nlp, "filing.txt")

    assert context.filer is not None
    assert (context.filer.party.name, context.filer.party.key) == ("Varnholt", "")
    assert [p.name for p in organizations(context)] == ["Varnholt", "Varnholt", "TSMC"]


def test_a_filer_without_a_name_on_the_cover_is_who_calls_itself_we(nlp):
    text = 'FORM 10-K\n\nUnited States Securities and Exchange Commission\n\nQuillmark Photonics, Inc. (together with its units, "Quillmark," "we" or "us") makes lasers.\n'
    context = context_of(text, nlp, "filing.txt")

    assert context.filer is not None
    assert context.filer.party.name == "Quillmark Photonics"


TAKES_UP = [
    ("Arista said it depends on Broadcom for silicon.", ["Arista | DEPENDS_ON | Broadcom"]),
    ("Arista had a good year. It depends on Broadcom for silicon.", ["Arista | DEPENDS_ON | Broadcom"]),
    ("Arista had a good year. Its suppliers include Broadcom.", ["Broadcom | SUPPLIES | Arista"]),
    ("Arista had a good year. The company depends on Broadcom for silicon.", ["Arista | DEPENDS_ON | Broadcom"]),
    ("Arista and Nokia had a good year. It depends on Broadcom for silicon.", []),
    ("The board met at Arista. Nobody spoke. It depends on Broadcom for silicon.", []),
]


@pytest.mark.parametrize(("text", "expected"), TAKES_UP, ids=[text[:40] for text, _ in TAKES_UP])
def test_it_takes_up_the_one_party_in_focus(text, expected, nlp):
    claims = extract_claims(read_document(text.encode(), "note.md"), load_ontology(), load_registry(), nlp)

    assert [f"{c.subject.name} | {c.predicate} | {c.object.name}" for c in claims] == expected
    for claim in claims:
        assert {slot.source for slot in claim.frame} == {"focus"}


@pytest.mark.parametrize(
    ("text", "tiers"),
    [
        ("We sell boards to customers.", {"fact"}),
        ("Customers may purchase boards from us later.", {"candidate"}),
        ("We purchase lenses from Holmquist Optics, Inc.", {"candidate"}),
        ("We purchase memory from Micron.", {"fact"}),
        ("We purchase lenses from a limited number of suppliers.", {"fact"}),
    ],
)
def test_what_names_a_fact_needs(text, tiers, nlp):
    filing = f"AMD\n\n(Exact name of registrant as specified in its charter)\n\n{text}\n"
    claims = extract_claims(read_document(filing.encode(), "filing.txt"), load_ontology(), load_registry(), nlp)

    assert {c.tier for c in claims} == tiers


def test_a_label_keeps_its_amount(nlp):
    text = "AMD\n\n(Exact name of registrant as specified in its charter)\n\nWe purchase lenses from a limited number of suppliers.\n"
    claims = extract_claims(read_document(text.encode(), "filing.txt"), load_ontology(), load_registry(), nlp)

    assert [c.subject.name for c in claims if c.predicate == "SUPPLIES"] == ["a limited number of suppliers"]


def test_a_title_names_the_topic_by_its_ticker_or_by_an_unregistered_name(nlp):
    ticker = context_of("# GRRR — Market Analysis\n\nGRRR's backlog is large.\n", nlp)
    assert ticker.topic is not None
    assert ticker.topic.party.name == "Gorilla Technology"
    assert {m.party.surface for m in ticker.mentions[1]} == {"GRRR"}

    unknown = context_of("# Fendrall — Market Analysis\n\nFendrall is big. Fendrall grows. Fendrall sells.\n", nlp)
    assert unknown.topic is not None
    assert (unknown.topic.party.name, unknown.topic.party.key) == ("Fendrall", "")


@pytest.mark.parametrize(
    "text",
    [
        "# Inference — Market Analysis\n\nInference is big. Inference grows. Inference costs. Inference.\n",
        "# Fendrall — how we cook\n\nFendrall is big. Fendrall grows. Fendrall costs. Fendrall.\n",
        "# Fendrall — Market Analysis\n\nIt is big.\n",
        "# COST — what it takes\n\nThe COST of power.\n",
    ],
)
def test_a_title_of_something_else_names_no_topic(text, nlp):
    assert context_of(text, nlp).topic is None
