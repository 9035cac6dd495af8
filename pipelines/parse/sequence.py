"""The items' headings as one ordered sequence, and where each item's text ends.

What belongs here: choosing among candidates (``headings``) and cutting. What does not: whether what was cut can be right
(``checks``).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pipelines.parse.checks import SUBSTANCE, Span, plausible
from pipelines.parse.headings import PART, TITLE_ONLY, TITLED, Candidate
from pipelines.parse.items import Form, Item, ends, words_of
from pipelines.records import Block, Section

# A text whose length cannot be right costs more than a number without a title gains, less than number and title.
# It still gains something, so that an item is reported as failed where there is no better heading of it.
_IMPLAUSIBLE, _LEAST_GAIN = 3.0, 0.1
# What stands between a part's heading and its first item at most.
_PART_GAP = 300
# Headings without numbers are believed as a form's items when there are so many in order.
_TITLES = 4

Choice = tuple[Candidate, Item]


def spans_of(
    text: str, blocks: Sequence[Block], found: list[Candidate], form: Form, period_end: date | None
) -> tuple[list[Span], dict[str, Section]]:
    """Return the spans of the best sequence of headings, and the rows of items whose heading stands out of order."""
    chosen = _believable(_sequence(text, _usable(found)), form, period_end)
    return _cut(text, blocks, found, chosen)


def _usable(found: list[Candidate]) -> list[Candidate]:
    """Leave out the table of contents, and headings without a number of items that have one with it."""
    body = [c for c in found if c.items and not c.contents]
    numbered = {item.key for c in body if c.grade != TITLE_ONLY for item in c.items}
    listed = any(c.contents for c in found)
    if listed and not numbered:
        return []
    return [c for c in body if c.grade != TITLE_ONLY or not numbered & {item.key for item in c.items}]


def _sequence(text: str, usable: list[Candidate]) -> list[Choice]:
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
    if plausible(text, candidate, item, end):
        return float(candidate.grade)
    return max(_LEAST_GAIN, candidate.grade - _IMPLAUSIBLE)


def _believable(chosen: list[Choice], form: Form, period_end: date | None) -> list[Choice]:
    """Leave out headings without a number, unless the numbered items next to them in the form frame them, or all are so."""
    if all(c.grade == TITLE_ONLY for c, _ in chosen):
        return chosen if len(chosen) >= _TITLES and any(item.least >= SUBSTANCE for _, item in chosen[:-1]) else []
    numbered = {item.rank for c, item in chosen if c.grade != TITLE_ONLY}
    asked = [i.rank for i in form.items if (i.asked(period_end) and not i.optional) or i.rank in numbered]
    return [(c, item) for c, item in chosen if c.grade != TITLE_ONLY or _framed(item.rank, asked, numbered)]


def _framed(rank: int, asked: list[int], numbered: set[int]) -> bool:
    before = max((r for r in asked if r < rank), default=None)
    after = min((r for r in asked if r > rank), default=None)
    return before in (None, *numbered) and after in (None, *numbered) and bool(numbered)


def _cut(
    text: str, blocks: Sequence[Block], found: list[Candidate], chosen: list[Choice]
) -> tuple[list[Span], dict[str, Section]]:
    """Return the items' spans and the rows of items whose heading stands out of order.

    A span ends at the next item or the part before it, at a foreign item's heading, or at what ends the last item.
    """
    keys = {item.key for _, item in chosen}
    spans: list[Span] = []
    refused: dict[str, Section] = {}
    for number, (candidate, item) in enumerate(chosen):
        last = number + 1 == len(chosen)
        end = _end(text, blocks, found, candidate, item, None if last else chosen[number + 1][0])
        foreign = foreign_heading(found, candidate, item, end)
        span = Span(candidate, item, _trimmed(text, foreign.start if foreign else end))
        other = foreign.items[0] if foreign else item
        if foreign and other.key in keys:
            span = replace(span, failed=True, reason=f"a second heading of {other.key} stands in it")
        elif foreign:
            reason = f"its heading stands out of order, within {item.key}"
            refused[other.key] = Section(other.key, other.title, "failed", reason, 0, 0)
        spans.append(span)
    if spans and spans[-1].end == _trimmed(text, len(text)):
        spans[-1] = replace(spans[-1], note="the text ends in it, no signatures follow")
    return spans, refused


def _trimmed(text: str, end: int) -> int:
    while end and text[end - 1].isspace():
        end -= 1
    return end


def _end(
    text: str,
    blocks: Sequence[Block],
    found: list[Candidate],
    candidate: Candidate,
    item: Item,
    following: Candidate | None,
) -> int:
    if following is None:
        enders = {words for words in ends() if not (item.index and "index" in words)}
        # Right below "Exhibits" an index of them is the item itself.
        later = (b for b in blocks[candidate.block + 1 :] if b.end - b.start < 40 and b.start > candidate.body + 2)
        return next((b.start for b in later if words_of(text[b.start : b.end]) in enders), len(text))
    parts = [c.start for c in found if c.grade == PART and candidate.start < c.start < following.start]
    return min((start for start in parts if following.start - start < _PART_GAP), default=following.start)


def foreign_heading(found: list[Candidate], candidate: Candidate, item: Item, end: int) -> Candidate | None:
    """Return the first full heading of another item within a span, if there is one."""
    within = (c for c in found if candidate.start < c.start < end and c.grade == TITLED and not c.contents)
    return next((c for c in within if item not in c.items), None)
