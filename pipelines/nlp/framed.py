"""Framed blocks: items, rows and fragments whose heading, lead-in or column gives the predicate. What belongs here: that.

The other party is the innermost heading's, else the document's topic, else the filer; never a guess from afar. Heading
and column words are data (``headings``, ``columns`` of the predicates' ontology files).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from graph.model import load_ontology
from pipelines.nlp import force
from pipelines.nlp.mentions import owner_of
from pipelines.nlp.prose import role_of
from pipelines.nlp.reading import BlockView, Filled, Mention, Reading
from pipelines.records import Cell, Party


@dataclass(frozen=True, slots=True)
class Cue:
    """What the words of a heading or column say: a predicate, and which side the members of the list are."""

    predicate: str
    member: str


@cache
def _cues(key: str) -> dict[str, Cue]:
    found = {}
    for predicate in load_ontology().predicates.values():
        for entry in predicate.reading.get(key, ()):
            for words in entry["words"]:
                found[words] = Cue(predicate.name, entry["member"])
                found.setdefault(words.removesuffix("s"), Cue(predicate.name, entry["member"]))
    return found


def cue_of(text: str, key: str) -> Cue | None:
    """Return the cue that ``text`` (a heading, lead-in or column header) gives, or None.

    The text must be little more than the cue: "Key customers in 2025:" gives one, a sentence with the word does not.
    """
    words = re.sub(r"[^\w\s&-]", " ", text.lower()).split()
    plain = " ".join(words)
    best = max((cue for cue in _cues(key) if re.search(rf"\b{re.escape(cue)}\b", plain)), key=len, default="")
    if not best or len(words) > len(best.split()) + 4:
        return None
    return _cues(key)[best]


def read(view: BlockView) -> Iterator[Reading]:
    """Yield one claim a member of a list item, row or fragment under a cue."""
    if view.block.kind == "table_row":
        yield from _columns(view)
        return
    if view.block.kind != "list_item":
        return
    cue, frame = _frame_cue(view)
    other = _other(view, set())
    if cue is None or frame is None or other is None:
        return
    # Only the head of the item names members: what follows a dash or colon tells about them.
    head_end = view.block.start + _head_length(view.text)
    listed = view.text.startswith(("such as", "suppliers")) or bool(re.search(r"\bsuch as\b", view.text))
    limit = view.block.end if listed and cue.predicate == "COMPETES_WITH" else head_end
    yield from _members(view, cue, frame, other, [m for m in view.mentions if m.start < limit])


def _head_length(text: str) -> int:
    match = re.search(r"\s[—–-]\s|:\s|\s\(|\. ", text)
    return match.start() if match else len(text)


def _frame_cue(view: BlockView) -> tuple[Cue | None, Filled | None]:
    document, block = view.context.document, view.block
    frames = [("lead_in", block.lead_in)] if block.lead_in is not None else []
    frames += [("heading", index) for index in reversed(block.headings[-2:])]
    for source, index in frames:
        frame = document.blocks[index]
        if cue := cue_of(document.text_of(frame), "headings"):
            party = Party(cue.predicate, document.text_of(frame)[:80], "Value")
            return cue, Filled(party, source, frame.start, frame.end)  # type: ignore[arg-type]
    return None, None


def _other(view: BlockView, members: set[str]) -> Filled | None:
    for filled in (*view.heading_parties, view.context.topic, view.context.filer):
        if filled and filled.party.identity not in members:
            return filled
    return None


def _members(view: BlockView, cue: Cue, frame: Filled, other: Filled, mentions: list[Mention]) -> Iterator[Reading]:
    for mention in mentions:
        member = owner_of(mention.party, view.context.registry)
        if member.kind != "Organization" or member.identity == other.party.identity:
            continue
        yield _reading(view, cue, frame, other, member, view.block.start, view.block.end)


def _columns(view: BlockView) -> Iterator[Reading]:
    document, block = view.context.document, view.block
    if block.header is None or not block.cells:
        return
    header = document.blocks[block.header]
    for cell in block.cells:
        title = next((h for h in header.cells if h.column == cell.column), None)
        cue = cue_of(document.text[title.start : title.end], "columns") if title else None
        if cue is None or title is None:
            continue
        inside = _inside(view.mentions, cell)
        keys = {owner_of(m.party, view.context.registry).identity for m in inside}
        other = _row_party(view, cell) or _other(view, keys)
        if other is None:
            continue
        frame = Filled(Party(cue.predicate, "", "Value"), "column", title.start, title.end)
        yield from _members(view, cue, frame, other, inside)


def _row_party(view: BlockView, cell: Cell) -> Filled | None:
    """Return the organization of the row's first other cell that names one."""
    for other in view.block.cells:
        if other.column == cell.column:
            continue
        for mention in _inside(view.mentions, other):
            party = owner_of(mention.party, view.context.registry)
            if party.kind == "Organization":
                return Filled(party, "row", mention.start, mention.end)
        if other.column == 0:
            return None
    return None


def _inside(mentions: list[Mention], cell: Cell) -> list[Mention]:
    return [m for m in mentions if cell.start <= m.start < cell.end]


def _reading(view: BlockView, cue: Cue, frame: Filled, other: Filled, member: Party, start: int, end: int) -> Reading:
    member_is_subject = cue.member == "subject"
    predicate = view.context.ontology.predicates[cue.predicate]
    text = view.context.document.text[start:end]
    qualifiers = {"role": role_of(predicate, text)} if cue.predicate == "SUPPLIES" else {}
    return Reading(
        predicate=cue.predicate,
        subject=member if member_is_subject else other.party,
        object=other.party if member_is_subject else member,
        start=start,
        end=end,
        method=f"framed:{cue.predicate.lower()}.{frame.source}",
        modality=force.modality_of(text),
        qualifiers=qualifiers,
        fills={"predicate": frame, "object" if member_is_subject else "subject": other},
        quality=0.75,
    )
