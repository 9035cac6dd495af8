"""Headings that are members: "Competitors" with "1. Acme" and "2. Bolt" as headings of their own below it. What belongs here: those.

What does not: the lists and rows below such a heading (``framed_items``, ``framed_tables``).
"""

import re
from collections.abc import Iterator

from pipelines.nlp.cues import Cue, cue_of
from pipelines.nlp.framed_reading import reading, trust
from pipelines.nlp.members import organizations
from pipelines.nlp.reading import BlockView, Filled, Reading
from pipelines.nlp.slots import other_side
from pipelines.records import Party

# "1. Acme (cloud)", "vs. Acme": what may stand before the name of a heading that is a member, and behind it.
_BEFORE = re.compile(r"(?:#?\d+[.):]?|[A-Z][.)]|[*•—–-]|\s)*")
_AGAINST = re.compile(r"(?:#?\d+[.):]?|\s)*(?:vs|versus)\.?\s+", re.I)
_BRACKETED = re.compile(r"\([^()]*\)")
_BEHIND = re.compile(r"(?:\s+[\w.-]+){0,2}\s*(?:\(.*\)|[:—–-].*)?$")


def read(view: BlockView) -> Iterator[Reading]:
    """Yield the claim of a heading that is little more than a name, below a heading that gives the predicate."""
    start, end = view.block.start, view.block.end
    named = organizations(view, start, end)
    if not named:
        return
    if cue := cue_of(view.text, "headings"):
        yield from _bracketed(view, cue)
        return
    party, first = named[0]
    before, behind = view.text[: first.start - start], view.text[first.end - start :]
    other = other_side(view, [party])
    if other is None or not _BEHIND.match(behind):
        return
    if _AGAINST.fullmatch(before):
        made = reading(view, Cue("COMPETES_WITH", "object"), party, other, (start, end), None, "member_heading")
        made.quality = min(made.quality, trust("member_heading", "row"))
        yield made
    elif _BEFORE.fullmatch(before) and (found := _cue_above(view)):
        yield reading(view, found[0], party, other, (start, end), found[1], "member_heading")


def _bracketed(view: BlockView, cue: Cue) -> Iterator[Reading]:
    """Yield the members that a heading with a cue lists in its own brackets: "Cloud customers (Acme, Bolt)"."""
    match = _BRACKETED.search(view.text)
    if not match:
        return
    start, end = view.block.start, view.block.end
    members = [party for party, _ in organizations(view, start + match.start(), start + match.end())]
    other = other_side(view, members)
    frame = Filled(Party(cue.predicate, view.text[:80], "Value"), "heading", start, end)
    for member in members if other else ():
        yield reading(view, cue, member, other, (start, end), frame, "member_heading")  # type: ignore[arg-type]


def _cue_above(view: BlockView) -> tuple[Cue, Filled] | None:
    """Return the cue of the heading right above, with that heading, or None where it gives none."""
    if not view.block.headings:
        return None
    frame = view.context.document.blocks[view.block.headings[-1]]
    title = view.context.document.text_of(frame)
    cue = cue_of(title, "headings")
    return (cue, Filled(Party(cue.predicate, title[:80], "Value"), "heading", frame.start, frame.end)) if cue else None
