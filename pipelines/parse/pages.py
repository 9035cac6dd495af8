"""Pages of a filing. What belongs here: finding what is printed on each page (page numbers, running headers and footers).

What does not: what other pieces become (``html``). A line is a running one if it stands beside a page break at least three
times with the same words, digits aside; its first occurrence stays, so that no words are lost.
"""

import re
from collections import Counter

from pipelines.parse.marks import has_marks
from pipelines.parse.walk import PageBreak, Piece, Table

PAGE_MARK = re.compile(r"(?:\d{1,4}|[FS]-\d{1,3}|table of contents|page \d+|index)", re.I)
_DIGITS = re.compile(r"\d+")
# How many lines on either side of a page break may belong to the page.
_REACH = 4
_LONGEST = 160
_REPEATED = 3


def without_running(pieces: list[Piece]) -> list[Piece]:
    """Return ``pieces`` without what repeats on each page."""
    breaks = {at for at, piece in enumerate(pieces) if isinstance(piece, PageBreak)}
    beside = sorted({near for at in breaks for near in _neighbours(pieces, at)})
    lines = {at: line for at in beside if (line := _line(pieces[at]))}
    counts = Counter(lines.values())
    seen: set[str] = set()
    dropped: set[int] = set()
    for at, line in lines.items():
        if counts[line] >= _REPEATED:
            # Where a running line stays, no sentence goes on across the page break before it.
            dropped.update({at} if line in seen else breaks.intersection(range(at - _REACH, at)))
        seen.add(line)
    return [piece for at, piece in enumerate(pieces) if at not in dropped] if dropped else pieces


def _neighbours(pieces: list[Piece], at: int) -> list[int]:
    """Return the places around a page break, up to the first table of more than a line or the next break."""
    found = []
    for step in (-1, 1):
        for near in range(at + step, at + step * (_REACH + 1), step):
            if not 0 <= near < len(pieces) or isinstance(pieces[near], PageBreak) or not _line(pieces[near]):
                break
            found.append(near)
    return found


def _line(piece: Piece) -> str:
    """Return the words of a short line, digits aside; a table of one row is a line. Empty where it is none."""
    if isinstance(piece, Table):
        filled = [cell for row in piece.rows for cell in row if cell[2]]
        rows = sum(1 for row in piece.rows if any(cell[2] for cell in row))
        text = " ".join(part[1] for cell in filled for part in cell[2] if isinstance(part, tuple)) if rows == 1 else ""
    else:
        text = piece[1] if isinstance(piece, tuple) else ""
    if len(text) > _LONGEST or has_marks(text):
        return ""
    return _DIGITS.sub("#", text)
