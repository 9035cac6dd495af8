"""Sentences of a block, by rule. What belongs here: where a sentence ends. What does not: what it says.

The parser's own boundaries are worse on filings (it glues and splits), see docs/adr/0003.
"""

import re
from collections.abc import Iterator

_ABBREVIATIONS = [
    "Inc",
    "Corp",
    "Ltd",
    "Co",
    "Mr",
    "Ms",
    "Mrs",
    "Dr",
    "vs",
    "v",
    "No",
    "Nos",
    "U.S",
    "U.K",
    "L.P",
    "S.A",
    "N.V",
    "e.g",
    "i.e",
    "etc",
    "approx",
    "St",
    "Jr",
    "Sr",
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "Aug",
    "Sept",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
    "Fig",
]
_END = re.compile(r"[.!?]['”\")\]]*(?:\s\[\d+\])*\s+(?=[A-Z“\"(0-9•]|[a-z][A-Z])")
# Longer ones are no sentence but a broken page: no claim is read from them, and the parser would take minutes.
MAX_CHARACTERS = 1500


def sentences(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield the absolute spans of the sentences of ``text``, which begins at ``start``; over-long ones are left out."""
    begin = 0
    for match in _END.finditer(text):
        word = text[begin : match.start()].rsplit(None, 1)[-1:] or [""]
        if word[0].lstrip('(“"') in _ABBREVIATIONS or re.fullmatch(r"\(?[A-Z]", word[0]):
            continue
        yield from _span(text, begin, match.end(), start)
        begin = match.end()
    yield from _span(text, begin, len(text), start)


def _span(text: str, begin: int, end: int, start: int) -> Iterator[tuple[int, int]]:
    piece = text[begin:end]
    left, right = len(piece) - len(piece.lstrip()), len(piece.rstrip())
    if 0 < right - left <= MAX_CHARACTERS:
        yield start + begin + left, start + begin + right
