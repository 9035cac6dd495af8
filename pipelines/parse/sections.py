"""Parts and items of a filing: one pass over its canonical blocks, whatever format they came from.

What belongs here: from blocks to rows, one for each item that the form asks for, and the blocks' sections. What does not:
which blocks may head an item (``headings``), which of them do (``sequence``), whether the text below can be right
(``checks``), or what forms ask for (``items``, ``items.yml``).

An item that fails a check is reported as failed with the reason, and its blocks get no section; it is never filled with
something else. A text that says why it is short (incorporated by reference, reserved, none) is found, with that reason.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import date
from itertools import takewhile
from operator import attrgetter

from pipelines.parse.checks import (
    Span,
    bare_title_checked,
    heading_and_length_checked,
    swallow_checked,
    swallow_checked_all,
)
from pipelines.parse.headings import TITLE_ONLY, Candidate, candidates
from pipelines.parse.items import Form, Item, form_of, words_of
from pipelines.parse.sequence import foreign_heading, spans_of
from pipelines.records import Block, Section

_AMENDMENT = re.compile(r"\W*amendment\s+no", re.I)
_COVER = re.compile(r"commission\s+file|exact\s+name\s+of\s+registrant", re.I)
# A row of an index that begins the next item or part.
_ROW = re.compile(r"(?:items?|part)\s", re.I)
# The cover, where the form is named, and an amendment says that it is one.
_COVER_BLOCKS = 60

_NAMES = [f.name for f in fields(Block)]
_VALUES, _SECTION = attrgetter(*_NAMES), _NAMES.index("section")

Sectioned = tuple[tuple[Block, ...], tuple[Section, ...]]


def assign(
    text: str,
    blocks: Sequence[Block],
    form: str,
    period_end: date | None = None,
    parts: Sequence[tuple[int, str]] = (),
) -> Sectioned:
    """Return the blocks with ``section`` set to their item, and a row for each item that ``form`` asks for.

    ``text`` and ``blocks`` are canonical, ``form`` is as EDGAR writes it ("10-K", "10-Q/A"), ``period_end`` tells which
    items were asked for at the time. ``parts`` are the blocks where a part begins, in order, with its name: "Exhibit
    99.1" of a full submission, or "Item 1A" of a file that gives items one by one. Blocks of a form without known items,
    or of a document without any heading of an item, stay as they are. Spans never overlap; a block between the items
    that were found has no section.
    """
    known = form_of(form)
    if parts and parts[0][1].startswith("Item "):
        return _declared(text, blocks, known, parts) if known else (tuple(blocks), ())
    first = parts[0][0] if parts else len(blocks)
    end = blocks[first - 1].end if first else 0
    done, rows = _primary(text[:end], blocks[:first], known, form, period_end)
    for name, part in _parts(blocks, parts):
        if part:
            done += tuple(_in_section(block, name) for block in part)
            rows += (Section(name, name, "found", "", part[0].start, part[-1].end),)
    return done, rows


def _parts(blocks: Sequence[Block], parts: Sequence[tuple[int, str]]) -> Iterator[tuple[str, Sequence[Block]]]:
    for number, (start, name) in enumerate(parts):
        yield name, blocks[start : parts[number + 1][0] if number + 1 < len(parts) else len(blocks)]


def _primary(text: str, blocks: Sequence[Block], known: Form | None, form: str, period_end: date | None) -> Sectioned:
    """Return blocks and rows of a document that holds a form."""
    if known is None:
        return tuple(blocks), ()
    found = candidates(text, blocks, known)
    spans, refused = spans_of(text, blocks, found, known, period_end)
    partial = _part_only(known, form, text, blocks)
    asked = [] if partial else [i for i in known.items if i.asked(period_end) and not i.optional]
    spans = [heading_and_length_checked(text, span) for span in spans]
    spans = swallow_checked_all(text, blocks, spans, found, known, _unheaded(asked, spans, refused))
    rows = {span.item.key: _row(span) for span in spans} | refused
    for span in spans:
        for other in span.candidate.with_it:
            reason = f"shares its heading with {span.item.key}"
            rows.setdefault(other.key, Section(other.key, other.title, "missing", reason, 0, 0))
    if not rows and not any(c.contents for c in found) and not _has_cover(text, blocks):
        return tuple(blocks), ()
    if partial:
        sections = tuple(rows[item.key] for item in known.items if item.key in rows)
    else:
        sections = _with_missing(text, blocks, known, period_end, rows, found)
    return _with_sections(blocks, spans), sections


def _declared(text: str, blocks: Sequence[Block], known: Form, parts: Sequence[tuple[int, str]]) -> Sectioned:
    """Return blocks and rows of a file that gives items one by one: each is held to its own heading, alone.

    Extractors cut at the wrong places: an item whose text opens with another heading, or goes on into another item,
    fails, even where the rest of it could be guessed from its neighbours.
    """
    found = candidates(text, blocks, known, frozenset(start for start, _ in parts))
    named = [(part, known.numbered("", name.removeprefix("Item "))) for name, part in _parts(blocks, parts)]
    spans = [_declared_span(text, part, known, items[0], found) for part, items in named if part and items]
    held = {span.item.key for span in spans if not span.failed}
    bare = [c for c in found if c.grade == TITLE_ONLY and not c.items[0].unlisted and c.items[0].key not in held]
    spans = [bare_title_checked(text, span, bare) for span in spans]
    done: list[Block] = list(blocks[: parts[0][0]])
    sections = iter("" if span.failed else span.item.key for span in spans)
    for part, items in named:
        section = next(sections) if part and items else ""
        done += [_in_section(block, section) for block in part]
    rows = {span.item.key: _row(span) for span in reversed(spans)}
    return tuple(done), tuple(rows[item.key] for item in known.items if item.key in rows)


def _declared_span(text: str, part: Sequence[Block], known: Form, item: Item, found: list[Candidate]) -> Span:
    end = part[-1].end
    found = [c for c in found if part[0].start <= c.start < end]
    own = next((c for c in found if c.block == part[0].index and item in c.items), None)
    if own is None or own.contents:
        nothing = Candidate(part[0].index, part[0].start, part[0].end, 0, (item,))
        return Span(nothing, item, end, f"its text does not open with a heading of {item.key}", failed=True)
    if foreign := foreign_heading(found, own, item, end):
        return Span(own, item, end, f"a heading of {foreign.items[0].key} stands in it", failed=True)
    span = heading_and_length_checked(text, Span(own, item, end))
    return swallow_checked(text, part, span, [other for other in known.items if other.marks])


def _unheaded(asked: list[Item], spans: list[Span], refused: dict[str, Section]) -> list[Item]:
    headed = {i.key for span in spans for i in (span.item, *span.candidate.with_it)} | set(refused)
    return [item for item in asked if item.key not in headed]


def _row(span: Span) -> Section:
    item = span.item
    if span.failed:
        return Section(item.key, item.title, "failed", span.reason, 0, 0)
    reason = "; ".join(part for part in (span.reason, span.note) if part)
    return Section(item.key, item.title, "found", reason, span.candidate.start, span.end)


def _has_cover(text: str, blocks: Sequence[Block]) -> bool:
    """Return whether the document is a form with its cover, not an exhibit that only names the form."""
    cover = blocks[:_COVER_BLOCKS]
    return bool(cover) and bool(_COVER.search(text, cover[0].start, cover[-1].end))


def _part_only(known: Form, form: str, text: str, blocks: Sequence[Block]) -> bool:
    """Return whether the document holds only some items by its nature: an 8-K, an amendment."""
    if known.as_reported or form.endswith("/A"):
        return True
    return any(_AMENDMENT.match(text, b.start, b.end) for b in blocks[:_COVER_BLOCKS])


def _with_missing(
    text: str,
    blocks: Sequence[Block],
    form: Form,
    period_end: date | None,
    rows: dict[str, Section],
    found: list[Candidate],
) -> tuple[Section, ...]:
    listed = {item.key: c for c in found if c.contents for item in c.items}
    indexed = bool(listed) and not rows
    sections = []
    for item in form.items:
        if item.key in rows:
            sections.append(rows[item.key])
        elif item.asked(period_end):
            reason = _why_missing(text, blocks, item, listed.get(item.key), indexed)
            if item.since and not period_end:
                reason += f" (asked for since {item.since}; the period is not known)"
            sections.append(Section(item.key, item.title, "missing", reason, 0, 0))
    return tuple(sections)


def _why_missing(text: str, blocks: Sequence[Block], item: Item, listed: Candidate | None, indexed: bool) -> str:
    if listed is not None:
        where = _listed_where(text, blocks, item, listed)
        name = "cross-reference index" if indexed else "only in the table of contents"
        return f"{name}: {where[:120]}" if where else name
    return "no heading of it; the form lets it be left out" if item.optional else "no heading of it"


def _listed_where(text: str, blocks: Sequence[Block], item: Item, listed: Candidate) -> str:
    """Return where an index sends the reader: the last cell of the item's row, or the rows below that it parts into."""
    first = blocks[listed.block]
    if first.table is None:
        return ""
    row, _, last = text[first.start : first.end].rpartition(" | ")
    if row and not words_of(last).startswith(item.wordings[0]):
        return last
    below = takewhile(lambda b: b.table == first.table, blocks[listed.block + 1 :])
    said = takewhile(lambda words: not _ROW.match(words), (text[b.start : b.end] for b in below))
    return "; ".join(words.replace(" | ", ": ") for words in said if " | " in words)


def _in_section(block: Block, section: str) -> Block:
    """Return the block with that section; several times faster than ``replace``, which tells on thousands of blocks."""
    if block.section == section:
        return block
    values = list(_VALUES(block))
    values[_SECTION] = section
    return Block(*values)


def _with_sections(blocks: Sequence[Block], spans: list[Span]) -> tuple[Block, ...]:
    """Return the blocks with their item; between the first and the last item a block of none has an empty section."""
    if not spans:
        return tuple(blocks)
    done: list[Block] = list(blocks[: spans[0].candidate.block])
    bounds = [*(span.candidate.block for span in spans[1:]), len(blocks)]
    for span, bound in zip(spans, bounds, strict=True):
        section = "" if span.failed else span.item.key
        for block in blocks[span.candidate.block : bound]:
            inside = block.start < span.end
            if inside or bound != len(blocks):
                done.append(_in_section(block, section if inside else ""))
            else:
                done.append(block)
    return tuple(done)
