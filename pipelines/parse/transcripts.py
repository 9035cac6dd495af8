"""Who speaks in a transcript. What belongs here: finding turns in the blocks of any format, and who each speaker is.

What does not: the text, which stays as it is. A pass over the finished blocks: a line that names a speaker becomes a block of
kind ``speaker``, a paragraph that opens with "Name:" is parted into that block and the rest, and what follows points to it.
A speaker block's ``lead_in`` is the block that says which firm the speaker is with (a participants' list, or the operator's
"from Ann Lee with Acme"), where the line itself does not.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipelines.records import Block

_PERSON = r"(?:[A-ZÀ-Þ][\w’'.-]*\.?|[A-Z]\.)(?: (?:[A-ZÀ-Þ][\w’'-]*\.?|[A-Z]\.|de|da|del|van|von|der|den|la|le|bin|al|“\w+”|\"\w+\")){0,4}"
_OFFICE = (
    r"(?i:operator|moderator|interviewer|interviewee|host|co-host|guest|narrator|presenter|coordinator|"
    r"(?:unidentified|unknown)(?: \w+){0,2}|(?:speaker|analyst|participant|audience member)(?: \d+| [A-Z])?|q|a)"
)
_NAME = rf"(?P<name>{_OFFICE}(?=\s*(?:[:(\[]|--|[—–]|$))|{_PERSON})"
_TIME = r"[\[(]?(?:\d{1,2}:)?\d{1,2}:\d{2}(?:\.\d+)?[\])]?"
_ROLE = r"(?:\s*(?:--|—|–| - )\s*(?P<dash>[^:.!?\d]{2,100}?)|\s*[(\[](?P<bracket>[^)\]:\d]{2,90})[)\]]|,\s+(?P<comma>[^:.!?\d]{2,90}?))"
# The whole block names the speaker: "Ann Lee -- Chief Executive", "Ann Lee, CFO:", "Operator", "ANN LEE".
_WHOLE = re.compile(rf"(?:{_TIME}\s*)?{_NAME}(?:{_ROLE})?\s*(?P<colon>:)?(?:\s*{_TIME})?$")
# The block opens with the speaker: "Ann Lee: We grew.", "[00:12] ANN LEE, CFO: We grew."
_OPENING = re.compile(
    rf"(?:{_TIME}\s*[-–—]?\s*)?(?P<label>{_NAME}(?:{_ROLE})?)\s*(?:{_TIME}\s*)?(?::\s+|：\s*)(?:{_TIME}\s*)?(?=\S)"
)
_FIXED = re.compile(rf"{_OFFICE}$")
_CUE = re.compile(
    r"transcript|earnings (?:conference )?call|conference call|interview|podcast|fireside|in conversation|panel discussion|"
    r"question[- ]and[- ]answer|q\s?&\s?a\b|prepared remarks|call participants",
    re.I,
)
_SPOKEN = re.compile(
    r"\b(?:i|i[’']m|we|we[’']re|you|your|our|my|me|us|thanks?|good (?:morning|afternoon|evening|day)|please|yes|yeah|sure|okay|hi|hello|right)\b",
    re.I,
)
# "Ann Lee with Acme"
_INTRODUCED = re.compile(r",?\s+(?:(?:who is|now)\s+)?(?:with|from|of|at)\s+(?:the\s+)?[A-Z]")
_WORD = re.compile(r"[^\W\d_]{2,}")
# Words of an office that a person holds; "Data Center -- Compute" is no speaker.
_POST = re.compile(
    r"\b(?:chief|c[eftoim]o|officer|president|vice|vp|svp|evp|director|analyst|founder|co-founder|head|manager|managing|partner|chair\w*|"
    r"treasurer|counsel|relations|editor|host|professor|executive|secretary|principal|research|operator|representative)\b",
    re.I,
)
_PARTICIPANTS = re.compile(
    r"participants|attendees|speakers|panell?ists|executives|analysts|corporate|on the call|hosts?|guests?", re.I
)
_ENDS = re.compile(r"[.!?][\"”’)]*$")
_LONGEST_LABEL = 130
_FEWEST_TURNS = 3
# This share of the turns must sound spoken; labels of a report ("Revenue: up 3%") do not.
_SOUNDS_SPOKEN = 0.5
# A page that quotes an interview is no transcript: this share of the text must stand under a speaker.
_COVERED = 0.3


@dataclass(frozen=True, slots=True)
class _Turn:
    """A block that names who speaks: the label's span in the text, and where the words begin (None: in the next block).

    ``affiliated``: it has more than the name; ``posted``: what it has is a post that a person holds.
    """

    block: int
    name: str
    start: int
    end: int
    words: int | None
    affiliated: bool
    posted: bool


def with_speakers(text: str, blocks: Sequence[Block], title: str = "") -> tuple[Block, ...]:
    """Return ``blocks`` with the turns of a transcript marked; as they are where the document is none."""
    turns = _turns(text, blocks, title)
    return _marked(text, blocks, {turn.block: turn for turn in turns}) if turns else tuple(blocks)


def _turns(text: str, blocks: Sequence[Block], title: str) -> list[_Turn]:
    found = [turn for block in blocks if (turn := _turn(text, block))]
    if len(found) < _FEWEST_TURNS:
        return []
    opening = " ".join([title, *(text[b.start : b.end][:200] for b in blocks[:12])])
    lines = sum(turn.posted for turn in found)
    calling = any(turn.name.lower() in ("operator", "moderator") for turn in found)
    if not _CUE.search(opening) and not calling and lines < _FEWEST_TURNS:
        return []
    listing = _participants(text, blocks)
    found = [turn for turn in found if not _is_listing(turn, listing, text, blocks)]
    counts = Counter(turn.name for turn in found)
    listed = " ".join(text[blocks[index].start : blocks[index].end] for index in listing)
    named = {turn.name for turn in found if turn.affiliated or (" " in turn.name and turn.name in listed)}
    turns = [turn for turn in found if _is_speaker(turn, counts, named, text)]
    spoken = sum(bool(_SPOKEN.search(words)) for turn in turns if (words := _words(text, blocks, turn)))
    if _covered(blocks, turns) < _COVERED * len(text):
        return []
    sounds = spoken >= _SOUNDS_SPOKEN * len(turns) or lines >= _FEWEST_TURNS
    return turns if sounds and len(turns) >= _FEWEST_TURNS and len({turn.name for turn in turns}) > 1 else []


def _covered(blocks: Sequence[Block], turns: Sequence[_Turn]) -> int:
    """Return how many characters of the text stand under a speaker, up to the next heading."""
    starts, covered, speaking = {turn.block for turn in turns}, 0, False
    for block in blocks:
        speaking = block.index in starts or (speaking and block.kind != "heading")
        covered += block.end - block.start if speaking else 0
    return covered


def _turn(text: str, block: Block) -> _Turn | None:
    if block.kind not in ("paragraph", "heading") or block.level in (1, 2):
        return None
    words = text[block.start : block.end]
    if len(words) <= _LONGEST_LABEL and (match := _WHOLE.match(words)):
        role = (
            match["dash"] or match["bracket"] or (match["comma"] if match["colon"] or block.kind == "heading" else "")
        )
        if match["comma"] and not role:
            return None
        posted = bool(role and _POST.search(role))
        return _Turn(block.index, match["name"], block.start, block.end, None, bool(role), posted)
    if block.kind == "paragraph" and (match := _OPENING.match(words[: _LONGEST_LABEL + 40])):
        start, end = block.start + match.start("label"), block.start + match.end("label")
        role = match["dash"] or match["bracket"] or match["comma"]
        posted = bool(role and _POST.search(role))
        return _Turn(block.index, match["name"], start, end, block.start + match.end(), bool(role), posted)
    return None


def _is_speaker(turn: _Turn, counts: Counter[str], named: set[str], text: str) -> bool:
    """Tell whether the label is a speaker's: an office, or a name that recurs, has a role or is listed."""
    if _FIXED.match(turn.name):
        return True
    words = [word.lower() for word in _WORD.findall(turn.name)]
    # "Bull Case" is no name: its words occur in lower case as well.
    if not words or all(f" {word} " in text for word in words):
        return False
    if turn.words is None and not turn.affiliated:
        return turn.name in named or (counts[turn.name] > 1 and len(words) > 1)
    return turn.name in named or counts[turn.name] > 1 or len(words) in (2, 3)


def _words(text: str, blocks: Sequence[Block], turn: _Turn) -> str:
    """Return the opening of what is said in a turn."""
    if turn.words is not None:
        return text[turn.words : turn.words + 300]
    after = turn.block + 1
    return text[blocks[after].start : blocks[after].start + 300] if after < len(blocks) else ""


def _is_listing(turn: _Turn, listing: set[int], text: str, blocks: Sequence[Block]) -> bool:
    """Tell whether a line that names a person stands in a list of those who take part: nobody speaks after it."""
    if turn.words is not None:
        return False
    after = turn.block + 1
    if after == len(blocks) or (blocks[after].kind == "heading" and not _turn(text, blocks[after])):
        return True
    following = text[blocks[after].start : blocks[after].end]
    return turn.block in listing and len(following) < _LONGEST_LABEL and not _ENDS.search(following)


def _participants(text: str, blocks: Sequence[Block]) -> set[int]:
    """Return the blocks that list who takes part: short ones under a heading, or after a line, that says so."""
    listing = False
    found = set()
    for block in blocks:
        length = block.end - block.start
        words = text[block.start : block.end] if length < 200 else ""
        if block.kind == "heading" or (length < 60 and words.endswith(":")):
            listing = length < 80 and bool(_PARTICIPANTS.search(words))
        elif not words or _ENDS.search(words):
            listing = False
        elif listing:
            found.add(block.index)
    return found


def _marked(text: str, blocks: Sequence[Block], turns: dict[int, _Turn]) -> tuple[Block, ...]:
    """Return the blocks anew: labels parted from the words, references renumbered, each block with its speaker."""
    places = dict(_places(blocks, turns))
    headings = {index for index in turns if blocks[index].kind == "heading"}
    firms = _firms(text, blocks, turns)
    speaker: int | None = None
    new: list[Block] = []
    for block in blocks:
        turn = turns.get(block.index)
        moved = _moved(block, places, headings, text, blocks)
        if turn:
            firm = firms.get(turn.name)
            link = places[firm] if firm is not None and not turn.affiliated else None
            speaker = len(new)
            new.append(
                replace(
                    moved,
                    index=speaker,
                    kind="speaker",
                    start=turn.start,
                    end=turn.end,
                    level=0,
                    lead_in=link,
                    speaker=None,
                )
            )
            if turn.words is not None:
                new.append(replace(moved, index=len(new), start=turn.words, speaker=speaker))
        else:
            speaker = None if block.kind == "heading" else speaker
            new.append(replace(moved, index=len(new), speaker=speaker))
    return tuple(new)


def _places(blocks: Sequence[Block], turns: dict[int, _Turn]) -> Iterator[tuple[int, int]]:
    """Yield (old index, new index) of each block; of a parted one the new index of its words."""
    at = -1
    for block in blocks:
        turn = turns.get(block.index)
        at += 2 if turn and turn.words is not None else 1
        yield block.index, at


def _moved(block: Block, places: dict[int, int], gone: set[int], text: str, blocks: Sequence[Block]) -> Block:
    """Return ``block`` with its references renumbered, and no heading that turned out to be a speaker."""
    kept = [index for index in block.headings if index not in gone]
    section = block.section
    if len(kept) < len(block.headings):
        section = text[blocks[kept[-1]].start : blocks[kept[-1]].end] if kept else ""
    lead_in = None if block.lead_in is None or block.lead_in in gone else places[block.lead_in]
    return replace(
        block,
        section=section,
        headings=tuple(places[index] for index in kept),
        lead_in=lead_in,
        header=None if block.header is None else places[block.header],
        caption=None if block.caption is None else places[block.caption],
    )


def _firms(text: str, blocks: Sequence[Block], turns: dict[int, _Turn]) -> dict[str, int]:
    """Return, for each speaker's name, the block that says which firm he or she is with."""
    names = sorted({turn.name for turn in turns.values() if len(turn.name.split()) > 1})
    firms: dict[str, int] = {}
    listing = _participants(text, blocks)
    starts = [block.start for block in blocks]
    for name in names:
        at = text.find(name)
        while at >= 0:
            block = blocks[bisect_right(starts, at) - 1]
            end = at + len(name)
            if block.index in listing:
                firms.setdefault(name, block.index)
            elif block.kind in ("paragraph", "list_item") and _INTRODUCED.match(text, end, block.end):
                firms[name] = block.index
            at = text.find(name, end)
    return firms
