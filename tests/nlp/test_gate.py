"""The gate: sentences that could hold a claim of a dependency pattern pass, others never reach the parser."""

import pytest

from graph.model import load_ontology, load_registry
from pipelines.nlp.extract import read_context
from pipelines.nlp.frames import build_views
from pipelines.nlp.gate import gate_of
from pipelines.nlp.reading import Sentence
from pipelines.parse.read import read_document


def passes(text, nlp):
    """Return whether the last block of a note with this text passes, taken as one sentence."""
    document = read_document(f"# Notes\n\n{text}\n".encode(), "note.md")
    view = list(build_views(read_context(document, load_ontology(), load_registry(), nlp)))[-1]
    return gate_of(nlp).passes(view, Sentence(view.block.start, view.block.end, view.mentions))


@pytest.mark.parametrize(
    "text",
    [
        "NVIDIA bought Mellanox and sells its switches to Microsoft.",
        "Dell depends on a limited number of suppliers.",
        "Micron’s customers include NVIDIA.",
        "Oracle was lent the money by Blackstone, which it owes to Microsoft, and Blackstone lent to Oracle.",
        "TSMC fabricates wafers for customers.",
        "For a number of clients, Equinix provides halls.",
        "Dell sells most of its racks, at prices that are agreed a year ahead, to clients and to vendors.",
        "Equinix provides some larger clients halls.",
        "Micron uses one contractor.",
    ],
)
def test_a_trigger_with_enough_parties_passes(text, nlp):
    assert passes(text, nlp)


@pytest.mark.parametrize(
    "text",
    [
        "NVIDIA shares rose on Tuesday, and Microsoft shares fell.",
        "Suppliers sell to customers.",
        "Dell depends on the weather.",
        "NVIDIA competes fiercely.",
        "Micron has customers.",
        "Suppliers like what Dell makes.",
        "Customers who like to wait know that Dell provides halls.",
        "It uses power, and customers do too.",
        "The weather was fine.",
    ],
)
def test_a_sentence_without_trigger_parties_or_preposition_does_not(text, nlp):
    assert not passes(text, nlp)
