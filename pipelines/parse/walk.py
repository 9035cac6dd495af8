"""The walk over well-formed markup. What belongs here: markup to pieces of text and tables, in reading order.

What does not: what a tag means (``markup``, ``runs``), which table is data (``tables``), what a piece becomes in the canonical
text (``html``). Touching each element of a tree from Python takes longer than libxml2 takes to parse it. So the markup is
split at its tags, and each different tag is read once. Nothing here recurses.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from html import unescape
from typing import Any

from pipelines.parse import marks
from pipelines.parse.markup import (
    BOLD,
    CELL,
    CODE,
    HEADING_MASK,
    HIDDEN,
    LIST,
    SLANTED,
    MalformedMarkupError,
    Tag,
    kind_of,
    name_of,
    read_tag,
)

# A run of text: the bits that hold for it (``markup``; SLANTED if all of it is slanted or bold), its words, how many of its characters are bold.
Run = tuple[int, str, int]
# A cell of a table: its column, the column after its last one, its content.
CellOf = tuple[int, int, list[Any]]
# Where a raised text begins; a number there is parted from the word before it.
_RAISED = "\x04"
_RAISED_NUMBER = re.compile(rf"{_RAISED}(?=[(\[]?(?:\d|[a-z][)\]]))")
RESERVED = (*marks.RESERVED, _RAISED)

_TAG = re.compile("<([^>]*)>")
_FACTS = ("ix:nonFraction", "ix:nonNumeric", "ix:nonfraction", "ix:nonnumeric", "ix:continuation")
_ENTITY = re.compile(r"&#?\w+;")
# Characters of no width: soft hyphen, zero-width space, word joiner, byte order mark.
_UNSEEN = ("\u00ad", "\u200b", "\u2060", "\ufeff")
_CHUNK = 1 << 17
# An open element is known by a number, kept in the flags above all others.
_ELEMENT_SHIFT = 20
_ELEMENT = 1 << _ELEMENT_SHIFT
_FLAGS = _ELEMENT - 1
_INHERITED = _FLAGS & ~SLANTED
_DEEPEST_LIST = 100
# What a tag does: a method of the walker, and its argument.
Act = tuple[Callable[[Any], None], Any]


class PageBreak:
    """Where a page ends."""


class Table:
    """A table as written: rows of cells, each with its content; ``heads`` counts the rows of its thead."""

    __slots__ = ("column", "heads", "held", "rows")

    def __init__(self) -> None:
        self.rows: list[list[CellOf]] = []
        self.heads = 0
        # Where the next cell of the row goes, and the columns that a cell above still takes, with the rows left.
        self.column = 0
        self.held: dict[int, int] = {}

    def next_row(self) -> None:
        """Begin a row."""
        self.rows.append([])
        self.column = 0
        if self.held:
            self.held = {column: left - 1 for column, left in self.held.items() if left > 1}

    def place(self, tag: Tag, content: list[Any]) -> None:
        """Add a cell with ``content``, which may be filled later."""
        if not self.rows:
            self.rows.append([])
        column = self.column
        if self.held:
            while column in self.held:
                column += 1
        if tag[4] > 1:
            self.held.update(dict.fromkeys(range(column, column + tag[3]), tag[4]))
        self.column = column + tag[3]
        self.rows[-1].append((column, self.column, content))


Piece = Run | Table | PageBreak
_PAGE_BREAK = PageBreak()


class Walker:
    """Reads markup; ``pieces`` is the result, ``facts`` the tags of the iXBRL facts met, by number."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.facts: list[str] = []
        # The words of facts in elements that are not displayed.
        self.unseen: dict[int, str] = {}
        # The flags of the innermost open element, and those that hold again when it closes.
        self._flags = 0
        self._saved: list[int] = []
        self._parts: list[str] = []
        self._bold = 0
        self._slanted = 0
        self._tables: list[Table] = []
        self._outer: list[list[Piece]] = []
        self._open_facts: list[int] = []
        self._acts: dict[str, Act] = {}
        self._elements: dict[str, int] = {}

    def read(self, markup: str) -> None:
        """Read all of ``markup``, which begins with a tag, chunk by chunk.

        Raises MalformedMarkupError where tags do not match, or text holds the control characters that mark facts here.
        """
        if any(reserved in markup for reserved in RESERVED):
            raise MalformedMarkupError("control characters")
        at = 0
        while at < len(markup):
            end = markup.find("<", at + _CHUNK)
            end = len(markup) if end < 0 else end
            chunk = markup[at:end]
            for unseen in _UNSEEN:
                chunk = chunk.replace(unseen, "")
            self._read_chunk(chunk)
            at = end
        self._flush()
        if self._saved:
            raise MalformedMarkupError("an element is never closed")

    def _read_chunk(self, chunk: str) -> None:
        # An opening tag right before a closing one is of the same element.
        tokens = iter(_TAG.split(chunk.replace('"></td>', '"/>').replace("<td></td>", "<td/>"))[1:])
        known = self._acts.get
        for source, text in zip(tokens, tokens, strict=True):
            act, argument = known(source) or self._learn(source)
            act(argument)
            if not text or (text.isspace() and not self._parts):
                continue
            if self._flags & HIDDEN:
                if self._open_facts:
                    self._keep_unseen(text)
            else:
                if "&" in text:
                    text = _ENTITY.sub(_character, text)
                self._parts.append(text)
                if self._flags & (BOLD | SLANTED):
                    self._slanted += len(text)
                    if self._flags & BOLD:
                        self._bold += len(text)

    def _keep_unseen(self, text: str) -> None:
        """Keep the words of a fact that is not seen."""
        fact = self._open_facts[-1]
        self.unseen[fact] = self.unseen.get(fact, "") + _ENTITY.sub(_character, text)

    def _learn(self, source: str) -> Act:
        """Return what to do at a tag met for the first time; remember it unless it opens a fact: those are unique."""
        act: Act
        if source.startswith(_FACTS):
            return (self._open_fact, source)
        if source[:1] == "/":
            name = name_of(source[1:])
            act = (getattr(self, f"_close_{kind_of(name)}"), self._number(name))
        elif source[:1] in ("", "!", "?"):
            raise MalformedMarkupError(source)
        else:
            name = name_of(source)
            empty = source[-1] == "/"
            tag = read_tag(source[:-1] if empty else source)
            number = self._number(name.rstrip("/"))
            tag = tag._replace(sets=tag.sets | number * _ELEMENT, clears=~(tag.clears | ~_FLAGS))
            act = (getattr(self, f"_open_{tag.kind}"), tag)
            if empty:
                act = self._empty(act, number)
        self._acts[source] = act
        return act

    def _empty(self, opens: Act, number: int) -> Act:
        """Return what an element that closes at once does."""
        tag: Tag = opens[1]
        if tag.kind == "cell" and tag.rowspan == 1:
            return (self._gap, tag.colspan)
        return (self._both, (*opens, getattr(self, f"_close_{tag.kind}"), number))

    def _both(self, acts: tuple[Callable[[Any], None], Any, Callable[[Any], None], Any]) -> None:
        acts[0](acts[1])
        acts[2](acts[3])

    def _number(self, name: str) -> int:
        return self._elements.setdefault(name, len(self._elements) + 1)

    def _leave(self, number: int) -> None:
        if self._flags >> _ELEMENT_SHIFT != number:
            raise MalformedMarkupError("an element is closed that is not open")
        self._flags = self._saved.pop()

    def _enter(self, tag: Tag) -> None:
        self._saved.append(self._flags)
        self._flags = self._flags & tag[2] | tag[1]

    _open_inline = _enter
    _close_inline = _leave
    _close_spaced = _leave

    def _open_spaced(self, tag: Tag) -> None:
        self._parts.append(" ")
        self._enter(tag)

    def _open_line(self, tag: Tag) -> None:
        """A line break parts blocks, but not within a heading, a cell or code."""
        if self._flags & (HEADING_MASK | CELL | CODE):
            self._parts.append("\n")
        elif self._parts:
            self._flush()
        self._enter(tag)

    _close_line = _leave

    def _open_block(self, tag: Tag) -> None:
        if self._parts:
            self._flush()
        if tag[5]:
            self.pieces.append(_PAGE_BREAK)
        self._saved.append(self._flags)
        self._flags = self._flags & tag[2] | tag[1]

    def _close_block(self, number: int) -> None:
        if self._parts:
            self._flush()
        if self._flags >> _ELEMENT_SHIFT != number:
            raise MalformedMarkupError("an element is closed that is not open")
        self._flags = self._saved.pop()

    def _open_list(self, tag: Tag) -> None:
        self._open_block(tag)
        if self._flags & _FLAGS < LIST * _DEEPEST_LIST:
            self._flags += LIST

    _close_list = _close_block

    def _open_raised(self, tag: Tag) -> None:
        """A raised number is a footnote's mark, not the end of the word before it."""
        self._parts.append(_RAISED)
        self._enter(tag)

    _close_raised = _leave

    def _open_table(self, tag: Tag) -> None:
        self._open_block(tag)
        table = Table()
        if not self._flags & HIDDEN:
            self.pieces.append(table)
        self._tables.append(table)

    def _close_table(self, number: int) -> None:
        self._close_block(number)
        self._tables.pop()

    _open_head = _open_block

    def _close_head(self, number: int) -> None:
        self._close_block(number)
        if self._tables:
            self._tables[-1].heads = len(self._tables[-1].rows)

    def _open_row(self, tag: Tag) -> None:
        self._open_block(tag)
        if self._tables:
            self._tables[-1].next_row()

    _close_row = _close_block

    def _gap(self, columns: int) -> None:
        """A cell without text takes columns."""
        if self._tables:
            self._tables[-1].column += columns

    def _open_cell(self, tag: Tag) -> None:
        if self._parts:
            self._flush()
        self._saved.append(self._flags)
        self._flags = self._flags & tag[2] | tag[1]
        self._outer.append(self.pieces)
        self.pieces = []
        if self._tables:
            self._tables[-1].place(tag, self.pieces)

    def _close_cell(self, number: int) -> None:
        if self._parts:
            self._flush()
        if self._flags >> _ELEMENT_SHIFT != number:
            raise MalformedMarkupError("an element is closed that is not open")
        self._flags = self._saved.pop()
        inner, self.pieces = self.pieces, self._outer.pop()
        if not self._tables:
            self.pieces += inner

    def _open_fact(self, source: str) -> None:
        self._saved.append(self._flags)
        name = source.partition(" ")[0]
        number = self._elements.get(name)
        if number is None:
            number = self._elements[name] = self._number(name.lower())
        self._flags = self._flags & _FLAGS | number * _ELEMENT
        self._open_facts.append(len(self.facts))
        if not self._flags & HIDDEN:
            self._parts.append(marks.opening(len(self.facts)))
        self.facts.append(source)
        if source[-1] == "/":
            self._close_fact(self._flags >> _ELEMENT_SHIFT)

    def _close_fact(self, number: int) -> None:
        self._leave(number)
        fact = self._open_facts.pop()
        if not self._flags & HIDDEN:
            self._parts.append(marks.closing(fact))

    def _flush(self) -> None:
        """End the run of text; marks of facts without words wait for the next words."""
        parts = self._parts
        text = parts[0] if len(parts) == 1 else "".join(parts)
        if _RAISED in text:
            text = _RAISED_NUMBER.sub(" ", text).replace(_RAISED, "")
        text = " ".join(text.split())
        self._parts = []
        if not text:
            return
        if text[0] in RESERVED and marks.MARKS_ALONE.fullmatch(text):
            self._parts.append(text)
            return
        flags = self._flags & _INHERITED
        self.pieces.append((flags | SLANTED if self._slanted >= 0.9 * len(text) else flags, text, self._bold))
        self._bold = self._slanted = 0


def _character(entity: re.Match[str]) -> str:
    return _unescaped(entity[0])


@lru_cache(maxsize=4096)
def _unescaped(entity: str) -> str:
    """Return the text of a character reference; a control character is no text but parts words."""
    text = unescape(entity)
    if text in _UNSEEN:
        return ""
    return " " if text == "\ufffd" or ord(text[0]) < 32 else text
