"""HTML to canonical blocks: articles and filings. What belongs here: what a piece of text becomes, and where facts stand.

What does not: tags and the order of reading (``markup``, ``walk``), tables (``tables``), which part of a page is its text
(``main_text``), offsets (``canonical``), the meaning of facts (``ixbrl``).
"""

import re
from typing import NamedTuple

from lxml import etree

from graph.errors import InputRefusedError
from pipelines.parse import tables
from pipelines.parse.canonical import Canonical
from pipelines.parse.ixbrl import Shown
from pipelines.parse.main_text import Selection
from pipelines.parse.marks import Mark, has_marks, unmark
from pipelines.parse.markup import CODE, HEADING, HEADING_MASK, ITEM, LIST, SLANTED, UNREAD, MalformedMarkupError
from pipelines.parse.pages import PAGE_MARK, without_running
from pipelines.parse.walk import Piece, Run, Table, Walker
from pipelines.records import Block

_ITEM_START = re.compile(r"(?:part|item)\b", re.I)
_ITEM_NUMBER = re.compile(r"item\s+\d", re.I)
_MINOR_HEADING = re.compile(r"[A-Z0-9][^.;,:]{2,99}[^.;,:]", re.S)
_LAYOUT_HEADING = re.compile(r"(?:part\s+i|item\s+\d)", re.I)
_BODY = re.compile(r"<body\b", re.I)
_NAME = re.compile(r"(?:\{[^}]*\})?[\w:.-]+")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_LONGEST_HEADING = 160


def tree_of(text: str | bytes, name: str = "the page") -> etree._Element:
    """Return the root of the parsed ``text`` (bytes are UTF-8).

    Raises InputRefusedError where nothing was parsed, and where elements nest deeper than libxml2 reads: it would leave
    out the rest.
    """
    data = text.encode("utf-8", "replace") if isinstance(text, str) else text
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, huge_tree=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.ParserError:
        root = None
    except etree.XMLSyntaxError as error:
        raise InputRefusedError(name, f"not readable as HTML ({error})") from None
    for fatal in parser.error_log.filter_from_fatals():
        raise InputRefusedError(name, f"the HTML parser stops at line {fatal.line}: {fatal.message}")
    if root is None:
        raise InputRefusedError(name, "no text found in it")
    return root


class Inline(NamedTuple):
    """What a document holds of iXBRL: its header as markup, and the facts met in its body."""

    header: str
    shown: list[Shown]


def read_html(tree: etree._Element, canonical: Canonical, selection: Selection) -> Inline:
    """Append what ``selection`` names of ``tree``, and take out of ``tree`` what is not read."""
    for element in selection.skip:
        element.tag = "template"
    header = "".join(_markup(element) for element in tree.iter("ix:header"))
    etree.strip_elements(tree, *UNREAD, with_tail=False)
    walker = Walker()
    try:
        for root in selection.roots:
            walker.read(_markup(root))
    except MalformedMarkupError:
        _rename(tree)
        walker = Walker()
        for root in selection.roots:
            walker.read(_markup(root))
    return Inline(header, _append(walker, canonical))


def read_filing(text: str, name: str, canonical: Canonical) -> Inline:
    """Append a filing. EDGAR asks for well-formed markup, which is walked as it is; libxml2 mends what is not.

    Raises InputRefusedError as :func:`tree_of` does.
    """
    walker = Walker()
    try:
        header, body = _parts(text)
        walker.read(body)
    except MalformedMarkupError:
        tree = tree_of(text, name)
        body_element = tree.find("body")
        return read_html(tree, canonical, Selection([tree if body_element is None else body_element], frozenset()))
    return Inline(header, _append(walker, canonical))


def head_of(text: str, name: str) -> etree._Element:
    """Return the tree of what stands before the body: a filing's head without the cost of the rest."""
    body = _BODY.search(text)
    return tree_of(text[: body.start()] + "<body>" if body else text, name)


def _markup(element: etree._Element) -> str:
    markup: str = etree.tostring(element, encoding="unicode", with_tail=False)
    return markup


def _rename(tree: etree._Element) -> None:
    """Take out names that libxml2 reads but that are none in well-formed markup, such as quotes and brackets."""
    for element in tree.iter(etree.Element):
        if not _NAME.fullmatch(element.tag):
            element.tag = "span"
        if not all(_NAME.fullmatch(name) for name in element.attrib):
            kept = {name: value for name, value in element.attrib.items() if _NAME.fullmatch(name)}
            element.attrib.clear()
            element.attrib.update(kept)


def _parts(text: str) -> tuple[str, str]:
    """Return the header of iXBRL and the body without it, comments taken out."""
    start, end = _BODY.search(text), text.rfind("</body>")
    if not start or end < start.end():
        raise MalformedMarkupError("no body")
    end += len("</body>")
    header, after = text.find("<ix:header"), text.find("</ix:header>")
    if start.end() < header < after < end:
        after += len("</ix:header>")
        found, body = text[header:after], text[start.start() : header] + text[after:end]
    else:
        found, body = "", text[start.start() : end]
    return found, _COMMENT.sub("", body) if "<!--" in body else body


def _append(walker: Walker, canonical: Canonical) -> list[Shown]:
    flow = _Flow(canonical, len(walker.facts))
    flow.read(walker.pieces)
    unseen = walker.unseen
    return [
        Shown(tag, *span, unseen.get(number, "") if unseen else "")
        for number, (tag, span) in enumerate(zip(walker.facts, flow.spans(), strict=True))
    ]


class _Flow:
    """Appends pieces to the canonical text."""

    def __init__(self, canonical: Canonical, facts: int) -> None:
        self.canonical = canonical
        self._starts = [-1] * facts
        self._ends = [-1] * facts
        self._new_page = False
        # Underlined and slanted words head a passage only below a filing's items: on its cover they are filled-in blanks.
        self._in_items = False

    def spans(self) -> list[tuple[int, int]]:
        """Return the span of each fact, (0, 0) where its words are not part of the text."""
        return [
            (start, end) if 0 <= start < end else (0, 0) for start, end in zip(self._starts, self._ends, strict=True)
        ]

    def read(self, pieces: list[Piece]) -> None:
        """Append ``pieces`` in order; tables inside of layout tables without recursion."""
        stack = without_running(pieces)[::-1] if self.canonical.filing else pieces[::-1]
        while stack:
            piece = stack.pop()
            if isinstance(piece, tuple):
                self._run(piece)
            elif isinstance(piece, Table):
                if tables.holds_tables(piece):
                    stack.extend(p for row in reversed(piece.rows) for cell in reversed(row) for p in reversed(cell[2]))
                else:
                    self._table(piece)
                    self._new_page = False
            else:
                self._new_page = True

    def _run(self, run: Run) -> None:
        flags, text, bold = run
        found: list[Mark] = []
        if has_marks(text):
            text, found = unmark(text)
        if self.canonical.filing and not found and PAGE_MARK.fullmatch(text):
            return
        level = (flags & HEADING_MASK) // HEADING
        bullet = tables.BULLET.match(text) if not level else None
        if level:
            self.canonical.heading(text, level)
        elif flags & ITEM:
            self.canonical.list_item(text, max(0, flags // LIST - 1))
        elif bullet and len(text) > 3:
            self.canonical.list_item(text[bullet.end() :])
        elif flags & CODE:
            self.canonical.code(text)
        elif bold >= 0.8 * len(text) and _reads_as_heading(text):
            self._bold_heading(text)
        elif flags & SLANTED and self._in_items and _MINOR_HEADING.fullmatch(text):
            self.canonical.heading(text, 7)
        else:
            self.canonical.paragraph(text, self._new_page)
        self._new_page = False
        if found:
            self._mark(found, self.canonical.length - len(text))

    def _bold_heading(self, text: str) -> None:
        item = self.canonical.filing and bool(_ITEM_START.match(text))
        self._in_items = self._in_items or item
        self.canonical.heading(text, 5 if item else 6)

    def _mark(self, found: list[Mark], start: int) -> None:
        """Note where facts stand: ``found`` are the marks of a text that begins at ``start``."""
        for fact, at, opens in found:
            if opens:
                self._starts[fact] = start + at
            else:
                self._ends[fact] = start + at

    def _table(self, table: Table) -> None:
        rows = tables.rows_of(table)
        if not rows or (self.canonical.filing and tables.is_contents(rows)):
            return
        if tables.is_layout(rows):
            self._layout(rows)
            return
        grid = tables.grid_of(table, rows)
        self.canonical.open_table()
        for row in grid.header:
            self._row(row, header=True)
        group = None
        for row in grid.body:
            block = self._row(row)
            block.lead_in = group
            if tables.opens_group(row):
                block.lead_in, group = None, block.index
            elif tables.closes_group(row):
                group = None
        self.canonical.close_table()

    def _row(self, row: list[tables.Placed], header: bool = False) -> Block:
        marked = [(number, *unmark(text)) for number, (_, text) in enumerate(row) if has_marks(text)]
        for number, text, _ in marked:
            row[number] = (row[number][0], text)
        block = self.canonical.row(row, header)
        for number, _, found in marked:
            self._mark(found, block.cells[number].start)
        return block

    def _layout(self, rows: list[list[tables.Filled]]) -> None:
        """Append a table that only lays out text: a heading, a paragraph, or bullets with their mark in a cell of its own."""
        for row in rows:
            text, found = unmark(row[-1][2])
            bullet = tables.BULLET.match(text)
            if len(row) > 1 or bullet:
                self.canonical.list_item(text[bullet.end() :] if bullet else text)
            elif _LAYOUT_HEADING.match(text) and len(text) < _LONGEST_HEADING:
                self._bold_heading(text)
            elif found or not PAGE_MARK.fullmatch(text):
                self.canonical.paragraph(text)
            if found:
                self._mark(found, self.canonical.length - len(text))


def _reads_as_heading(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and (text[-1] not in ".;," or bool(_ITEM_NUMBER.match(text)))
