"""Tables as written to rows of the canonical text. What belongs here: which cells hold what, header rows, layout tables.

What does not: markup (``walk``), offsets (``canonical``).
"""

import re

from pipelines.parse.walk import Piece, Table, plain

# A filled cell: its column, its text with the marks of facts.
Filled = tuple[int, str]

BULLET = re.compile(r"^[•●▪◦‣·–—-]\s*")
_GLUE_LEFT = frozenset(("$", "(", "€", "£", "¥", "($", "$("))
_GLUE_RIGHT = frozenset((")", "%", ")%", "pts", "%)"))
_YEAR = re.compile(r"(?:.*\D)?(?:19|20)\d\d\W*")
_DIGIT = re.compile(r"\d")
_PAGE = re.compile(r"\d{1,3}|F-\d+")


def rows_of(table: Table) -> list[list[Filled]]:
    """Return the rows with their filled cells; signs that stand in cells of their own joined to their numbers."""
    rows = []
    for cells in table.rows:
        row: list[Filled] = []
        for column, pieces in cells:
            if pieces:
                _add(row, column, _text(pieces))
        rows.append(row)
    return rows


def _text(pieces: list[Piece]) -> str:
    if len(pieces) == 1 and isinstance(pieces[0], tuple):
        return pieces[0][1]
    return " ".join(_texts(pieces))


def _texts(pieces: list[Piece]) -> list[str]:
    """Return the texts of a cell, those of a table inside of it included, without recursion."""
    found: list[str] = []
    stack = list(reversed(pieces))
    while stack:
        piece = stack.pop()
        if isinstance(piece, tuple):
            found.append(piece[1])
        elif isinstance(piece, Table):
            stack.extend(p for row in reversed(piece.rows) for cell in reversed(row) for p in reversed(cell[1]))
    return found


def _add(row: list[Filled], column: int, text: str) -> None:
    if row and text in _GLUE_RIGHT:
        row[-1] = (row[-1][0], row[-1][1] + text)
    elif row and row[-1][1] in _GLUE_LEFT:
        row[-1] = (column, row[-1][1] + text)
    elif text:
        row.append((column, text))


def holds_tables(table: Table) -> bool:
    """Say whether a cell holds a table of its own: then this one only lays out."""
    return any(not isinstance(piece, tuple) for row in table.rows for cell in row for piece in cell[1])


def is_layout(rows: list[list[Filled]]) -> bool:
    """Say whether a table of these filled rows only lays out text: one column, or bullets beside their text."""
    width = max(map(len, rows))
    return width == 1 or (width == 2 and all(len(row) == 1 or (row[0][1] + " ")[0] in "•●▪◦‣·–—-" for row in rows))


def header_rows(table: Table, rows: list[list[Filled]]) -> int:
    """Return how many of the filled ``rows`` head the columns."""
    if table.heads:
        return sum(1 for row in table.rows[: table.heads] if any(cell[1] for cell in row))
    for number, row in enumerate(rows[:4]):
        if any(_DIGIT.search(text) and not _YEAR.fullmatch(text) for _, text in row[1:]):
            return number
    return 1


def is_contents(rows: list[list[Filled]]) -> bool:
    """Say whether these filled rows are a table of contents: most of them end in a page number."""
    if len(rows) <= 3:
        return False
    pages = sum(1 for row in rows if _PAGE.fullmatch(row[-1][1]))
    return pages > 0.7 * len(rows) and not any(len(row) > 4 for row in rows)


def texts_of(row: list[Filled]) -> list[str]:
    """Return the cells' texts without marks."""
    return [plain(text) for _, text in row]
