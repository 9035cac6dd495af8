"""Fragments in their frame. What belongs here: whom a fragment tells about, which way a deal runs, when it makes no claim.

What does not: the patterns (``fragments`` and the ontology), or the order of frames (``slots``).
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from pipelines.nlp import force, fragments
from pipelines.nlp.cues import Cue
from pipelines.nlp.framed_reading import nearest_amount, reading, trust
from pipelines.nlp.members import organizations, words
from pipelines.nlp.reading import BlockView, Filled, Reading
from pipelines.nlp.sentences import sentences
from pipelines.nlp.slots import buys_from, holds, other_side
from pipelines.records import Party

_BRACKETED = re.compile(r"\([^()]*\)")
_JOINED = re.compile(r"[,/+&]|\band\b|\s[—–]\s")
# Behind one of these another clause begins, with a subject of its own.
_APART = re.compile(r"\b(?:after|while|when|since|because|before|as|but|whereas|although)\b", re.I)
_SEGMENT = re.compile(r";\s+")
_AROUND = 40
# Farther than this from the fragment, the organization named before it may be the subject of something else.
_NEAR = 60


def fragment_readings(view: BlockView, start: int, end: int, nearest: Filled | None) -> Iterator[Reading]:
    """Yield what the fragments of ``start``..``end`` say; ``nearest`` is the item's or row's own party."""
    text = view.context.document.text[start:end]
    for begin, stop in sentences(text, start):
        at = begin
        for part in _SEGMENT.split(view.context.document.text[begin:stop]):
            place = view.context.document.text.index(part, at)
            at = place + len(part)
            yield from _segment(view, place, at, nearest)


def _segment(view: BlockView, start: int, end: int, nearest: Filled | None) -> Iterator[Reading]:
    for found in fragments.find(view, start, end):
        entry = found.pattern.entry
        members, other = _sides(view, found, (start, end), nearest)
        if other is None or (entry.get("other") == "itself" and other.source != "row"):
            continue
        side = found.pattern.member if found.members else "object"
        told = (entry.get("kind", ""), entry.get("role", ""))
        cue = Cue(found.pattern.predicate, side, *told, direction=entry.get("direction", ""))
        for member in members:
            if not _is_open(view, entry.get("direction", ""), member, other):
                yield _fragment(view, directed(view, cue, member, other), member, other, (start, end), found)


def _sides(
    view: BlockView, found: fragments.Fragment, span: tuple[int, int], nearest: Filled | None
) -> tuple[list[Party], Filled | None]:
    """Return the members of a fragment and who stands on the other side; nobody where it makes no claim."""
    entry, members = found.pattern.entry, list(found.members)
    if not members:
        # The fragment tells of the item's own head: the frame around it is the other side.
        return ([nearest.party], other_side(view, [nearest.party])) if nearest else ([], None)
    if not entry.get("polarity") and _is_idle(view, found, *span):
        return [], None
    if found.other:
        party, mention = found.other
        return members, Filled(party, "row", mention.start, mention.end)
    if entry.get("other") == "row":
        return members, nearest
    return members, _said_before(view, span[0], found.start, members) or other_side(view, members, nearest)


def _is_open(view: BlockView, direction: str, member: Party, other: Filled) -> bool:
    """Return whether words without a direction of their own get none from what the two do, so that they make no claim."""
    if direction == "must":
        return not buys_from(view, other.party, member)
    return direction == "held" and not holds(view, other.party, member)


def directed(view: BlockView, cue: Cue, member: Party, other: Filled) -> Cue:
    """Return ``cue`` with the buyer or owner of the two as subject where its words have no direction and what the two do has."""
    ordered = {"chain": buys_from, "holder": holds}.get(cue.direction)
    first = ordered(view, member, other.party) if ordered else None
    return cue if first is None else replace(cue, member="subject" if first else "object")


def _is_idle(view: BlockView, found: fragments.Fragment, start: int, end: int) -> bool:
    """Return whether no claim is made of ``found``: it is denied, undone, or its member was the subject before it."""
    text = view.context.document.text
    before = {party.identity for party, _ in organizations(view, start, found.start)}
    if any(member.identity in before for member in found.members if member.key):
        return True
    around = text[max(start, found.start - _AROUND) : min(end, found.end + _AROUND)]
    return _is_denied(text[start : found.start]) or _is_undone(around)


def _is_denied(before: str) -> bool:
    """Return whether the words before a fragment deny it or say that it ends: no claim is made of those."""
    return bool(force.pattern("negators").search(before[-30:]) or ends().search(before[-40:]))


def _is_undone(around: str) -> bool:
    """Return whether the words around a fragment say that the deal is off, or none yet."""
    return bool(_undone().search(around))


@cache
def _undone() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(sorted(words("undone"))) + r")\b", re.I)


@cache
def ends() -> re.Pattern[str]:
    """Return the pattern of verbs that say that a relation shrinks or ends ("reduces A dependency")."""
    return re.compile(r"\b(?:" + "|".join(sorted(words("ending"))) + r")\b", re.I)


def _said_before(view: BlockView, start: int, end: int, members: list[Party]) -> Filled | None:
    """Return the only organization that the same run of words names before the fragment, unless they are one list."""
    taken = {member.identity for member in members}
    before = [(party, m) for party, m in organizations(view, start, end) if party.identity not in taken]
    if len({party.identity for party, _ in before}) != 1:
        return None
    party, mention = before[-1]
    between = _BRACKETED.sub("", view.context.document.text[mention.end : end])
    # "Owner of Acme chips: a deal with B": a product named before is not whose deal it is.
    wares = mention.party.kind != "Organization"
    return (
        None
        if wares or _JOINED.search(between) or _APART.search(between)
        else Filled(party, "row", mention.start, mention.end)
    )


def _fragment(
    view: BlockView, cue: Cue, member: Party, other: Filled, span: tuple[int, int], found: fragments.Fragment
) -> Reading:
    text = view.context.document.text[slice(*span)]
    amount = nearest_amount(text, found.start - span[0], found.end - span[0])
    made = reading(view, cue, member, other, span, None, "fragment", {"amount": amount} | found.qualifiers)
    made.method = f"fragment:{cue.predicate.lower()}.{found.pattern.entry['id']}"
    made.polarity = found.pattern.entry.get("polarity", "positive")
    made.quality = min(found.pattern.entry.get("quality", 0.6), trust("fragment", other.source))
    inside = span[0] <= other.start < span[1]
    if (view.block.kind == "paragraph" and not inside) or (inside and found.start - other.end > _NEAR):
        made.quality = min(made.quality, trust("fragment", "focus"))
    return made
