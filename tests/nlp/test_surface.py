"""Surface patterns: each finds its own sentences and leaves the one that only looks alike; masking keeps offsets."""

from pathlib import Path

import pytest
import yaml

from graph.model import load_ontology, load_registry
from pipelines.nlp import surface
from pipelines.nlp.masking import mask
from pipelines.nlp.mentions import Lexicon
from pipelines.nlp.reading import BlockView, DocumentContext, Filled, Mention
from pipelines.nlp.sentences import sentences
from pipelines.parse.read import read_document
from pipelines.records import Party

FOLDER = Path(__file__).parent / "surface"
AMD = Filled(Party("AMD", "AMD", "Organization", "amd"), "filer", 0, 1)
GROQ = Filled(Party("Groq", "Groq", "Organization", "groq"), "topic", 0, 1)
FRAMES = {"filing": (AMD, AMD), "note": (None, None), "page": (None, GROQ)}
LEXICON = Lexicon(load_registry(), load_ontology())


def _cases():
    for path in sorted(FOLDER.glob("*.yml")):
        for frame, entries in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            for name, wanted in entries.items():
                none = wanted.pop("none")
                yield pytest.param(f"{path.stem}.{name}", frame, wanted, none, id=f"{path.stem}.{name}")


CASES = list(_cases())


def found(text, frame, method):
    document = read_document(text.encode(), "note.md")
    first_person, topic = FRAMES[frame]
    mentions = LEXICON.find(document)
    context = DocumentContext(document, load_ontology(), load_registry(), mentions, first_person, topic)
    views = [BlockView(context, b, mentions.get(b.index, []), first_person, [], None) for b in document.blocks]
    return [
        f"{r.subject.name} | {r.object.name}"
        for view in views
        for start, end in sentences(view.text, view.block.start)
        for r in surface.read(view, start, end, [m for m in view.mentions if start <= m.start < end])
        if r.method == f"rule:{method}"
    ]


@pytest.mark.parametrize(("method", "frame", "wanted", "none"), CASES)
def test_a_pattern_finds_its_sentences_and_no_other(method, frame, wanted, none):
    assert len(wanted) >= 3
    missing = {s: f for s, pair in wanted.items() if pair not in (f := found(s, frame, method))}
    assert not missing
    assert {s: found(s, frame, method) for s in none} == {s: [] for s in none}


def test_every_pattern_has_its_sentences():
    have = {case.id for case in CASES}
    assert {f"{p.predicate.lower()}.{p.id}" for p in surface.patterns()} == have


def test_masking_drops_suffixes_and_definitions_and_keeps_offsets():
    text = "We buy from Acme, Inc. (“Acme”), or ACM, and Bolt Corp. today."
    acme = Mention(12, 16, Party("Acme", "Acme", "Organization", "acme"))
    bolt = Mention(text.index("Bolt"), text.index("Bolt") + 4, Party("Bolt", "Bolt", "Organization", "bolt"))

    masked = mask(text, 0, len(text), [acme, bolt])

    assert masked.text == "We buy from \ue000, or ACM, and \ue001 today."
    assert masked.mention("\ue001") is bolt
    at = masked.text.index("today")
    assert text[slice(*masked.span(at, at + 5))] == "today"
    assert masked.span(12, 13) == (12, 16)
