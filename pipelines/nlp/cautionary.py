"""Statements about the future that lawyers ask for. What belongs here: which blocks are such a notice, and state nothing.

A notice names "forward-looking statements", and lists what might differ: plans, partners, shortages. Its items are the subjects of
statements made elsewhere (GUIDE rule 10). What does not belong here: risk factors, which are whole sentences of their own.
"""

import re
from functools import cache

from graph.model import load_ontology
from pipelines.records import Block, Document

# An item of a list that was broken into paragraphs: it goes on from the one before, or into the next.
_FRAGMENT = re.compile(r"[•·–—-]?\s*(?:[a-z]|.*[;,:]\s*(?:and|or)?\s*$)", re.S)


def cautionary_blocks(document: Document) -> frozenset[int]:
    """Return the indexes of the blocks that are, or that stand in, a notice about forward-looking statements."""
    found: set[int] = set()
    titled: set[int] = set()
    running = False
    for block in document.blocks:
        text = document.text_of(block)
        if block.kind == "heading":
            running = False
            if _notice().search(text):
                titled.add(block.index)
            continue
        named = bool(_notice().search(text))
        running = named or (running and _goes_on(block, text))
        if running or titled.intersection(block.headings):
            found.add(block.index)
    return frozenset(found)


def _goes_on(block: Block, text: str) -> bool:
    return block.kind == "list_item" or bool(_FRAGMENT.match(text))


@cache
def _notice() -> re.Pattern[str]:
    words = load_ontology().lexicons["frames"]["notices"]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.I)
