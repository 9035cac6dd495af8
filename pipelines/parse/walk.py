"""The walk over a tree, written out by libxml2. What belongs here: elements to pieces of text and tables, in reading order.

What does not: what a tag means (``markup``), which table is data (``tables``), what a piece becomes in the canonical text
(``html``). Touching each element of a tree from Python costs more than libxml2 takes to parse it; the serialised tree is
well formed, so it is split at its tags in one go and each different tag is looked up once. Nothing here recurses.
"""

import re
from collections.abc import Callable
from typing import Any

from pipelines.parse.markup import CELL, CODE, HEADING_MASK, HIDDEN, LIST, Tag, read_tag

# A run of text: the bits that hold for it (``markup``), its words, how many of its characters are bold.
Run = tuple[int, str, int]
# A cell of a table: its column, its width in columns, its content.
CellOf = tuple[int, int, list[Any]]
# Marks in the text of where a fact begins and ends, by its number; control characters are no text.
OPEN_FACT, CLOSE_FACT, END_MARK = "\x01", "\x03", "\x02"
MARKS = re.compile(f"[{OPEN_FACT}{CLOSE_FACT}][0-9]+{END_MARK}")

_TAG = re.compile("<([^>]*)>")
# Where a raised text begins; a number there is parted from the word before it.
_RAISED = "\x04"
_RAISED_NUMBER = re.compile(f"{_RAISED}(?=[(\\[]?(?:\\d|[a-z][)\\]]))")
_CHUNK = 1 << 17
# Control characters are no text, and neither are the characters of no width.
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1b\u00ad\u200b\u2060\ufeff]+")


class PageBreak:
    """Where a page ends."""


class Table:
    """A table as written: rows of cells, each with its content; ``heads`` counts the rows of its thead."""

    __slots__ = ("heads", "held", "rows")

    def __init__(self) -> None:
        self.rows: list[list[CellOf]] = []
        self.heads = 0
        # Columns that a cell above still takes: column → rows left.
        self.held: dict[int, int] = {}


Piece = Run | Table | PageBreak


class Walker:
    """Reads serialised markup; ``pieces`` is the result, ``facts`` the tags of the facts met, by number."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.facts: list[str] = []
        self._flags = 0
        self._stack: list[int] = []
        self._parts: list[str] = []
        self._bold = 0
        self._tables: list[Table] = []
        self._outer: list[list[Piece] | None] = []
        self._open_facts: list[int] = []
        self._tags: dict[str, tuple[Callable[[Any], None], Any]] = {}

    def read(self, markup: bytes) -> None:
        """Read all of ``markup``, UTF-8 as libxml2 writes it, chunk by chunk."""
        at = 0
        while at < len(markup):
            end = markup.find(b"<", at + _CHUNK)
            end = len(markup) if end < 0 else end
            self._read_chunk(markup[at:end].decode("utf-8"))
            at = end
        self._flush()

    def _read_chunk(self, markup: str) -> None:
        tokens = iter(_TAG.split(_NO_TEXT.sub("", markup) if _NO_TEXT.search(markup) else markup))
        known = self._tags
        self._text(next(tokens))
        for tag, text in zip(tokens, tokens, strict=True):
            act, argument = known.get(tag) or self._learn(tag)
            act(argument)
            if text:
                self._text(text)

    def _text(self, text: str) -> None:
        if self._flags & HIDDEN:
            return
        if "&" in text:
            text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&#13;", " ").replace("&amp;", "&")
        self._parts.append(text)
        if self._flags & 1:
            self._bold += len(text)

    def _learn(self, source: str) -> tuple[Callable[[Any], None], Any]:
        """Return what to do at a tag met for the first time, and remember it unless it is one of a kind."""
        if source[0] == "/":
            act: tuple[Callable[[Any], None], Any] = (getattr(self, f"_close_{read_tag(source[1:]).kind}"), None)
        else:
            tag = read_tag(source)
            if tag.kind == "fact":
                return (self._open_fact, source)
            act = (getattr(self, f"_open_{tag.kind}"), tag)
            if source[-1] == "/":
                act = (self._empty, (act[0], getattr(self, f"_close_{tag.kind}"), tag))
        self._tags[source] = act
        return act

    def _empty(self, acts: tuple[Callable[[Any], None], Callable[[Any], None], Tag]) -> None:
        acts[0](acts[2])
        acts[1](None)

    def _enter(self, tag: Tag) -> None:
        self._stack.append(self._flags)
        self._flags = self._flags & ~tag.clears | tag.sets

    def _open_inline(self, tag: Tag) -> None:
        self._stack.append(self._flags)
        self._flags = self._flags & ~tag.clears | tag.sets

    def _close_inline(self, _: None) -> None:
        self._flags = self._stack.pop()

    def _open_block(self, tag: Tag) -> None:
        if self._parts:
            self._flush()
        if tag.page:
            self.pieces.append(PageBreak())
        if tag.sets & HEADING_MASK:
            self._flags &= ~HEADING_MASK
        self._enter(tag)

    def _close_block(self, _: None) -> None:
        if self._parts:
            self._flush()
        self._flags = self._stack.pop()

    def _open_list(self, tag: Tag) -> None:
        self._open_block(tag)
        self._flags += LIST

    _close_list = _close_block

    def _open_line(self, tag: Tag) -> None:
        """A line break parts blocks, but not within a heading, a cell or code."""
        if self._flags & (HEADING_MASK | CELL | CODE):
            self._parts.append("\n")
            self._enter(tag)
        else:
            self._open_block(tag)

    _close_line = _close_inline

    def _open_rule(self, tag: Tag) -> None:
        self._open_block(tag)

    _close_rule = _close_block

    def _open_raised(self, tag: Tag) -> None:
        """A raised number is a footnote's mark, not the end of the word before it."""
        self._parts.append(_RAISED)
        self._enter(tag)

    _close_raised = _close_inline

    def _open_table(self, tag: Tag) -> None:
        self._open_block(tag)
        self._flags &= ~HEADING_MASK
        table = Table()
        if not self._flags & HIDDEN:
            self.pieces.append(table)
        self._tables.append(table)

    _open_head = _open_block

    def _close_head(self, _: None) -> None:
        self._close_block(_)
        if self._tables:
            self._tables[-1].heads = len(self._tables[-1].rows)

    def _close_table(self, _: None) -> None:
        self._close_block(_)
        self._tables.pop()

    def _open_row(self, tag: Tag) -> None:
        self._open_block(tag)
        if self._tables:
            table = self._tables[-1]
            table.rows.append([])
            table.held = {column: left - 1 for column, left in table.held.items() if left > 1}

    _close_row = _close_block

    def _open_cell(self, tag: Tag) -> None:
        if self._parts:
            self._flush()
        self._stack.append(self._flags)
        self._flags = self._flags & ~tag.clears | tag.sets | CELL
        if not self._tables:
            self._outer.append(None)
            return
        self._outer.append(self.pieces)
        self.pieces = []
        self._place(self._tables[-1], tag)

    def _place(self, table: Table, tag: Tag) -> None:
        if not table.rows:
            table.rows.append([])
        row = table.rows[-1]
        column = row[-1][0] + row[-1][1] if row else 0
        if table.held:
            while column in table.held:
                column += 1
        if tag.rowspan > 1:
            table.held.update(dict.fromkeys(range(column, column + tag.colspan), tag.rowspan))
        row.append((column, tag.colspan, self.pieces))

    def _close_cell(self, _: None) -> None:
        if self._parts:
            self._flush()
        self._flags = self._stack.pop()
        outer = self._outer.pop()
        if outer is not None:
            self.pieces = outer

    def _open_fact(self, source: str) -> None:
        self._stack.append(self._flags)
        self._open_facts.append(len(self.facts))
        if not self._flags & HIDDEN:
            self._parts.append(f"{OPEN_FACT}{len(self.facts)}{END_MARK}")
        self.facts.append(source)
        if source[-1] == "/":
            self._close_fact(None)

    def _close_fact(self, _: None) -> None:
        number = self._open_facts.pop()
        if not self._flags & HIDDEN:
            self._parts.append(f"{CLOSE_FACT}{number}{END_MARK}")
        self._flags = self._stack.pop()

    def _flush(self) -> None:
        """End the run of text; marks of facts without words wait for the next words."""
        text = "".join(self._parts)
        if _RAISED in text:
            text = _RAISED_NUMBER.sub(" ", text).replace(_RAISED, "")
        text = " ".join(text.split())
        self._parts = []
        if not text:
            return
        if text[0] in "\x01\x03" and not MARKS.sub("", text).strip():
            self._parts.append(text)
            return
        self.pieces.append((self._flags, text, self._bold))
        self._bold = 0


def plain(text: str) -> str:
    """Return ``text`` without the marks of facts, and without the spaces that stood around a mark alone."""
    return " ".join(MARKS.sub("", text).split()) if "\x01" in text or "\x03" in text else text
