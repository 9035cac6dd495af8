"""List items in their frame. What belongs here: members under a heading or lead-in that gives the predicate, items that
give it by their own head ("Customers: A, B"), and the fragments of an item.

What does not: sentences with a verb of relation (``prose``), rows (``framed_tables``).
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from pipelines.nlp import force, fragments, framed_risks
from pipelines.nlp.cues import Cue, cue_of
from pipelines.nlp.framed_reading import reading, trust
from pipelines.nlp.members import facility, is_sure_name, members_in, organizations, words
from pipelines.nlp.mentions import owner_of
from pipelines.nlp.reading import BlockView, Filled, Reading
from pipelines.nlp.sentences import sentences
from pipelines.nlp.slots import buys_from, other_side, sides
from pipelines.records import Block, Party

# What parts the head of an item from what is told about it.
_HEAD_END = re.compile(r"\s[—–-]\s|:\s|\s\(|\. |; |, (?=a |an |the |which |who )")
_LABEL_END = re.compile(r":\s|\s[—–-]\s")
_LONGEST_HEAD = 80
_BRACKETED = re.compile(r"\([^()]*\)")
_JOINED = re.compile(r"[,/+&]|\band\b|\s[—–]\s")
_SEGMENT = re.compile(r";\s+")
# A head that names a member opens with it, but for a mark or an article.
_OPENING = 12
_AROUND = 40
# Farther than this from the fragment, the organization named before it may be the subject of something else.
_NEAR = 60
_ARTICLE = 4
# An item of more words, with nothing that parts its head, is a statement about its opening name.
_LONGEST_FRAGMENT = 6
_MARKS = " \t*•–—-✅❌[]"
_LISTED = re.compile(r"\b(?:such as|including|like)\b")


def read(view: BlockView) -> Iterator[Reading]:
    """Yield the claims of one list item."""
    yield from _below_cue(view)
    yield from _own_label(view)
    yield from fragment_readings(view, view.block.start, view.block.end, head_party(view))
    yield from framed_risks.item(view)


def head_party(view: BlockView) -> Filled | None:
    """Return the organization that alone makes up the item's head, if one does."""
    end = view.block.start + head_length(view.text)
    if end == view.block.end:
        return None
    named = organizations(view, view.block.start, end)
    if len({p.identity for p, _ in named}) != 1:
        return None
    party, mention = named[0]
    rest = view.context.document.text[view.block.start : mention.start] + view.context.document.text[mention.end : end]
    return Filled(party, "row", mention.start, mention.end) if len(rest.split()) <= 2 else None


def head_length(text: str) -> int:
    """Return how many characters of an item are its head; all of them where nothing parts it."""
    match = _HEAD_END.search(text)
    return match.start() if match and match.start() <= _LONGEST_HEAD else len(text)


def frame_cue(view: BlockView, near: int | None, source: str) -> tuple[Cue, Filled] | None:
    """Return the cue of the frame that governs the block, with the frame it stands in.

    That is the block ``near`` (a lead-in or caption), else the innermost heading; a lead-in that ends in a colon without
    a cue says something else and hides the heading, and a frame that names another party tells about that one.
    """
    document, block = view.context.document, view.block
    if near is not None:
        frame = document.blocks[near]
        title = document.text_of(frame)
        title = title[: head_length(title)] if frame.kind == "list_item" else title
        if cue := cue_of(title, "headings") or cue_of(title, "labels"):
            return (cue, _predicate(cue, title, source, frame)) if _only_own(view, frame) else None
        if frame.kind == "list_item" or title.rstrip().endswith(":"):
            return None
    if not block.headings:
        return None
    frame = document.blocks[block.headings[-1]]
    title = document.text_of(frame)
    cue = cue_of(title, "headings")
    return (cue, _predicate(cue, title, "heading", frame)) if cue and _only_own(view, frame) else None


def _predicate(cue: Cue, title: str, source: str, frame: Block) -> Filled:
    return Filled(Party(cue.predicate, title[:80], "Value"), source, frame.start, frame.end)  # type: ignore[arg-type]


def _only_own(view: BlockView, frame: Block) -> bool:
    """Return whether ``frame`` names no party but the page's own: "A partnership" on B's page tells of A itself."""
    own = view.context.topic
    named = [owner_of(m.party, view.context.registry) for m in view.context.mentions.get(frame.index, [])]
    return own is None or all(party.identity == own.party.identity for party in named if party.kind == "Organization")


def _below_cue(view: BlockView) -> Iterator[Reading]:
    found = frame_cue(view, view.block.lead_in, "lead_in")
    if found is None:
        return
    cue, frame = found
    members = _heads(view, cue)
    members, other = sides(view, members)
    for member in members if other else ():
        yield reading(view, cue, member, other, _quote(view), frame, "heading")  # type: ignore[arg-type]


def _heads(view: BlockView, cue: Cue) -> list[Party]:
    """Return the parties that open an item; those of the list behind "such as", or behind a head that names none."""
    text, start = view.text, view.block.start
    if listed := _LISTED.search(text):
        return members_in(view, start + listed.end(), view.block.end, registered=True)
    length = head_length(text)
    head = members_in(view, start, start + length)
    opening = organizations(view, start, start + min(length, _OPENING))
    if cue.predicate == "OPERATES":
        site = None if opening else facility(text[:length])
        return [site] if site else []
    if length == len(text) and len(text.split()) > _LONGEST_FRAGMENT and "," not in text:
        return [owner for owner, mention in opening[:1] if mention.start - start <= _ARTICLE]
    if not opening:
        head = [party for party in head if not party.named or (not party.key and is_sure_name(party.surface))]
        head = [party for party in head if text.lstrip(_MARKS).startswith(party.surface)]
    if any(party.named for party in head) or length == len(text):
        return head
    behind = start + length + (_LABEL_END.match(text[length:]) or re.match("", "")).end()  # type: ignore[union-attr]
    return members_in(view, behind, behind + _list_length(view, behind), registered=True)


def _own_label(view: BlockView) -> Iterator[Reading]:
    match = _LABEL_END.search(view.text)
    if not match or match.start() > _LONGEST_HEAD:
        return
    start, split = view.block.start, view.block.start + match.end()
    cue = cue_of(view.text[: match.start()], "labels") or cue_of(view.text[: match.start()], "headings")
    if cue is None or cue.unnamed:
        return
    frame = Filled(Party(cue.predicate, view.text[: match.start()], "Value"), "lead_in", start, start + match.start())
    end = split + _list_length(view, split)
    members = listed_members(view, split, end, cue)
    members, other = sides(view, members)
    for member in members if other else ():
        yield reading(view, cue, member, other, _quote(view), frame, "label")  # type: ignore[arg-type]


def listed_members(view: BlockView, start: int, end: int, cue: Cue) -> list[Party]:
    """Return the members of the list beside a label; none where its first name stands deep in other words."""
    named = organizations(view, start, end)
    before = view.context.document.text[start : named[0][1].start].rstrip() if named else ""
    if len(before.split()) > 1 and before[-1:] not in ("+", ",", "/", "&", "(", ")", ";"):
        return []
    return members_in(view, start, end, registered=bool(cue.role))


def _list_length(view: BlockView, start: int) -> int:
    """Return how much of the rest of an item is its list: up to the first sentence end, dash or semicolon."""
    rest = view.context.document.text[start : view.block.end]
    match = re.search(
        r"\.\s|;\s|\s[—–]\s|\s(?:offer|provide|are|is|have|has|will|can|with|for|to|in|that|which)\s", rest
    )
    return match.start() if match else len(rest)


def _quote(view: BlockView) -> tuple[int, int]:
    return view.block.start, view.block.end


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
        side = found.pattern.member
        members = list(found.members)
        if side == "head_object":
            if nearest is None:
                continue
            members, other, side = [nearest.party], other_side(view, [nearest.party]), "object"
        elif not entry.get("polarity") and _is_idle(view, found, start, end):
            continue
        else:
            other = _said_before(view, start, found.start, members) or other_side(view, members, nearest)
        cue = Cue(
            found.pattern.predicate,
            side,
            entry.get("kind", ""),
            entry.get("role", ""),
            direction=entry.get("direction", ""),
        )
        for member in members if other else ():
            yield _fragment(view, directed(view, cue, member, other), member, other, (start, end), found)  # type: ignore[arg-type]


def directed(view: BlockView, cue: Cue, member: Party, other: Filled) -> Cue:
    """Return ``cue`` with the buyer of the two as subject where its words have no direction and the chain of supply has."""
    buys = buys_from(view, member, other.party) if cue.direction else None
    return cue if buys is None else replace(cue, member="subject" if buys else "object")


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
    return None if _JOINED.search(between) else Filled(party, "row", mention.start, mention.end)


def _fragment(
    view: BlockView, cue: Cue, member: Party, other: Filled, span: tuple[int, int], found: fragments.Fragment
) -> Reading:
    made = reading(view, cue, member, other, span, None, "fragment", found.qualifiers)
    made.method = f"fragment:{cue.predicate.lower()}.{found.pattern.entry['id']}"
    made.polarity = found.pattern.entry.get("polarity", "positive")
    made.quality = min(found.pattern.entry.get("quality", 0.6), trust("fragment", other.source))
    inside = span[0] <= other.start < span[1]
    if (view.block.kind == "paragraph" and not inside) or (inside and found.start - other.end > _NEAR):
        made.quality = min(made.quality, trust("fragment", "focus"))
    return made
