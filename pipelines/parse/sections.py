"""Parts and items of a filing: one pass over its canonical blocks, whatever format they came from.

What belongs here: choosing the items' headings as one ordered sequence, and checking each item before it is believed.
What does not: which blocks may head an item (``headings``), or what forms ask for (``items``, ``items.yml``).

An item that fails a check is reported as failed with the reason, and its blocks get no section; it is never filled with
something else. A text that says why it is short (incorporated by reference, reserved, none) is found, with that reason.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipelines.parse.headings import NUMBERED, PART, TITLE_ONLY, TITLED, Candidate, candidates
from pipelines.parse.items import Form, Item, ends, form_of, short_forms, words_of
from pipelines.records import Block, Section

_AMENDMENT = re.compile(r"\W*amendment\s+no", re.I)
_COVER = re.compile(r"commission\s+file|exact\s+name\s+of\s+registrant", re.I)
_EXHIBIT = re.compile(r"\bexhibits?\s+\(?(\d{1,2}(?:\.\d{1,2})?)", re.I)
_PLACE = re.compile(r"\b(?:item\s+\d{1,2}[a-c]?|part\s+i{1,3}v?\b|notes?\s+\d{1,2}|proxy statement)", re.I)
# How far a short text is read for the reason that it gives.
_READ = 700
# A text below this is asked for a reason even where its item may be short.
_SHORT = 200
# A text whose length cannot be right costs more than a number without a title gains, less than number and title.
# It still gains something, so that an item is reported as failed where there is no better heading of it.
_IMPLAUSIBLE, _LEAST_GAIN = 3.0, 0.1
# What stands between a part's heading and its first item at most.
_PART_GAP = 300
# The cover, where the form is named, and an amendment says that it is one.
_COVER_BLOCKS = 60
# Headings without numbers are believed as a form's items when there are so many in order.
_TITLES = 4
_MARKS = 2
# An item whose text has at least so many characters is one of substance.
_SUBSTANCE = 1000
# A title of so many words is of that item wherever it stands as a heading.
_TELLING_WORDS = 3

_Choice = tuple[Candidate, Item]


@dataclass(frozen=True, slots=True)
class _Span:
    """An item's chosen heading, where its text ends, and why it is short or what a check found wrong with it."""

    candidate: Candidate
    item: Item
    end: int
    reason: str = ""
    failed: bool = False


def assign(
    text: str,
    blocks: Sequence[Block],
    form: str,
    period_end: date | None = None,
    exhibits: Sequence[tuple[int, str]] = (),
) -> tuple[tuple[Block, ...], tuple[Section, ...]]:
    """Return the blocks with ``section`` set to their item, and a row for each item that ``form`` asks for.

    ``text`` and ``blocks`` are canonical, ``form`` is as EDGAR writes it ("10-K", "10-Q/A"), ``period_end`` tells which
    items were asked for at the time, ``exhibits`` at which blocks exhibits begin that follow the primary document, in
    order, with their names. Blocks of a form without known items, or of a document without any heading of an item, stay
    as they are. Spans never overlap; a block between the items that were found has no section.
    """
    if not exhibits:
        return _assign(text, blocks, form, period_end)
    first = exhibits[0][0]
    done, rows = _assign(text[: blocks[first - 1].end], blocks[:first], form, period_end)
    bounds = [*(start for start, _ in exhibits[1:]), len(blocks)]
    for (start, name), bound in zip(exhibits, bounds, strict=True):
        if part := blocks[start:bound]:
            done += tuple(replace(block, section=name) for block in part)
            rows += (Section(name, name, "found", "", part[0].start, part[-1].end),)
    return done, rows


def _assign(
    text: str, blocks: Sequence[Block], form: str, period_end: date | None
) -> tuple[tuple[Block, ...], tuple[Section, ...]]:
    known = form_of(form)
    if known is None:
        return tuple(blocks), ()
    found = candidates(text, blocks, known)
    chosen = _believable(_sequence(text, _usable(found)), known, period_end)
    spans, refused = _cut(text, blocks, found, chosen)
    partial = _part_only(known, form, text, blocks, found)
    asked = [] if partial else [i for i in known.items if i.asked(period_end) and not i.optional]
    spans = [_heading_and_length_checked(text, span) for span in spans]
    spans = _without_swallowed(text, blocks, spans, found, known, _unheaded(asked, spans, refused))
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


def _unheaded(asked: list[Item], spans: list[_Span], refused: dict[str, Section]) -> list[Item]:
    headed = {i.key for span in spans for i in (span.item, *span.candidate.with_it)} | set(refused)
    return [item for item in asked if item.key not in headed]


def _usable(found: list[Candidate]) -> list[Candidate]:
    """Leave out the table of contents, and headings without a number of items that have one with it."""
    body = [c for c in found if c.items and not c.contents]
    numbered = {item.key for c in body if c.grade != TITLE_ONLY for item in c.items}
    listed = any(c.contents for c in found)
    if listed and not numbered:
        return []
    return [c for c in body if c.grade != TITLE_ONLY or not numbered & {item.key for item in c.items}]


def _sequence(text: str, usable: list[Candidate]) -> list[_Choice]:
    """Return the best sequence of headings whose items stand in the form's order (dynamic programming)."""
    states = [(c, item) for c in usable for item in c.items]
    best = [0.0] * len(states)
    following: list[int | None] = [None] * len(states)
    for at in range(len(states) - 1, -1, -1):
        candidate, item = states[at]
        best[at] = _gain(text, candidate, item, len(text))
        for later in range(at + 1, len(states)):
            other, other_item = states[later]
            if other.start <= candidate.start or other_item.rank <= item.rank:
                continue
            total = _gain(text, candidate, item, other.start) + best[later]
            if total > best[at]:
                best[at], following[at] = total, later
    at_best = max(range(len(states)), key=lambda n: (best[n], -n), default=None)
    chosen = []
    while at_best is not None:
        chosen.append(states[at_best])
        at_best = following[at_best]
    return chosen


def _gain(text: str, candidate: Candidate, item: Item, end: int) -> float:
    """Return what taking this heading for this item gains: its grade, less where the length cannot be right."""
    length = end - candidate.body
    if length > item.most or (length < item.least and not _short_reason(text[candidate.body : end])):
        return max(_LEAST_GAIN, candidate.grade - _IMPLAUSIBLE)
    return float(candidate.grade)


def _short_reason(body: str) -> str:
    """Return the reason that a short text gives for being short, empty where it gives none."""
    words = body[:_READ]
    reason = next((reason for reason, says in short_forms() if says.search(words)), "")
    if not reason.startswith(("incorporated", "refers")):
        return reason
    if exhibit := _EXHIBIT.search(words):
        return f"{reason}: Exhibit {exhibit[1]}"
    place = _PLACE.search(words)
    return f"{reason}: {place[0][:1].upper()}{place[0][1:]}" if place else reason


def _believable(chosen: list[_Choice], form: Form, period_end: date | None) -> list[_Choice]:
    """Leave out headings without a number, unless the numbered items next to them in the form frame them, or all are so."""
    if all(c.grade == TITLE_ONLY for c, _ in chosen):
        return chosen if len(chosen) >= _TITLES and any(item.least >= _SUBSTANCE for _, item in chosen[:-1]) else []
    numbered = {item.rank for c, item in chosen if c.grade != TITLE_ONLY}
    asked = [i.rank for i in form.items if (i.asked(period_end) and not i.optional) or i.rank in numbered]
    return [(c, item) for c, item in chosen if c.grade != TITLE_ONLY or _framed(item.rank, asked, numbered)]


def _framed(rank: int, asked: list[int], numbered: set[int]) -> bool:
    before = max((r for r in asked if r < rank), default=None)
    after = min((r for r in asked if r > rank), default=None)
    return before in (None, *numbered) and after in (None, *numbered) and bool(numbered)


def _cut(
    text: str, blocks: Sequence[Block], found: list[Candidate], chosen: list[_Choice]
) -> tuple[list[_Span], dict[str, Section]]:
    """Return the items' spans and the rows of items whose heading stands out of order.

    A span ends at the next item or the part before it, at a foreign item's heading, or at what ends the last item.
    """
    keys = {item.key for _, item in chosen}
    spans, refused = [], {}
    for number, (candidate, item) in enumerate(chosen):
        last = number + 1 == len(chosen)
        end = _end(text, blocks, found, candidate, None if last else chosen[number + 1][0])
        foreign = _foreign(found, candidate, item, end)
        span = _Span(candidate, item, len(text[: foreign.start if foreign else end].rstrip()))
        other = foreign.items[0] if foreign else item
        if foreign and other.key in keys:
            span = replace(span, failed=True, reason=f"a second heading of {other.key} stands in it")
        elif foreign:
            reason = f"its heading stands out of order, within {item.key}"
            refused[other.key] = Section(other.key, other.title, "failed", reason, 0, 0)
        spans.append(span)
    return spans, refused


def _end(
    text: str, blocks: Sequence[Block], found: list[Candidate], candidate: Candidate, following: Candidate | None
) -> int:
    if following is None:
        # Right below "Exhibits" an index of them is the item itself.
        later = (b for b in blocks[candidate.block + 1 :] if b.end - b.start < 40 and b.start > candidate.body + 2)
        return next((b.start for b in later if words_of(text[b.start : b.end]) in ends()), len(text))
    parts = [c.start for c in found if c.grade == PART and candidate.start < c.start < following.start]
    return min((start for start in parts if following.start - start < _PART_GAP), default=following.start)


def _foreign(found: list[Candidate], candidate: Candidate, item: Item, end: int) -> Candidate | None:
    """Return the first full heading of another item within a span, if there is one."""
    within = (c for c in found if candidate.start < c.start < end and c.grade == TITLED and not c.contents)
    return next((c for c in within if item not in c.items), None)


def _heading_and_length_checked(text: str, span: _Span) -> _Span:
    body = text[span.candidate.body : span.end].strip()
    item, length = span.item, len(body)
    if span.failed:
        return span
    if span.candidate.grade == NUMBERED:
        return replace(span, failed=True, reason=f"its heading has the number but not the title of {item.key}")
    if length > item.most:
        return replace(span, failed=True, reason=f"{length:,} characters; {item.key} has at most {item.most:,}")
    if not length:
        said = _short_reason(text[span.candidate.start : span.candidate.body])
        return replace(span, failed=not said, reason=said or "nothing stands below its heading")
    if length >= max(item.least, _SHORT):
        return span
    reason = _short_reason(body)
    if not reason and length < item.least:
        reason = f"{length:,} characters; {item.key} has at least {item.least:,} or says why it has not"
        return replace(span, failed=True, reason=reason)
    return replace(span, reason=reason)


def _without_swallowed(
    text: str, blocks: Sequence[Block], spans: list[_Span], found: list[Candidate], form: Form, asked: list[Item]
) -> list[_Span]:
    """Check each span for items that should come after it and have no heading: it may have swallowed them.

    ``asked`` are the items that this document should have; those of substance fail a span that has room for them, the
    others leave a word in its reason.
    """
    held = {span.item.key for span in spans if not span.failed}
    headed = {span.item.rank for span in spans}
    bounds = [*[span.item.rank for span in spans[1:]], len(form.items)]
    absent = [item for item in form.items if item.marks and item.key not in held]
    bare = [
        c
        for c in found
        if c.grade == TITLE_ONLY and not c.contents and not c.items[0].unlisted and c.items[0].rank not in headed
    ]
    checked = []
    for span, bound in zip(spans, bounds, strict=False):
        span = _bare_title_checked(text, span, [c for c in bare if span.candidate.body <= c.start < span.end])
        span = _swallow_checked(text, blocks, span, absent)
        checked.append(_room_checked(span, [i for i in asked if span.item.rank < i.rank < bound]))
    return checked


def _bare_title_checked(text: str, span: _Span, bare: list[Candidate]) -> _Span:
    for candidate in bare:
        item = candidate.items[0]
        if not span.failed and item.rank > span.item.rank and _telling(text[candidate.start : candidate.body]):
            return replace(span, failed=True, reason=f"holds a heading of {item.key} without its number")
    return span


def _telling(heading: str) -> bool:
    return len(words_of(heading).split()) >= _TELLING_WORDS


def _room_checked(span: _Span, absent: list[Item]) -> _Span:
    heavy = next((i for i in absent if i.least >= _SUBSTANCE), None)
    if span.failed or not absent:
        return span
    if heavy is not None and span.end - span.candidate.body >= heavy.least:
        return replace(span, failed=True, reason=f"may hold {heavy.key}, whose heading was not found after it")
    names = ", ".join(item.key for item in absent)
    note = f"no heading of {names} was found after it"
    return replace(span, reason=f"{span.reason}; {note}" if span.reason else note)


def _swallow_checked(text: str, blocks: Sequence[Block], span: _Span, absent: list[Item]) -> _Span:
    for item in absent:
        if span.failed or span.item.key in item.shares or span.item.key == item.key:
            continue
        short = (b for b in blocks[span.candidate.block + 1 :] if b.start < span.end and b.end - b.start < 90)
        marks = {words for b in short if (words := words_of(text[b.start : b.end])) in item.marks}
        if len(marks) >= _MARKS:
            reason = f"holds what belongs to {item.key}, whose heading was not found: {', '.join(sorted(marks)[:2])}"
            return replace(span, failed=True, reason=reason)
    return span


def _row(span: _Span) -> Section:
    item = span.item
    if span.failed:
        return Section(item.key, item.title, "failed", span.reason, 0, 0)
    return Section(item.key, item.title, "found", span.reason, span.candidate.start, span.end)


def _has_cover(text: str, blocks: Sequence[Block]) -> bool:
    """Return whether the document is a form with its cover, not an exhibit that only names the form."""
    cover = blocks[:_COVER_BLOCKS]
    return bool(cover) and bool(_COVER.search(text, cover[0].start, cover[-1].end))


def _part_only(known: Form, form: str, text: str, blocks: Sequence[Block], found: list[Candidate]) -> bool:
    """Return whether the document holds only some items by its nature: an 8-K, an amendment, items cut out of a form."""
    if known.as_reported or form.endswith("/A") or (found and found[0].block == 0):
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
        said = text[listed.start : blocks[listed.block].end]
        where = said.rpartition(" | ")[2] if " | " in said else ""
        name = "cross-reference index" if indexed else "only in the table of contents"
        return f"{name}: {where[:80]}" if where else name
    return "no heading of it; the form lets it be left out" if item.optional else "no heading of it"


def _with_sections(blocks: Sequence[Block], spans: list[_Span]) -> tuple[Block, ...]:
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
                done.append(replace(block, section=section if inside else ""))
            else:
                done.append(block)
    return tuple(done)
