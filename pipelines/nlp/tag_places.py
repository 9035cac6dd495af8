"""Where a tag stands in the text. What belongs here: the sentence or row of a fact, and its number as shown there.

What does not: what the tag means (``tagged_shares``, ``tagged_amounts``).
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from pipelines.nlp.sentences import sentences
from pipelines.records import Block, Document, Fact

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|\.\d+")
_SCALES = {Decimal(10) ** 3: "thousand", Decimal(10) ** 6: "million", Decimal(10) ** 9: "billion", Decimal(10) ** 12: "trillion"}  # fmt: skip
_SYMBOLS = {"usd": "$", "eur": "€", "gbp": "£", "jpy": "¥"}
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Place:
    """The sentence or table row that shows a fact: its block and its absolute span."""

    block: Block
    start: int
    end: int


class Places:
    """Finds the places of one document's facts."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._starts = [block.start for block in document.blocks]

    def of(self, fact: Fact) -> Place | None:
        """Return the sentence or row around ``fact``; None for a hidden fact and for one outside of any block."""
        at = bisect_right(self._starts, fact.start) - 1
        if fact.end == 0 or at < 0:
            return None
        block = self._document.blocks[at]
        if fact.end > block.end:
            return None
        if block.cells:
            return Place(block, block.start, block.end)
        for start, end in sentences(self._document.text_of(block), block.start):
            if start <= fact.start and fact.end <= end:
                return Place(block, start, end)
        return Place(block, block.start, block.end) if block.end - block.start <= _LONGEST else None


def local(name: str) -> str:
    """Return the local part of a qualified name: "Revenues" for "us-gaap:Revenues"."""
    return name.rpartition(":")[2]


def number(value: str) -> Decimal | None:
    """Return the number that ``value`` writes as decimal text, or None where it is none."""
    try:
        return Decimal(value)
    except InvalidOperation:
        return None


def shown_number(document: Document, fact: Fact) -> str:
    """Return the digits of ``fact`` as the text shows them ("45,079"), or nothing where it shows a word or a sign."""
    found = _NUMBER.search(document.text, fact.start, fact.end)
    return found[0] if found else ""


def scale_of(document: Document, fact: Fact) -> str:
    """Return the word that the shown number leaves open: "million" for "45,079" of 45,079,000,000 divided by a million."""
    digits, value = number(shown_number(document, fact).replace(",", "")), number(fact.value)
    if not digits or not value:
        return ""
    return _SCALES.get(abs(value) / digits, "")


def money(document: Document, fact: Fact) -> str:
    """Return the amount of ``fact`` with its currency and scale: "$45,079 million"; "CHF 5 million"."""
    symbol = _SYMBOLS.get(fact.unit, f"{fact.unit.upper()} ")
    return f"{symbol}{shown_number(document, fact)} {scale_of(document, fact)}".strip()


def percent(value: str) -> str:
    """Return a ratio as percent: "12%" for 0.12, "11.4%" for 0.114; nothing where ``value`` is no number."""
    share = number(value)
    if share is None:
        return ""
    written = format((share * 100).normalize(), "f")
    return f"{written}%"


def fits(patterns: Sequence[str], name: str) -> bool:
    """Return whether the whole local part of ``name`` is what one of ``patterns`` describes."""
    return any(re.fullmatch(pattern, local(name)) for pattern in patterns)
