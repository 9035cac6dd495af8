"""Where an item may start: the headings and heading-like blocks of a filing. What belongs here: finding and weighing them.

What does not: which of them are the items (``sections``). Left out from the start: the table of contents, running page
headers, and sentences that only name an item.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pipelines.parse.items import Form, Item, short_forms, words_of
from pipelines.records import Block

# An item's number, after the part where that stands on the same line; "Items 1 and 2" names two.
_NUMBER = re.compile(
    r"[^\w\"“‘'(]{0,3}(?:part\s+(?P<part>i{1,3}|iv)\b[\s,.:;|–—-]*)?items?\s*(?P<number>\d{1,2}(?:\.\d{2}|\s?\(?[a-c]\b\)?)?)"
    r"(?P<more>(?:\s*(?:,|and|&|,\s*and|through|-|–|\|)\s*(?:items?\s*)?\d{1,2}(?:\.\d{2}|[a-c]\b)?(?=[\s.,:–—|-]))*)",
    re.I,
)
_PART = re.compile(r"\W{0,3}part\s+(i{1,3}|iv)\b\W*(.*)", re.I | re.S)
_EACH = re.compile(r"\d{1,2}(?:\.\d{2}|[a-c]\b)?", re.I)
_PAGE = re.compile(r"(?:pages?\s*)?[FS]?-?\d{1,3}(?:\s*[-–,&]+\s*\d{1,3})*", re.I)
_TRAILING_PAGE = re.compile(r"[a-z)\]][\s.…|]+\d{1,3}$", re.I)
_CONTINUED = re.compile(r"\W*\(?\bcont(?:inued|[’']?d|\.)\W*$", re.I)
# Words after a title that make it a sentence about the item, not its heading.
_SENTENCE = re.compile(
    r"\b(?:of|in|to|under|with)\s+(?:this|our|the|its|part)\s+(?:annual|quarterly|current|form|report|10|i{1,3}\b)"
    r"|^(?:above|below|herein|hereof)\b",
    re.I,
)
_RUN_IN = re.compile(r"\s*(?:[.:;–—|-]|\(|\[|$)")
_GOES_AFTER = re.compile(r"[,.;)]|(?!none\b|not\b)[a-z]{2,}\s")
# A block longer than this is no heading alone; one that opens with number and title may run into its text.
_LONGEST = 330
_KINDS = frozenset({"heading", "title", "paragraph", "list_item", "table_header", "table_row", "caption", "speaker"})
# A table with more items than this lays out no heading: it lists them.
_LAYOUT_ROWS = 2
# So many items in a row, with no more characters than this between each, are a table of contents.
_CONTENTS_ITEMS, _CONTENTS_GAP = 4, 60
# An entry of contents with sub-entries is no longer than this.
_CONTENTS_NEAR = 2500
# What is said so often stands at the head of pages; so does a bare number.
_REPEATED = 3
_BARE = re.compile(r"\W*items?[\s\d.,&a-c]*(?:and[\s\d.a-c]*)?", re.I)
# A block that ends so goes on: what follows is no heading but a name of an item in a sentence that a line break cut.
_GOES_ON = re.compile(
    r"(?:[,“(‘]|\b(?:in|see|under|and|or|to|of|the|with|within|our)|\bpart\s+[iv]+\s*[,–—-])\s*$", re.I
)

TITLED, NUMBERED, TITLE_ONLY, PART = 4, 2, 1, 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A block that may head an item. ``grade`` says how much of a heading it is: TITLED, NUMBERED, TITLE_ONLY or PART.

    ``items`` are the items it may be (in a 10-Q "Item 1" may be of either part), ``with_it`` those that share the heading,
    ``body`` is the offset where the item's own text begins, ``part`` the part that it opens or names.
    """

    block: int
    start: int
    body: int
    grade: int
    items: tuple[Item, ...]
    with_it: tuple[Item, ...] = ()
    part: str = ""
    contents: bool = False


def candidates(
    text: str, blocks: Sequence[Block], form: Form, openings: frozenset[int] = frozenset()
) -> list[Candidate]:
    """Return in order the blocks that may start an item or a part, those of a table of contents marked as such.

    ``openings`` are blocks that open a part of their own: what stands before them does not go on in them.
    """
    found: list[Candidate] = []
    for block in blocks:
        candidate = _candidate(text, blocks, block, form, block.index in openings)
        if candidate is not None and not (found and candidate.start < found[-1].body):
            found.append(candidate)
    return _with_contents_marked(text, blocks, _without_running_headers(text, blocks, found))


def _candidate(text: str, blocks: Sequence[Block], block: Block, form: Form, opens: bool) -> Candidate | None:
    if block.kind not in _KINDS:
        return None
    opening = text[block.start : block.start + 9].lower()
    if "item" in opening or "part" in opening:
        words = text[block.start : min(block.end, block.start + _LONGEST)]
        return _numbered(text, blocks, block, words, form, opens) or _part(block, words)
    if block.kind in ("heading", "title") and block.end - block.start < 200:
        items = form.wordings.get(words_of(text[block.start : block.end]), ())
        if items and not form.as_reported:
            return Candidate(block.index, block.start, block.end, TITLE_ONLY, items)
    return None


def _numbered(
    text: str, blocks: Sequence[Block], block: Block, words: str, form: Form, opens: bool
) -> Candidate | None:
    if not (match := _NUMBER.match(words)):
        return None
    part = f"Part {match['part'].upper()}" if match["part"] else ""
    numbers = [re.sub(r"[\s()]", "", match["number"]).upper(), *(n.upper() for n in _EACH.findall(match["more"]))]
    named = [form.numbered(part, number) for number in numbers]
    if not named[0] or _CONTINUED.search(words) or _goes_on(text, block, opens):
        return None
    rest = words[match.end() :].lstrip(" .:;|–—-)\t")
    grade, items, body = _weigh(text, blocks, block, rest, named[0])
    if not grade:
        return None
    others = tuple(item for group in named[1:] for item in group if item.part == items[0].part)
    return Candidate(block.index, block.start, body, grade, items, others, part)


def breaks_off(text: str, end: int) -> bool:
    """Return whether ``text`` stands, before ``end``, in the middle of a sentence: with a comma, an opening quote, "see" or "in"."""
    return bool(_GOES_ON.search(text[max(0, end - 20) : end]))


def _goes_on(text: str, block: Block, opens: bool) -> bool:
    """Return whether the block stands in the middle of a sentence that line breaks cut."""
    if not opens and breaks_off(text, block.start):
        return True
    bare = _BARE.fullmatch(text, block.start, block.end)
    return not bare and bool(_GOES_AFTER.match(text, block.end + 2))


def _weigh(
    text: str, blocks: Sequence[Block], block: Block, rest: str, items: tuple[Item, ...]
) -> tuple[int, tuple[Item, ...], int]:
    """Return grade (0: no heading), the items that the words after the number allow, and where the body begins."""
    heading = block.kind != "paragraph" and block.kind != "list_item"
    alone = block.end - block.start < _LONGEST
    for item in items:
        length = _title_length(rest, item)
        if not length:
            continue
        after = rest[length:]
        if _SENTENCE.search(after[:60]) and not _RUN_IN.match(after):
            return 0, items, block.end
        if heading and alone:
            return TITLED, (item,), block.end
        if _RUN_IN.match(after) or (alone and len(after) < 90 and not after.rstrip().endswith(".")):
            body = block.end if alone else block.start
            return TITLED, (item,), body
        return 0, items, block.end
    if not alone or (words_of(rest) and block.kind != "heading") or _SENTENCE.search(rest):
        return 0, items, block.end
    return _split(text, blocks, block, rest, items)


def _title_length(rest: str, item: Item) -> int:
    """Return how many characters of ``rest`` are the item's title, 0 where it opens with other words.

    White space is left out of the comparison: renderings break words ("B USINESS").
    """
    letters, ends = [], []
    for at, char in enumerate(rest.lower()):
        if "a" <= char <= "z" or "0" <= char <= "9":
            letters.append(char)
            ends.append(at + 1)
    squeezed = "".join(letters)
    lengths = [ends[len(w) - 1] for w in item.squeezed if squeezed.startswith(w)]
    return max((n for n in lengths if not rest[n : n + 1].isalnum()), default=0)


def _split(
    text: str, blocks: Sequence[Block], block: Block, rest: str, items: tuple[Item, ...]
) -> tuple[int, tuple[Item, ...], int]:
    """Weigh a heading that breaks off: its title may be, or go on in, the next block or the next two together."""
    following = [b for b in blocks[block.index + 1 : block.index + 3] if b.end - b.start < _LONGEST]
    for count in range(1, len(following) + 1):
        whole = rest + text[following[0].start : following[count - 1].end]
        for item in items:
            if _title_length(whole, item) > len(rest):
                return TITLED, (item,), following[count - 1].end
    return NUMBERED, items, block.end


def _part(block: Block, words: str) -> Candidate | None:
    if not (match := _PART.match(words)) or block.end - block.start > 90:
        return None
    if match[2] and match[2][:1].islower():
        return None
    return Candidate(block.index, block.start, block.end, PART, (), part=f"Part {match[1].upper()}")


def _without_running_headers(text: str, blocks: Sequence[Block], found: list[Candidate]) -> list[Candidate]:
    """Drop what pages repeat: of one number's headings in a row the bare numbers and later copies, and repeated parts."""
    said = {c.start: text[c.start : blocks[c.block].end] for c in found}
    parts = Counter(said[c.start] for c in found if c.grade == PART)
    dropped = {c.start for c in found if c.grade == PART and parts[said[c.start]] >= _REPEATED}
    numbered = [c for c in found if c.grade in (TITLED, NUMBERED)]
    for _, streak in groupby(numbered, key=lambda c: c.items[0].number):
        row = list(streak)
        times = Counter(said[c.start] for c in row)
        seen: set[str] = set()
        for candidate in row:
            words = said[candidate.start]
            if times[words] >= _REPEATED and (words in seen or _BARE.fullmatch(words)):
                dropped.add(candidate.start)
            seen.add(words)
    return [c for c in found if c.start not in dropped]


def _with_contents_marked(text: str, blocks: Sequence[Block], found: list[Candidate]) -> list[Candidate]:
    in_table = Counter(blocks[c.block].table for c in found if c.items)
    marked = [replace(c, contents=_row_of_contents(text, blocks, c, in_table)) for c in found]
    run: list[int] = []
    rank = -1
    for number, candidate in enumerate(marked):
        ranks = [item.rank for item in candidate.items if item.rank > rank]
        in_order = bool(ranks) or not candidate.items
        alike = bool(run) and marked[run[-1]].contents == candidate.contents
        if run and not (alike and in_order and _leads_on(text, blocks, marked[run[-1]], candidate)):
            _mark_run(marked, run)
            run, ranks = [], [item.rank for item in candidate.items]
        rank = min(ranks, default=rank if run else -1)
        run.append(number)
    _mark_run(marked, run)
    _mark_neighbours(marked)
    return marked


def _mark_neighbours(marked: list[Candidate]) -> None:
    """Mark what stands next to a table of contents and belongs to it: entries with sub-entries break it into runs.

    Before it, an item that leads on to it; behind it, one that has another heading below.
    """
    for at in range(len(marked) - 2, -1, -1):
        run = marked[at + 1 : at + _CONTENTS_ITEMS]
        leads = _near(marked, at, at + 1) and marked[at].items[0].rank < max(i.rank for i in run[0].items)
        if leads and len(run) == _CONTENTS_ITEMS - 1 and all(c.contents for c in run):
            marked[at] = replace(marked[at], contents=True)
    for at in range(1, len(marked)):
        again = any(c.items == marked[at].items and not c.contents for c in marked[at + 1 :])
        if again and _near(marked, at, at - 1):
            marked[at] = replace(marked[at], contents=True)


def _near(marked: list[Candidate], at: int, other: int) -> bool:
    """Return whether ``other`` is an item of a table of contents close by, and ``at`` is not yet part of it."""
    one, listed = marked[at], marked[other]
    near = abs(one.start - listed.start) < _CONTENTS_NEAR
    return near and listed.contents and not one.contents and bool(one.items and listed.items)


def _mark_run(marked: list[Candidate], run: list[int]) -> None:
    items = [marked[n].items[0] for n in run if marked[n].items]
    if len({item.key for item in items}) >= _CONTENTS_ITEMS and any(item.least >= 1000 for item in items[:-1]):
        for n in run:
            marked[n] = replace(marked[n], contents=True)


def _leads_on(text: str, blocks: Sequence[Block], one: Candidate, other: Candidate) -> bool:
    """Return whether nothing but page numbers or a sub-entry stands between two candidates, as in a table of contents."""
    between = text[max(one.body, blocks[one.block].end) : other.start]
    return len(between) <= _CONTENTS_GAP and not any(says.search(between) for _, says in short_forms())


def _row_of_contents(text: str, blocks: Sequence[Block], candidate: Candidate, in_table: Counter[int | None]) -> bool:
    """Return whether a candidate ends in a page number, or is one of several in a table."""
    block = blocks[candidate.block]
    if block.table is not None:
        last = block.cells[-1] if len(block.cells) > 1 else None
        ends_in_page = last is not None and bool(_PAGE.fullmatch(text[last.start : last.end]))
        return ends_in_page or in_table[block.table] > _LAYOUT_ROWS
    said = text[block.start : block.end]
    number = _NUMBER.match(said)
    return number is not None and bool(_TRAILING_PAGE.search(said[number.end() :]))
