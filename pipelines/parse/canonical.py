"""The canonical text and its blocks. What belongs here: appending blocks, offsets, headings, lead-ins, sections.

What does not: any format. Readers of formats call :class:`Canonical` in reading order; whitespace is collapsed here.
"""

import re

from pipelines.records import Block, BlockKind, Cell

# What stands between blocks, and between the cells of a row.
BLOCK_GAP = "\n\n"
CELL_GAP = " | "
# Characters of no width: they part no words.
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff\x00]+")
# A paragraph that ends like this introduces what follows.
_LEAD_IN_ENDS = (":", "：")
# A sentence that a page break cut has no end mark, and goes on in lower case.
_OPEN_END = re.compile(r"[a-z0-9,;)’'”\"–—-]$")


# What a table's numbers are in: "in millions, except per share data".
UNIT = re.compile(
    r"\bin (?:\w+ ){0,3}?(?:thousands|millions|billions)\b|\b(?:thousands|millions|billions) of \w+|\bin (?:megawatts|percent)\b",
    re.I,
)
_UNIT_REACH = 3
# A paragraph longer than a heading or a label.
_LONG = 160


def clean(text: str) -> str:
    """Return ``text`` without soft hyphens and other characters of no width, its white space collapsed."""
    return " ".join(_UNSEEN.sub("", text).split())


class Canonical:
    """Builds the text block by block. ``text``, ``blocks`` and ``parts`` are the result."""

    def __init__(self, filing: bool = False) -> None:
        self.filing = filing
        self.blocks: list[Block] = []
        self.parts: list[tuple[int, str]] = []
        self._pieces: list[str] = []
        self._length = 0
        self._headings: list[Block] = []
        self._above: tuple[int, ...] = ()
        self._lead_in: int | None = None
        self._items: list[tuple[int, int]] = []
        self._section = ""
        self._tables = 0
        self._table_header: int | None = None
        self._caption: int | None = None
        # The latest line that says what the numbers of a table below it are in, and that of the open table.
        self._unit: int | None = None
        self._table_unit: int | None = None

    @property
    def text(self) -> str:
        """Return the canonical text so far."""
        return "".join(self._pieces)

    @property
    def length(self) -> int:
        """Return where the last block ends, 0 before the first."""
        return self._length - len(BLOCK_GAP) if self.blocks else 0

    def restart(self, name: str) -> None:
        """Begin a document within the document (an exhibit, an item of a file of items).

        Nothing that stands above frames what follows; ``parts`` keeps the block that comes next and the name.
        """
        self.parts.append((len(self.blocks), name))
        self._headings.clear()
        self._items.clear()
        self._lead_in = self._speaker = None
        self._section = ""

    def heading(self, text: str, level: int) -> None:
        """Append a heading; deeper levels nest below the ones before."""
        if not (plain := clean(text)):
            return
        while self._headings and self._headings[-1].level >= level:
            self._headings.pop()
        self._above = tuple([h.index for h in self._headings])
        block = self._append("heading", plain, level)
        self._headings.append(block)
        self._note_unit(block, plain)
        self._above = (*self._above, block.index)
        self._lead_in = block.index if plain[-1] in _LEAD_IN_ENDS else None
        self._items.clear()
        self._section = plain

    def paragraph(self, text: str, new_page: bool = False) -> None:
        """Append a paragraph, joined to the one before where a page break cut the sentence.

        That is so where it goes on in lower case; with a ``new_page`` between, where a long one before has no end mark.
        """
        if not (plain := clean(text)):
            return
        self._items.clear()
        if self._joins(plain, new_page):
            self._join(plain)
            return
        block = self._append("paragraph", plain)
        self._note_unit(block, plain)
        self._lead_in = block.index if len(plain) < 90 or plain[-1] in _LEAD_IN_ENDS else None

    def _note_unit(self, block: Block, plain: str) -> None:
        """Remember a line of units; it holds for a table that follows within a few lines."""
        if len(plain) < _LONG and UNIT.search(plain):
            self._unit = block.index
        elif self._unit is not None and block.index - self._unit > _UNIT_REACH:
            self._unit = None

    def list_item(self, text: str, depth: int = 0) -> None:
        """Append a list item; a nested one is led in by its parent."""
        if not (plain := clean(text)):
            return
        while self._items and self._items[-1][0] >= depth:
            self._items.pop()
        lead_in = self._items[-1][1] if self._items else self._lead_in
        block = self._append("list_item", plain, depth, lead_in)
        self._items.append((depth, block.index))

    def code(self, text: str) -> None:
        """Append a code block; nothing reads it, but the text stays whole."""
        if plain := clean(text):
            self._append("code", plain)

    def table(self, rows: list[list[str]], headers: int) -> None:
        """Append a table: its first ``headers`` rows head the columns, the row next to the body is the header row."""
        self.open_table()
        for number, row in enumerate(rows):
            filled = [(column, plain) for column, raw in enumerate(row) if (plain := clean(raw))]
            if filled:
                self.row(filled, number < headers)
        self.close_table()

    def open_table(self) -> None:
        """Begin a table; the paragraph or heading that leads it in is its caption."""
        self._tables += 1
        self._table_header = None
        self._caption = self._lead_in
        self._table_unit = self._unit

    def row(self, row: list[tuple[int, str]], header: bool = False) -> Block:
        """Append a row of the open table: (column, clean text) of each filled cell, at least one."""
        at = self._length
        cells = []
        for column, text in row:
            cells.append(Cell(at, at + len(text), column))
            at += len(text) + len(CELL_GAP)
        block = self._append("table_header" if header else "table_row", CELL_GAP.join([text for _, text in row]))
        block.cells = tuple(cells)
        block.table, block.header, block.caption = self._tables, self._table_header, self._caption
        if header:
            self._table_header = block.index
            if UNIT.search(self._pieces[-2]):
                self._table_unit = block.index
        block.unit = self._table_unit
        return block

    def close_table(self) -> None:
        """End the open table: it leads nothing in."""
        self._lead_in = self._unit = None

    def _append(self, kind: BlockKind, plain: str, level: int = 0, lead_in: int | None = None) -> Block:
        end = self._length + len(plain)
        block = Block(len(self.blocks), kind, self._length, end, self._section, level, self._above, lead_in)
        self.blocks.append(block)
        self._pieces.append(plain)
        self._pieces.append(BLOCK_GAP)
        self._length = end + len(BLOCK_GAP)
        return block

    def _joins(self, plain: str, new_page: bool) -> bool:
        if not self.blocks or self.blocks[-1].kind != "paragraph":
            return False
        if not plain[0].islower() and not (new_page and len(self._pieces[-2]) > _LONG):
            return False
        return bool(_OPEN_END.search(self._pieces[-2]))

    def _join(self, plain: str) -> None:
        last = self.blocks[-1]
        self._pieces[-2] += " " + plain
        last.end += 1 + len(plain)
        self._length += 1 + len(plain)
