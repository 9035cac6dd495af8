"""Frames: what headings, columns, labels and fragments give, and what they must not; own texts, by construction."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from graph.model import load_ontology, load_registry
from pipelines.nlp.cues import cue_of
from pipelines.nlp.extract import extract_claims
from pipelines.nlp.scarcity import named_in, off_list
from pipelines.parse.read import read_document

CASES = yaml.safe_load((Path(__file__).parent / "frames.yml").read_text(encoding="utf-8"))


def document_of(text):
    # A few names are too little text to tell the language by.
    return replace(read_document(text.encode(), "note.md"), language="en")


def claims_of(text, nlp):
    return extract_claims(document_of(text), load_ontology(), load_registry(), nlp)


@pytest.mark.parametrize("case", CASES, ids=[case["text"].replace("\n", " ")[:60] for case in CASES])
def test_frames(case, nlp):
    found = [c for c in claims_of(case["text"], nlp) if c.predicate != "HAS_METRIC"]

    shown = sorted(f"{c.subject.name} | {c.predicate} | {c.object.name} | {c.polarity} | {c.modality}" for c in found)
    assert shown == sorted(case["claims"])


@pytest.mark.parametrize(
    ("title", "place", "predicate"),
    [
        ("Key customers (2025)", "headings", "SUPPLIES"),
        ("Partners and competitors", "headings", None),
        ("Customer concentration", "headings", None),
        ("Customer intimacy", "labels", None),
        ("Value to customers", "headings", None),
        ("Lead investors", "columns", "FINANCES"),
        ("Cost of ownership", "labels", None),
        ("Custom silicon", "labels", None),
        ("We told our customers that nothing would change for them this year or next", "headings", None),
    ],
)
def test_a_title_is_a_cue_only_where_the_cue_heads_it(title, place, predicate):
    cue = cue_of(title, place)

    assert (cue.predicate if cue else None) == predicate


def test_evidence_of_a_row_names_every_frame_that_fills_it(nlp):
    text = "# Groq\n\n## Money\n\n| Investor | Stage |\n|---|---|\n| Samsung | Strategic |\n"
    document = document_of(text)
    (claim,) = claims_of(text, nlp)

    assert claim.quote == "Samsung | Strategic"
    assert {s.slot: (s.source, document.text[s.start : s.end]) for s in claim.frame} == {
        "predicate": ("column", "Investor"),
        "object": ("heading", "Groq"),
    }
    assert claim.tier == "fact" and claim.qualifiers["kind"] == "equity"


def test_a_deal_without_direction_runs_along_the_chain_of_supply(nlp):
    seller = claims_of("# Cerebras\n\n- $2B OpenAI deal\n", nlp)
    buyer = claims_of("# OpenAI\n\n- $2B Cerebras deal\n", nlp)

    for claims in (seller, buyer):
        deals = [(c.subject.name, c.object.name) for c in claims if c.predicate == "COMMITS_TO"]
        assert deals == [("OpenAI", "Cerebras")]


def test_scarcities_have_a_code_or_their_own_words():
    assert [s.code for s in named_in("CoWoS and HBM are short")] == ["advanced_packaging", "hbm_memory"]
    assert off_list("Shell delays in two states").code == "other:shell delays"
    assert off_list("Delays") is None


def test_the_items_of_a_notice_about_the_future_state_nothing(nlp):
    html = (
        "<html><body><p>FORM 10-K</p><p>This report contains forward-looking statements, among them about:</p>"
        "<p>as Vertiv depends on TSMC;</p><p>supply chain constraints that limit our sales; and</p>"
        "<p>NVIDIA buys chips from TSMC.</p></body></html>"
    )

    found = extract_claims(read_document(html.encode(), "vertiv_10-K_.htm"), load_ontology(), load_registry(), nlp)

    assert [(c.subject.name, c.predicate, c.object.name) for c in found] == [("TSMC", "SUPPLIES", "NVIDIA")]


def test_executives_are_known_by_the_list_of_participants(nlp):
    page = b"""<html><head><title>Arista (ANET) Q1 2026 Earnings Call Transcript</title></head><body>
<h1>Arista (ANET) Q1 2026 Earnings Call Transcript</h1><h2>Call participants</h2>
<ul><li>Chief Executive Officer \xe2\x80\x94 Ann B. Lee</li></ul><h2>Full Conference Call Transcript</h2>
<p><strong>Ann Lee:</strong> We buy switch chips from Broadcom, and that will go on for years to come.</p>
<p><strong>Bob Ray:</strong> Thanks for taking my question, for we buy memory from Micron. How do you see the year?</p>
<p><strong>Ann Lee:</strong> Thank you, Bob. It will be a good one.</p><p><strong>Bob Ray:</strong> Thanks.</p></body></html>"""
    document = replace(read_document(page, "call.html"), language="en")

    found = extract_claims(document, load_ontology(), load_registry(), nlp)
    assert [(c.subject.name, c.predicate, c.object.name) for c in found] == [("Broadcom", "SUPPLIES", "Arista")]
