"""Whether an item's text can be right: the checks between a heading and a section that is believed.

What belongs here: heading, length, reasons of short texts, and signs that an item swallowed another. What does not: which
headings were chosen (``sequence``). Every check that refuses says why; none repairs.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipelines.parse.headings import NUMBERED, TITLE_ONLY, Candidate, breaks_off
from pipelines.parse.items import Form, Item, places, short_forms, words_of
from pipelines.records import Block

# How far a short text is read for the reason that it gives, and how long one may be that gives it.
_READ, _SHORT_MOST = 700, 1500
# A text below this is asked for a reason even where its item may be short.
_SHORT = 200
_MARKS = 2
# An item whose text has at least so many characters is one of substance.
SUBSTANCE = 1000
# A title of so many words is of that item wherever it stands as a heading.
_TELLING_WORDS = 3
_NOTHING = re.compile(r"(?:none|not applicable|n/a)\W*", re.I)


@dataclass(frozen=True, slots=True)
class Span:
    """An item's chosen heading, where its text ends, and why it is short or what a check found wrong with it."""

    candidate: Candidate
    item: Item
    end: int
    reason: str = ""
    failed: bool = False
    # What a reader should know of an item that is found all the same.
    note: str = ""


def plausible(text: str, candidate: Candidate, item: Item, end: int) -> bool:
    """Return whether a text from this heading to ``end`` has a length that its item may have."""
    length = end - candidate.body
    return length <= item.most and (length >= item.least or bool(_short_reason(text[candidate.body : end])))


def _short_reason(body: str) -> str:
    """Return the reason that a short text gives for being short, empty where it gives none or is not short."""
    if len(body) > _SHORT_MOST:
        return ""
    words = body[:_READ]
    reason = next((reason for reason, says in short_forms() if says.search(words)), "")
    if not reason.startswith(("incorporated", "refers")):
        return reason
    for name, says in places():
        if place := says.search(words):
            return f"{reason}: {name.format(place[1] if place.re.groups else '')}"
    return reason


def heading_and_length_checked(text: str, span: Span) -> Span:
    """Return the span as it is, with the reason of a short text, or failed by its heading or its length."""
    if span.failed:
        return span
    body = text[span.candidate.body : span.end].strip()
    wrong = _wrong_heading(span) or _wrong_length(body, span.item) or _wrong_end(text, span)
    if wrong:
        return replace(span, failed=True, reason=wrong)
    if not body:
        return replace(span, reason=_short_reason(text[span.candidate.start : span.candidate.body]))
    return replace(span, reason=_short_reason(body) if len(body) < max(span.item.least, _SHORT) else "")


def _wrong_heading(span: Span) -> str:
    if span.candidate.grade == NUMBERED:
        return f"its heading has the number but not the title of {span.item.key}"
    return ""


def _wrong_length(body: str, item: Item) -> str:
    if len(body) > item.most:
        return f"{len(body):,} characters; {item.key} has at most {item.most:,}"
    if body and len(body) < item.least and not _short_reason(body):
        return f"{len(body):,} characters; {item.key} has at least {item.least:,} or says why it has not"
    if len(body) > _SHORT_MOST and _NOTHING.fullmatch(body.partition("\n")[0]):
        return f"says that there is nothing, yet {len(body):,} characters follow"
    return ""


def _wrong_end(text: str, span: Span) -> str:
    if span.end <= span.candidate.body:
        said = _short_reason(text[span.candidate.start : span.candidate.body])
        return "" if said else "nothing stands below its heading"
    return "its text breaks off in a sentence" if breaks_off(text, span.end) else ""


def swallow_checked_all(
    text: str, blocks: Sequence[Block], spans: list[Span], found: list[Candidate], form: Form, asked: list[Item]
) -> list[Span]:
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
        span = bare_title_checked(text, span, bare)
        span = swallow_checked(text, blocks, span, absent)
        checked.append(_room_checked(span, [i for i in asked if span.item.rank < i.rank < bound]))
    return checked


def bare_title_checked(text: str, span: Span, bare: list[Candidate]) -> Span:
    """Fail the span if it holds one of the headings in ``bare``: the title of a later item, without its number."""
    for candidate in bare:
        item = candidate.items[0]
        inside = span.candidate.body <= candidate.start < span.end and item.rank > span.item.rank
        if not span.failed and inside and _telling(text[candidate.start : candidate.body]):
            return replace(span, failed=True, reason=f"holds a heading of {item.key} without its number")
    return span


def _telling(heading: str) -> bool:
    return len(words_of(heading).split()) >= _TELLING_WORDS


def _room_checked(span: Span, absent: list[Item]) -> Span:
    heavy = next((i for i in absent if i.least >= SUBSTANCE), None)
    if span.failed or not absent:
        return span
    if heavy is not None and span.end - span.candidate.body >= heavy.least:
        return replace(span, failed=True, reason=f"may hold {heavy.key}, whose heading was not found after it")
    names = ", ".join(item.key for item in absent)
    note = f"no heading of {names} was found after it"
    return replace(span, note=f"{span.note}; {note}" if span.note else note)


def swallow_checked(text: str, blocks: Sequence[Block], span: Span, absent: list[Item]) -> Span:
    """Fail the span if its ``blocks`` hold two marks of an item in ``absent``: headings that belong to that one alone."""
    for item in absent:
        if span.failed or span.item.key in item.shares or span.item.key == item.key:
            continue
        short = (b for b in blocks if span.candidate.body <= b.start < span.end and b.end - b.start < 90)
        marks = {words for b in short if (words := words_of(text[b.start : b.end])) in item.marks}
        if len(marks) >= _MARKS:
            reason = f"holds what belongs to {item.key}, whose heading was not found: {', '.join(sorted(marks)[:2])}"
            return replace(span, failed=True, reason=reason)
    return span
