"""Concentration in rows: "Customer A | 12% | 11% | *" under words that say of what. What belongs here: that reader.

It reads table rows and the lines of tables that are plain text. What does not: sentences (``concentration``), tags (``tagged``).
A row is one where its first words are an unnamed party's label, or a company's name, and all that follows are shares.
"""

import re
from collections.abc import Iterator
from datetime import date

from pipelines.nlp import concentration
from pipelines.nlp.reading import BlockView, Filled, Reading
from pipelines.records import Block, Party

_LABEL = re.compile(
    r"(?:(?:direct|indirect|end|major|significant) )?(?P<kind>customer|distributor|reseller|supplier|vendor|manufacturer) "
    r"(?:[A-Z]|\d{1,2}|one|two|three|four|five)\b(?: \(\d\))?", re.I
)  # fmt: skip
_SHARE = re.compile(r"(?<![\d.])(\d{1,2}(?:\.\d+)?|100)\s?%")
_SIGN = re.compile(r"\*|[—–]|<\s?10\s?%|(?:^|\s)-(?=\s)")
_LINE = re.compile(r"(?:\s*(?:\d{1,3}(?:\.\d+)?\s?%|\*+|[—–-]+|<\s?10\s?%|N/?A)(?:\s*\(\d\))?)+\s*$")
_SELLERS = ("supplier", "vendor", "manufacturer")
_YEAR = re.compile(r"\b20[0-4]\d\b")
_TOTAL = re.compile(r"\b(?:accounted for|represent|10%|ten percent|percentage of|concentration|as follows)", re.I)
# How many blocks above a line without a caption may say what its shares are of.
_ABOVE = 8


def read(view: BlockView) -> Iterator[Reading]:
    """Yield the shares of one row; of several columns those that a header dates, else the first."""
    text = view.text
    filer = view.first_person or view.context.topic
    if "%" not in text or filer is None or view.context.document.kind != "filing":
        return
    party = _party(view, text)
    said = _said(view) if party else None
    if party is None or said is None:
        return
    benchmark, frame = said
    kind = _LABEL.match(text)
    sells = bool(kind and kind["kind"].lower() in _SELLERS) or benchmark in ("purchases", "cost")
    for share, year, latest in _shares(view, text):
        start, end = _period(view, year)
        yield Reading(
            predicate="SUPPLIES",
            subject=party if sells else filer.party,
            object=filer.party if sells else party,
            start=view.block.start,
            end=view.block.end,
            method="table:supplies.concentration",
            modality="asserted" if latest else "historical",
            qualifiers={"role": "other", "benchmark": benchmark, "share": f"{share}%"},
            fills={"object" if sells else "subject": filer, "predicate": frame},
            valid_from=start,
            valid_to=end,
            valid_precision="day" if start else "",
            quality=0.9,
        )


def _party(view: BlockView, text: str) -> Party | None:
    label = _LABEL.match(text)
    if label and _only_shares(view, text, label.end()):
        return Party(label[0], label[0], "AnonymousParty", named=False)
    first = view.mentions[0] if view.mentions else None
    if first and first.party.kind == "Organization" and first.start == view.block.start and view.block.cells:
        return first.party if _only_shares(view, text, first.end - view.block.start) else None
    return None


def _only_shares(view: BlockView, text: str, at: int) -> bool:
    """Return whether all cells, or all words, after the label are shares or signs of none."""
    if not view.block.cells:
        return bool(_LINE.match(text, at))
    first, rest = view.block.cells[0], view.block.cells[1:]
    cells = [view.context.document.text[c.start : c.end] for c in rest]
    # One cell may tell of the segment: "Customer A | Gaming | 18%".
    return first.end - view.block.start <= at + 5 and sum(not _LINE.match(cell) for cell in cells if cell.strip()) <= 1


def _said(view: BlockView) -> tuple[str, Filled] | None:
    """Return what the shares are of, and the block above that says so: caption, lead-in, or the nearest sentence."""
    document, block = view.context.document, view.block
    named = [i for i in (block.caption, block.lead_in, block.header) if i is not None]
    above = range(block.index - 1, max(-1, block.index - 1 - _ABOVE), -1)
    for index in dict.fromkeys((*named, *above)):
        other = document.blocks[index]
        words = document.text_of(other)
        if other.table == block.table and other.table is not None and other.kind == "table_row":
            continue
        if (benchmark := concentration.benchmark_of(words)) and _TOTAL.search(words):
            frame = Filled(Party("SUPPLIES", words[:80], "Value"), "caption", other.start, other.end)
            return benchmark, frame
    return None


def _shares(view: BlockView, text: str) -> Iterator[tuple[str, int | None, bool]]:
    """Yield the shares with the year of their column, and whether it is the latest of the header."""
    years = _years(view)
    if not years:
        # The reported period comes first; a sign of none there leaves the rest to an earlier one.
        if (found := _SHARE.search(text)) and not _SIGN.search(text, 0, found.start()):
            yield found[1], None, True
        return
    latest = max(years.values())
    for cell in view.block.cells:
        found = _SHARE.search(view.context.document.text[cell.start : cell.end])
        if found and (year := years.get(cell.column)):
            yield found[1], year, year == latest


def _years(view: BlockView) -> dict[int, int]:
    header: Block | None = None if view.block.header is None else view.context.document.blocks[view.block.header]
    found = {}
    for cell in header.cells if header else ():
        years = _YEAR.findall(view.context.document.text[cell.start : cell.end])
        if len(years) == 1:
            found[cell.column] = int(years[0])
    return found


def _period(view: BlockView, year: int | None) -> tuple[date, date] | tuple[None, None]:
    """Return the days of a column's fiscal year where the filing states them."""
    if year is None or not view.context.document.form.startswith("10-K"):
        return None, None
    return view.context.fiscal_years.get(year, (None, None))
