"""List items in their frame. What belongs here: members under a heading or lead-in that gives the predicate, items that
give it by their own head ("Customers: A, B"), and the fragments of an item.

What does not: sentences with a verb of relation (``prose``), rows (``framed_tables``).
"""

import re
from collections.abc import Iterator

from pipelines.nlp import framed_risks
from pipelines.nlp.cues import Cue, cue_of, is_title_word, plain, roles_in
from pipelines.nlp.framed_fragments import fragment_readings
from pipelines.nlp.framed_reading import reading
from pipelines.nlp.members import facility, members_in, organizations, words
from pipelines.nlp.mentions import owner_of
from pipelines.nlp.reading import BlockView, Filled, Reading
from pipelines.nlp.slots import sides
from pipelines.records import Block, Party

# What parts the head of an item from what is told about it.
_HEAD_END = re.compile(r"\s[—–-]\s|:\s|\s\(|\. |; |, (?=a |an |the |which |who )")
_LABEL_END = re.compile(r":\s|\s[—–-]\s")
_BRACKETED = re.compile(r"\([^()]*\)")
_LONGEST_HEAD = 80
# A head that names a member opens with it, but for a mark or an article.
_OPENING = 12
_FIRST_WORDS = 45
_ARTICLE = 4
# An item of more words, with nothing that parts its head, is a statement about its opening name.
_LONGEST_FRAGMENT = 6
_MARKS = " \t*•–—-✅❌[]"
# What may follow the first name of a list; a verb makes a sentence of it.
_LIST_GOES_ON = re.compile(r"\s*(?:$|[^\w\s]|(?:and|or|plus|via|since|as)\b|[~<>]?\d|[A-Z])")
_LISTED = re.compile(r"\b(?:such as|including|like)\b")


def read(view: BlockView) -> Iterator[Reading]:
    """Yield the claims of one list item."""
    yield from _below_cue(view)
    yield from labelled(view)
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
    for index in reversed(block.headings):
        frame = document.blocks[index]
        title = document.text_of(frame)
        if cue := cue_of(title, "headings"):
            return (cue, _predicate(cue, title, "heading", frame)) if _only_own(view, frame) else None
        # "Customers" with "Hyperscalers and labs" below it: a heading of kinds of parties divides the list.
        if not _is_kind(title):
            return None
    return None


def _is_kind(title: str) -> bool:
    """Return whether a heading says no more than which kind of party its list holds."""
    parts = re.findall(r"[a-z-]+", plain(title))
    return any(w in words("party_nouns") for w in parts) and all(
        w in words("party_nouns") or is_title_word(w) or w in words("party_kinds") for w in parts
    )


def _predicate(cue: Cue, title: str, source: str, frame: Block) -> Filled:
    return Filled(Party(cue.predicate, title[:80], "Value"), source, frame.start, frame.end)  # type: ignore[arg-type]


def _only_own(view: BlockView, frame: Block) -> bool:
    """Return whether ``frame`` names no party but the page's own: "A partnership" on B's page tells of A itself."""
    own = view.context.topic
    # What stands in brackets behind the cue are examples of the list's own members.
    text = _BRACKETED.sub(lambda m: " " * len(m[0]), view.context.document.text_of(frame))
    mentions = [m for m in view.context.mentions.get(frame.index, []) if text[m.start - frame.start] != " "]
    named = [owner_of(m.party, view.context.registry) for m in mentions]
    return own is None or all(party.identity == own.party.identity for party in named if party.kind == "Organization")


def _below_cue(view: BlockView) -> Iterator[Reading]:
    found = frame_cue(view, view.block.lead_in, "lead_in")
    if found is None:
        return
    cue, frame = found
    members = [] if _contradicted(view, cue) else _heads(view, cue)
    members, other = sides(view, members)
    for member in members if other else ():
        yield reading(view, cue, member, other, _quote(view), frame, "heading")  # type: ignore[arg-type]


def _contradicted(view: BlockView, cue: Cue) -> bool:
    """Return whether the item itself says that its head plays another part ("A — primary supplier" among peers)."""
    told = re.split(r"[,;(.]", view.text[head_length(view.text) :].lower()[:_FIRST_WORDS])[0]
    roles = {role.predicate for role in roles_in(told)}
    return bool(roles) and cue.predicate not in roles


def _heads(view: BlockView, cue: Cue) -> list[Party]:
    """Return the parties that open an item; those of the list behind "such as", or behind a head that names none."""
    text, start = view.text, view.block.start
    if listed := _LISTED.search(text):
        return members_in(view, start + listed.end(), view.block.end)
    length = head_length(text)
    head = members_in(view, start, start + length)
    named = organizations(view, start, start + length)
    opening = [(party, mention) for party, mention in named if mention.start - start <= _OPENING]
    if cue.predicate == "OPERATES":
        site = None if opening else facility(text[:length])
        return [site] if site else []
    if length == len(text) and len(text.split()) > _LONGEST_FRAGMENT and "," not in text:
        return [owner for owner, mention in opening[:1] if mention.start - start <= _ARTICLE]
    if not opening:
        head = [party for party in head if not party.named]
    if any(party.named for party in head) or length == len(text):
        return head
    behind = start + length + (_LABEL_END.match(text[length:]) or re.match("", "")).end()  # type: ignore[union-attr]
    return members_in(view, behind, behind + _list_length(view, behind), registered=True)


def labelled(view: BlockView) -> Iterator[Reading]:
    """Yield the members of an item or paragraph that gives the predicate by its own label ("Customers: A, B")."""
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
    if named and not _LIST_GOES_ON.match(view.context.document.text[named[0][1].end : end]):
        return []
    return members_in(view, start, end, registered=bool(cue.role) or cue.registered)


def _list_length(view: BlockView, start: int) -> int:
    """Return how much of the rest of an item is its list: up to the first sentence end, dash or semicolon."""
    rest = view.context.document.text[start : view.block.end]
    match = re.search(
        r"\.\s|;\s|\s[—–]\s|\s(?:offer|provide|are|is|have|has|will|can|with|for|to|in|that|which)\s", rest
    )
    return match.start() if match else len(rest)


def _quote(view: BlockView) -> tuple[int, int]:
    return view.block.start, view.block.end
