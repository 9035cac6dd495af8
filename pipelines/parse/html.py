"""HTML to canonical blocks: articles and filings. What belongs here: what a piece of text becomes, and where facts stand.

What does not: tags and the order of reading (``markup``, ``walk``), tables (``tables``), which part of a page is its text
(``main_text``), offsets (``canonical``), the meaning of facts (``ixbrl``).
"""

import re

from lxml import etree

from graph.errors import InputRefusedError
from pipelines.parse import tables
from pipelines.parse.canonical import Canonical
from pipelines.parse.main_text import Selection
from pipelines.parse.markup import CODE, HEADING, HEADING_MASK, ITEM, LIST, UNREAD, MalformedMarkupError
from pipelines.parse.walk import MARKS, OPEN_FACT, Piece, Run, Table, Walker, plain

_PAGE_MARK = re.compile(r"(?:\d{1,4}|[FS]-\d{1,3}|table of contents|page \d+|index)", re.I)
_ITEM_START = re.compile(r"(?:part|item)\b", re.I)
_ITEM_NUMBER = re.compile(r"item\s+\d", re.I)
_LAYOUT_HEADING = re.compile(r"(?:part\s+i|item\s+\d)", re.I)
_BODY = re.compile(r"<body\b", re.I)
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


def read_html(tree: etree._Element, canonical: Canonical, selection: Selection) -> list[tuple[str, int, int]]:
    """Append what ``selection`` names of ``tree``; return, for each fact met, its tag and its span, (0, 0) if unseen.

    Takes what is not read out of ``tree``.
    """
    for element in selection.skip:
        element.tag = "template"
    etree.strip_elements(tree, *UNREAD, with_tail=False)
    walker = Walker()
    for root in selection.roots:
        walker.read(etree.tostring(root, encoding="unicode", with_tail=False))
    flow = _Flow(canonical, len(walker.facts))
    flow.read(walker.pieces)
    return [(tag, *span) for tag, span in zip(walker.facts, flow.spans(), strict=True)]


def read_filing(text: str, name: str, canonical: Canonical) -> list[tuple[str, int, int]]:
    """Append a filing; return, for each fact met, its tag and its span, (0, 0) if unseen.

    EDGAR asks for well-formed markup, which is walked as it is; other markup is mended by libxml2 first.
    """
    try:
        walker = Walker()
        walker.read(_body(text))
    except MalformedMarkupError:
        tree = tree_of(text, name)
        body = tree.find("body")
        return read_html(tree, canonical, Selection([tree if body is None else body], frozenset()))
    flow = _Flow(canonical, len(walker.facts))
    flow.read(walker.pieces)
    return [(tag, *span) for tag, span in zip(walker.facts, flow.spans(), strict=True)]


def _body(text: str) -> str:
    """Return the body without the header of iXBRL, comments taken out."""
    if not (start := _BODY.search(text)) or "<!ENTITY" in text:
        raise MalformedMarkupError("no plain body")
    end = text.rfind("</body>")
    header, after = text.find("<ix:header"), text.find("</ix:header>")
    if 0 < header < after < end:
        body = text[start.start() : header] + text[after + len("</ix:header>") : end + len("</body>")]
    else:
        body = text[start.start() : end + len("</body>")]
    return _COMMENT.sub("", body) if "<!--" in body else body


class _Flow:
    """Appends pieces to the canonical text."""

    def __init__(self, canonical: Canonical, facts: int) -> None:
        self.canonical = canonical
        self._starts = [-1] * facts
        self._ends = [-1] * facts

    def spans(self) -> list[tuple[int, int]]:
        """Return the span of each fact, (0, 0) where its words are not part of the text."""
        return [
            (start, end) if 0 <= start < end else (0, 0) for start, end in zip(self._starts, self._ends, strict=True)
        ]

    def read(self, pieces: list[Piece]) -> None:
        """Append ``pieces`` in order; tables inside of layout tables without recursion."""
        stack = list(reversed(pieces))
        while stack:
            piece = stack.pop()
            if isinstance(piece, tuple):
                self._run(piece)
            elif isinstance(piece, Table):
                if tables.holds_tables(piece):
                    stack.extend(p for row in reversed(piece.rows) for cell in reversed(row) for p in reversed(cell[1]))
                else:
                    self._table(piece)

    def _run(self, run: Run) -> None:
        flags, marked, bold = run
        text = plain(marked)
        if self.canonical.filing and _PAGE_MARK.fullmatch(text) and text is marked:
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
            self.canonical.heading(text, 5 if self.canonical.filing and _ITEM_START.match(text) else 6)
        else:
            self.canonical.paragraph(text)
        if text is not marked:
            self._mark(marked, self.canonical.length)

    def _mark(self, marked: str, end: int) -> None:
        """Note where the facts in ``marked`` stand: its text without marks ends at ``end``."""
        at, last = end, len(marked)
        for match in reversed(list(MARKS.finditer(marked))):
            at -= last - match.end()
            last = match.start()
            number = int(match[0][1:-1])
            if match[0][0] == OPEN_FACT:
                self._starts[number] = at
            else:
                self._ends[number] = at

    def _table(self, table: Table) -> None:
        rows = [row for row in tables.rows_of(table) if row]
        if not rows or (self.canonical.filing and tables.is_contents(rows)):
            return
        if tables.is_layout(rows):
            self._layout(rows)
            return
        heads = tables.header_rows(table, rows)
        self.canonical.open_table()
        for number, row in enumerate(rows):
            self._row(row, number < heads)
        self.canonical.close_table()

    def _row(self, row: list[tables.Filled], header: bool) -> None:
        block = self.canonical.row([(column, plain(text)) for column, text in row], header)
        for (_, marked), cell in zip(row, block.cells, strict=True):
            if OPEN_FACT in marked:
                self._mark(marked, cell.end)

    def _layout(self, rows: list[list[tables.Filled]]) -> None:
        """Append a table that only lays out text: a heading, a paragraph, or bullets with their mark in a cell of its own."""
        for row in rows:
            marked = row[-1][1]
            text = plain(marked)
            bullet = tables.BULLET.match(text)
            if len(row) > 1 or bullet:
                self.canonical.list_item(text[bullet.end() :] if bullet else text)
            elif _LAYOUT_HEADING.match(text) and len(text) < _LONGEST_HEADING:
                self.canonical.heading(text, 5)
            elif not _PAGE_MARK.fullmatch(text):
                self.canonical.paragraph(text)
            else:
                continue
            self._mark(marked, self.canonical.length)


def _reads_as_heading(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and (text[-1] not in ".;," or bool(_ITEM_NUMBER.match(text)))
