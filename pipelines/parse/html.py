"""HTML to canonical blocks: articles and filings. The only user of BeautifulSoup, with lxml as its parser.

What belongs here: which elements are content, headings, lists, tables, iXBRL cover facts. What does not: offsets.
"""

import re
import warnings
from collections.abc import Iterator

from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, Tag

from pipelines.parse.canonical import Canonical, clean

_SKIP = {
    "script",
    "style",
    "noscript",
    "template",
    "nav",
    "footer",
    "form",
    "svg",
    "button",
    "iframe",
    "head",
    "ix:header",
}
_SKIP_CLASS = re.compile(
    r"cookie|newsletter|subscribe|related|share|breadcrumb|sidebar|\bnav\b|menu|advert|banner", re.I
)
_BLOCK = {
    "p", "div", "section", "article", "main", "body", "html", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table",
    "tr", "td", "th", "thead", "tbody", "blockquote", "pre", "header", "figure", "figcaption", "dl", "dt", "dd", "center",
    "ix:continuation", "ix:nonnumeric", "document", "type", "hr", "br",
}  # fmt: skip
_BOLD = re.compile(r"font-weight\s*:\s*(bold|[6-9]00)", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none", re.I)
_BULLET = re.compile(r"^[•●▪◦‣·–—-]\s*")
_PAGE_MARK = re.compile(r"^(?:\d{1,4}|[FS]-\d{1,3}|table of contents|page \d+|index)$", re.I)
_GLUE_LEFT = {"$", "(", "€", "£", "¥"}
_GLUE_RIGHT = {")", "%", ")%", "pts"}


def soup_of(text: str) -> BeautifulSoup:
    """Return the parsed tree of ``text``."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        return BeautifulSoup(text, "lxml")


def read_html(soup: BeautifulSoup, canonical: Canonical) -> None:
    """Append the content of ``soup`` in reading order."""
    root: Tag = soup.body or soup
    if not canonical.filing:
        root = soup.find("article") or soup.find("main") or root
    for node in _blocks(root):
        _emit(node, canonical)


def metadata(soup: BeautifulSoup) -> dict[str, str]:
    """Return what head elements and iXBRL cover facts say, by key ``title``, ``published``, ``dei:<Name>`` and so on."""
    found: dict[str, str] = {}
    for tag in soup.find_all("meta"):
        name = str(tag.get("property") or tag.get("name") or "").lower()
        if name and tag.get("content"):
            found.setdefault(f"meta:{name}", clean(str(tag["content"])))
    if soup.title and soup.title.string:
        found["title"] = clean(soup.title.string)
    if soup.html and soup.html.get("lang"):
        found["lang"] = str(soup.html["lang"])
    for tag in soup.find_all(["ix:nonnumeric"]):
        name = str(tag.get("name") or "")
        if name.startswith("dei:"):
            found.setdefault(name, clean(tag.get_text(" ")))
    return found


def _blocks(root: Tag) -> Iterator[Tag]:
    """Yield, in order, tables and the elements that hold text without a block of their own below; no recursion."""
    stack: list[Tag] = [root]
    while stack:
        node = stack.pop()
        if _skipped(node):
            continue
        if node.name == "table" or not _has_block(node):
            yield node
            continue
        stack.extend(reversed(list(_children(node))))


def _children(node: Tag) -> Iterator[Tag]:
    """Yield block children, and runs of inline content between them wrapped as one element."""
    run: list[Tag | NavigableString] = []
    for child in list(node.children):
        if isinstance(child, Tag) and (child.name in _BLOCK or child.name in _SKIP or _has_block(child)):
            if wrapped := _wrap(run, node):
                yield wrapped
            run = []
            yield child
        elif isinstance(child, Tag) or type(child) is NavigableString:
            run.append(child)
    if wrapped := _wrap(run, node):
        yield wrapped


def _wrap(run: list[Tag | NavigableString], parent: Tag) -> Tag | None:
    if not any(clean(part.get_text()) for part in run):
        return None
    holder = Tag(name="li" if parent.name == "li" else "span")
    holder["data-parent"] = parent.name
    holder["style"] = str(parent.get("style") or "")
    for part in run:
        holder.append(part.extract())
    holder["data-depth"] = str(_depth(parent))
    return holder


def _has_block(node: Tag) -> bool:
    return any(isinstance(d, Tag) and d.name in _BLOCK for d in node.descendants)


def _skipped(node: Tag) -> bool:
    if node.name in _SKIP or _HIDDEN.search(str(node.get("style") or "")) or node.get("hidden") is not None:
        return True
    marks = " ".join([*(node.get("class") or []), str(node.get("id") or "")])
    return bool(marks) and node.name not in ("body", "html", "article", "main") and bool(_SKIP_CLASS.search(marks))


def _depth(node: Tag) -> int:
    return max(0, sum(1 for parent in [node, *node.parents] if parent.name in ("ul", "ol")) - 1)


def _emit(node: Tag, canonical: Canonical) -> None:
    if node.name == "table":
        _table(node, canonical)
        return
    text = clean(node.get_text())
    if not text or (canonical.filing and _PAGE_MARK.match(text)):
        return
    if re.fullmatch(r"h[1-6]", node.name):
        canonical.heading(text, int(node.name[1]))
    elif node.name == "li" or node.find_parent("li") is not None:
        canonical.list_item(text, int(str(node.get("data-depth") or _depth(node))))
    elif _BULLET.match(text) and len(text) > 3:
        canonical.list_item(_BULLET.sub("", text))
    elif node.name == "pre":
        canonical.code(text)
    elif _is_heading(node, text):
        canonical.heading(text, 5 if canonical.filing and re.match(r"(part|item)\b", text, re.I) else 6)
    else:
        canonical.paragraph(text)


def _is_heading(node: Tag, text: str) -> bool:
    if len(text) > 160 or (text.endswith((".", ";", ",")) and not re.match(r"item\s+\d", text, re.I)):
        return False
    bold = 0
    for string in node.find_all(string=True):
        if clean(string) and _is_bold(string.parent, node):
            bold += len(clean(string))
    return bold >= 0.9 * len(text.replace(" ", "")) * 0.9


def _is_bold(node: Tag | None, top: Tag) -> bool:
    while node is not None:
        if node.name in ("b", "strong", "th") or _BOLD.search(str(node.get("style") or "")):
            return True
        if node is top:
            return False
        node = node.parent
    return False


def _table(table: Tag, canonical: Canonical) -> None:
    rows = [_cells(row) for row in table.find_all("tr")]
    rows = [row for row in rows if any(row)]
    if not rows or _is_contents(table, rows):
        return
    width = max(sum(1 for cell in row if cell) for row in rows)
    if width == 1 or (width == 2 and all(not row[0] or _BULLET.match(row[0] + " ") for row in rows)):
        _layout_table(rows, canonical)
        return
    canonical.table(rows, _header_rows(table, rows))


def _layout_table(rows: list[list[str]], canonical: Canonical) -> None:
    """Append a table that only lays out text: a heading, a paragraph, or bullets with their mark in a cell of its own."""
    for row in rows:
        filled = [cell for cell in row if cell]
        if len(filled) > 1 or _BULLET.match(filled[0]):
            canonical.list_item(_BULLET.sub("", filled[-1]))
        elif re.match(r"(part\s+i|item\s+\d)", filled[0], re.I) and len(filled[0]) < 160:
            canonical.heading(filled[0], 5)
        elif not _PAGE_MARK.match(filled[0]):
            canonical.paragraph(filled[0])


def _cells(row: Tag) -> list[str]:
    texts: list[str] = []
    for cell in row.find_all(["td", "th"]):
        text = clean(cell.get_text(" "))
        if texts and text in _GLUE_RIGHT:
            last = max((i for i, t in enumerate(texts) if t), default=0)
            texts[last] += text
            text = ""
        elif texts and text and texts[-1] in _GLUE_LEFT:
            text, texts[-1] = texts[-1] + text, ""
        texts.append(text)
        texts.extend([""] * (_span(cell) - 1))
    return texts


def _span(cell: Tag) -> int:
    value = str(cell.get("colspan") or "1")
    return min(int(value), 50) if value.isdigit() else 1


def _header_rows(table: Tag, rows: list[list[str]]) -> int:
    if table.find("thead"):
        return len([r for r in table.thead.find_all("tr") if clean(r.get_text())]) if table.thead else 0
    for number, row in enumerate(rows[:4]):
        values = [cell for cell in row[1:] if cell]
        if any(re.search(r"\d", v) and not re.fullmatch(r"(19|20)\d\d|.*(19|20)\d\d", v) for v in values):
            return number
    return 1


def _is_contents(table: Tag, rows: list[list[str]]) -> bool:
    pages = sum(1 for row in rows if re.fullmatch(r"\d{1,3}|F-\d+", [c for c in row if c][-1]))
    return len(rows) > 3 and (pages > 0.7 * len(rows) and len(table.find_all("a")) >= 0.5 * len(rows))
