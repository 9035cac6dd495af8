"""The canonical text and its blocks. What belongs here: appending blocks, offsets, headings, lead-ins, sections.

What does not: any format. Readers of formats call :class:`Canonical` in reading order; whitespace is collapsed here.
"""

import re
from dataclasses import replace

from pipelines.records import Block, BlockKind, Cell

_SPACE = re.compile(r"[\s\u00a0\u200b\ufeff]+")
_SOFT = str.maketrans({"\u00ad": None, "\u2028": " ", "\x00": None})
# A paragraph that ends like this introduces what follows.
_LEAD_IN = re.compile(r"[:：]\s*$")
# A sentence that a page break cut has no end mark, and goes on in lower case.
_OPEN_END = re.compile(r"[a-z0-9,;)’'”\"–—-]$")


def clean(text: str) -> str:
    """Return ``text`` without soft hyphens, its white space collapsed."""
    return _SPACE.sub(" ", text.translate(_SOFT)).strip()


class Canonical:
    """Builds the text block by block. ``text`` and ``blocks`` are the result."""

    def __init__(self, filing: bool = False) -> None:
        self.filing = filing
        self.blocks: list[Block] = []
        self._pieces: list[str] = []
        self._length = 0
        self._headings: list[Block] = []
        self._lead_in: int | None = None
        self._items: list[tuple[int, int]] = []
        self._speaker: int | None = None
        self._section = ""
        self._tables = 0

    @property
    def text(self) -> str:
        """Return the canonical text so far."""
        return "".join(self._pieces)

    def heading(self, text: str, level: int) -> None:
        """Append a heading; deeper levels nest below the ones before."""
        block = self._append("heading", text, level=level)
        if block is None:
            return
        plain = clean(text)
        while self._headings and self._headings[-1].level >= level:
            self._headings.pop()
        self._headings.append(block)
        self._lead_in = block.index if _LEAD_IN.search(plain) else None
        self._items.clear()
        self._section = plain

    def paragraph(self, text: str, kind: BlockKind = "paragraph") -> None:
        """Append a paragraph, joined to the one before where a page break cut the sentence."""
        plain = clean(text)
        self._items.clear()
        if kind == "paragraph" and self._joins(plain):
            self._join(plain)
            return
        block = self._append(kind, plain)
        if block is not None:
            self._lead_in = block.index if _LEAD_IN.search(plain) or len(plain) < 90 else None

    def list_item(self, text: str, depth: int = 0) -> None:
        """Append a list item; a nested one is led in by its parent."""
        while self._items and self._items[-1][0] >= depth:
            self._items.pop()
        lead_in = self._items[-1][1] if self._items else self._lead_in
        block = self._append("list_item", text, level=depth, lead_in=lead_in)
        if block is not None:
            self._items.append((depth, block.index))

    def speaker(self, text: str) -> None:
        """Append the line that names who speaks from here on."""
        block = self._append("speaker", text)
        self._speaker = block.index if block else self._speaker

    def code(self, text: str) -> None:
        """Append a code block; nothing reads it, but the text stays whole."""
        self._append("code", text)

    def table(self, rows: list[list[str]], headers: int) -> None:
        """Append a table: its first ``headers`` rows head the columns, the row next to the body is the header row."""
        self._tables += 1
        header: int | None = None
        caption = self._lead_in
        for number, row in enumerate(rows):
            kind: BlockKind = "table_header" if number < headers else "table_row"
            block = self._row(row, kind, header, caption)
            if block is not None and kind == "table_header":
                header = block.index
        self._lead_in = None

    def _row(self, row: list[str], kind: BlockKind, header: int | None, caption: int | None) -> Block | None:
        cells: list[Cell] = []
        pieces: list[str] = []
        at = self._length
        for column, raw in enumerate(row):
            text = clean(raw)
            if not text:
                continue
            if pieces:
                at += len(" | ")
            cells.append(Cell(at, at + len(text), column))
            pieces.append(text)
            at += len(text)
        block = self._append(kind, " | ".join(pieces), table=self._tables, header=header, caption=caption)
        if block is None:
            return None
        self.blocks[-1] = replace(block, cells=tuple(cells))
        return self.blocks[-1]

    def _append(
        self,
        kind: BlockKind,
        text: str,
        level: int = 0,
        lead_in: int | None = None,
        table: int | None = None,
        header: int | None = None,
        caption: int | None = None,
    ) -> Block | None:
        plain = clean(text)
        if not plain:
            return None
        headings = [h.index for h in self._headings if kind != "heading" or h.level < level]
        block = Block(
            index=len(self.blocks),
            kind=kind,
            start=self._length,
            end=self._length + len(plain),
            section=self._section,
            level=level,
            headings=tuple(headings),
            lead_in=lead_in,
            table=table,
            header=header,
            caption=caption,
            speaker=self._speaker if kind != "speaker" else None,
        )
        self.blocks.append(block)
        self._pieces.append(plain + "\n\n")
        self._length += len(plain) + 2
        return block

    def _joins(self, plain: str) -> bool:
        if not self.blocks or not plain or not plain[0].islower():
            return False
        last = self.blocks[-1]
        return last.kind == "paragraph" and bool(_OPEN_END.search(self._pieces[-1].rstrip()))

    def _join(self, plain: str) -> None:
        last = self.blocks[-1]
        self._pieces[-1] = self._pieces[-1].rstrip() + " " + plain + "\n\n"
        self.blocks[-1] = replace(last, end=last.end + 1 + len(plain))
        self._length += 1 + len(plain)
