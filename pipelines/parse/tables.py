"""Tables as written to rows of the canonical text. What belongs here: which cells hold what, header rows, layout tables.

What does not: markup (``walk``), offsets (``canonical``).
"""

import re
from typing import NamedTuple

from pipelines.parse.canonical import UNIT
from pipelines.parse.marks import has_marks, plain
from pipelines.parse.walk import Piece, Table

# A filled cell: its column, the column after its last one, its text with the marks of facts.
Filled = tuple[int, int, str]
# A cell as it stands in the text: its column, which is that of the header cell above it, and its text.
Placed = tuple[int, str]

BULLET = re.compile(r"[•●▪◦‣·–—-](?!\d)\s*")
_GLUE_LEFT = frozenset(("$", "(", "€", "£", "¥", "($", "$("))
_GLUE_RIGHT = frozenset((")", "%", ")%", "pts", "%)"))
_NUMBER = re.compile(r"[^A-Za-z]*\d[^A-Za-z]*")
_YEAR = re.compile(r"\D*(?:19|20)\d\d\W*(?:\(\d\))?")
_PAGE = re.compile(r"\d{1,3}|F-\d+")
_CONTENTS = re.compile(r"(?:item|part|page|note)\b", re.I)
_TOTAL = re.compile(r"(?:sub)?totals?\b", re.I)
_MOST_HEADERS = 10


class Grid(NamedTuple):
    """A table of data: header rows (titles over the whole of it, then one row merged by column); and the body's rows."""

    header: list[list[Placed]]
    body: list[list[Placed]]


def rows_of(table: Table) -> list[list[Filled]]:
    """Return the rows that hold text, with their filled cells; signs in cells of their own joined to their numbers."""
    rows = []
    for cells in table.rows:
        row: list[Filled] = []
        for column, after, pieces in cells:
            if pieces:
                text = pieces[0][1] if len(pieces) == 1 and isinstance(pieces[0], tuple) else " ".join(_texts(pieces))
                _add(row, column, after, text)
        if row:
            rows.append(row)
    return rows


def _texts(pieces: list[Piece]) -> list[str]:
    return [piece[1] for piece in pieces if isinstance(piece, tuple)]


def _add(row: list[Filled], column: int, after: int, text: str) -> None:
    if row and (text in _GLUE_RIGHT or row[-1][2] in _GLUE_LEFT):
        row[-1] = (row[-1][0], after, row[-1][2] + text)
    elif text:
        row.append((column, after, text))


def holds_tables(table: Table) -> bool:
    """Say whether a cell holds a table of its own: then this one only lays out."""
    for row in table.rows:
        for cell in row:
            for piece in cell[2]:
                if not isinstance(piece, tuple):
                    return True
    return False


def is_layout(rows: list[list[Filled]]) -> bool:
    """Say whether a table of these filled rows only lays out text: one column, or bullets beside their text."""
    width = max(map(len, rows))
    return width == 1 or (width == 2 and all(len(row) == 1 or BULLET.fullmatch(row[0][2]) for row in rows))


def is_contents(rows: list[list[Filled]]) -> bool:
    """Say whether these rows are a table of contents: items and parts by name, with page numbers that rise."""
    if len(rows) <= 3 or any(has_marks(cell[2]) for row in rows for cell in row):
        return False
    pages = [row[-1][2] for row in rows if len(row) > 1 and _PAGE.fullmatch(row[-1][2])]
    numbers = [int(page) for page in pages if page.isdecimal()]
    named = sum(1 for row in rows if _CONTENTS.match(row[0][2]))
    return len(pages) > 0.6 * len(rows) and numbers == sorted(numbers) and named > 0.3 * len(rows)


def grid_of(table: Table, rows: list[list[Filled]]) -> Grid:
    """Return header and body; each body cell takes the column of the header cell above it."""
    heads = _header_rows(table, rows)
    label = min(row[0][0] for row in rows)
    titles = [row for row in rows[:heads] if len(row) == 1 and row[0][0] == label and row[0][1] - label > 1]
    header, places = _merged([row for row in rows[:heads] if row not in titles])
    body = [
        [(places.get(column) or places.get(after - 1, column), text) for column, after, text in row]
        for row in rows[heads:]
    ]
    above = [[(column, text) for column, _, text in row] for row in titles]
    return Grid([*above, header] if header else above, body)


def _header_rows(table: Table, rows: list[list[Filled]]) -> int:
    """Return how many of the filled ``rows`` head the columns."""
    if table.heads:
        return sum(1 for row in table.rows[: table.heads] if any(cell[2] for cell in row))
    label = min(row[0][0] for row in rows)
    count = widest = 0
    ended = False
    for row in rows[:_MOST_HEADERS]:
        labelled = row[0][0] == label
        values = len(row) - labelled
        if (labelled and not values and row[0][1] - label == 1) or _is_numeric(row[1:] if labelled else row):
            break
        if (labelled and count and values < widest and not UNIT.search(row[0][2])) or (
            ended and (labelled or values <= widest)
        ):
            break
        count += 1
        widest = max(widest, values)
        # A row with a label and titles is the last one, but for titles that part those of a label over two rows.
        ended = labelled and values > 0
    if any(_is_numeric(row[1:]) for row in rows[count : count + _MOST_HEADERS]):
        return count
    return min(count, 1) if _is_bold(table) else 0


def _is_bold(table: Table) -> bool:
    """Say whether the first row that holds text is all bold."""
    first = next(row for row in table.rows if any(cell[2] for cell in row))
    runs = [piece for cell in first for piece in cell[2] if isinstance(piece, tuple)]
    return all(bold >= 0.8 * len(text) for _, text, bold in runs)


def _is_numeric(cells: list[Filled]) -> bool:
    for cell in cells:
        text = plain(cell[2])
        if _NUMBER.fullmatch(text) and not _YEAR.fullmatch(text):
            return True
    return False


def _merged(rows: list[list[Filled]]) -> tuple[list[Placed], dict[int, int]]:
    """Return one row for several header rows, and for each column that of the header cell over it.

    The row with most cells tells the columns; what stands in the others over or under a cell is joined to it.
    """
    if not rows:
        return [], {}
    finest = max(reversed(rows), key=len)
    header: dict[int, list[str]] = {column: [] for column, _, _ in finest}
    places = {column: start for start, after, _ in finest for column in range(start, after)}
    for row in rows:
        for start, after, text in row:
            over = sorted({places[column] for column in range(start, after) if column in places})
            for column in over or [start]:
                texts = header.setdefault(column, [])
                if text not in texts:
                    texts.append(text)
            if not over:
                places[start] = start
    return [(column, " ".join(header[column])) for column in sorted(header)], places


def opens_group(row: list[Placed]) -> bool:
    """Say whether ``row`` is a label alone, which heads the rows below it."""
    return len(row) == 1


def closes_group(row: list[Placed]) -> bool:
    """Say whether ``row`` is the total of its group."""
    return bool(_TOTAL.match(row[0][1]))
