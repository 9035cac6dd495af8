"""The party that "it", "its" or "the company" takes up. What belongs here: that choice, only where it is safe.

Safe means: one organization alone before the word in the same sentence, else one alone in the sentence before, named at its start,
else, in the first sentence of a block, the one of the innermost heading. Otherwise nobody is meant.
"""

import re

from pipelines.nlp.mentions import owner_of
from pipelines.nlp.reading import BlockView, Filled
from pipelines.nlp.sentences import sentences
from pipelines.records import Party

# How far into the sentence before a name may stand and still be what that sentence is about.
_AT_START = 40
# A name behind one of these is not what its sentence is about.
_BEHIND = re.compile(r"\b(?:by|with|from|to|of|for|in|on|at|against|via|like|and|than)(?: the)? $")


def in_focus(view: BlockView, start: int, at: int) -> Filled | None:
    """Return whom a word at offset ``at``, in the sentence that begins at ``start``, takes up; or None."""
    here = _between(view, start, at)
    if here:
        return _alone(view, here)
    before = [span for span in sentences(view.text, view.block.start) if span[1] <= start]
    if not before:
        return view.heading_parties[0] if view.heading_parties else None
    named = _between(view, *before[-1])
    return _alone(view, named) if named and named[0].start - before[-1][0] < _AT_START else None


def _alone(view: BlockView, named: list[Filled]) -> Filled | None:
    text = view.context.document.text
    behind = _BEHIND.search(text[max(view.block.start, named[0].start - 14) : named[0].start].lower())
    return named[0] if len({filled.party.identity for filled in named}) == 1 and not behind else None


def _between(view: BlockView, start: int, end: int) -> list[Filled]:
    found = []
    for mention in view.mentions:
        party: Party = owner_of(mention.party, view.context.registry)
        if start <= mention.start and mention.end <= end and party.kind == "Organization":
            found.append(Filled(party, "focus", mention.start, mention.end))
    return found
