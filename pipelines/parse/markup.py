"""Tags to effects. What belongs here: what one tag, as libxml2 writes it, does to a reader: name, style, spans.

What does not: the reader's state (``walk``). A filing has tens of thousands of tags but few different ones, so each is
read once a document and remembered by its text.
"""

import re
from typing import NamedTuple

# What holds for the text inside of an element, as bits that a child inherits; the heading level (1 to 6) and the depth
# of lists are counted from HEADING and LIST upward.
BOLD, HIDDEN, ITEM, CODE, CELL = 1, 2, 4, 8, 16
HEADING, LIST = 1 << 8, 1 << 12
HEADING_MASK = HEADING * 7

# Elements whose words are not read, taken out of the tree before the walk.
UNREAD = (
    "script", "style", "noscript", "template", "head", "title", "meta", "link", "nav", "footer", "form", "svg", "button",
    "iframe", "object", "select", "textarea", "ix:header",
)  # fmt: skip
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "header", "hgroup", "html", "legend", "main", "p", "section", "summary",
    # EDGAR's own wrapper around a document.
    "document", "type", "sequence", "filename", "description", "text",
))  # fmt: skip
_NAMED_BITS = {
    "b": BOLD,
    "strong": BOLD,
    "th": BOLD,
    "li": ITEM,
    "pre": CODE,
    **{f"h{level}": HEADING * level for level in range(1, 7)},
}
_NAMED_KINDS = {
    "table": "table", "tr": "row", "td": "cell", "th": "cell", "br": "line", "ul": "list", "ol": "list", "li": "block",
    "pre": "block", "thead": "head", "sup": "raised", "hr": "rule", "ix:nonfraction": "fact", "ix:nonnumeric": "fact", "ix:fraction": "fact",
    "ix:continuation": "fact", **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "block"),
}  # fmt: skip
_ATTRIBUTE = re.compile(r'([^\s"=/]+)="([^"]*)"')
_BOLD_STYLE = re.compile(r"font(?:-weight)?\s*:[^;]*\b(?:bold|bolder|[6-9]00)\b", re.I)
_PLAIN_STYLE = re.compile(r"font-weight\s*:\s*(?:normal|lighter|[1-5]00)\b", re.I)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_PAGE_STYLE = re.compile(r"(?:page-)?break-(?:before|after)\s*:\s*(?:always|page)", re.I)
# A wider span than any real table has columns is a fault of the markup.
_MAX_SPAN = 200


class Tag(NamedTuple):
    """One tag: the kind of element, bits it sets and clears for its text, spans of a cell, whether it breaks the page."""

    kind: str
    sets: int = 0
    clears: int = 0
    colspan: int = 1
    rowspan: int = 1
    page: bool = False


def read_tag(source: str) -> Tag:
    """Return what the opening tag ``source`` (without its angle brackets) does."""
    name, _, rest = source.partition(" ")
    name = name.rstrip("/")
    kind = _NAMED_KINDS.get(name) or ("block" if name in _BLOCKS else "inline")
    sets, clears = _NAMED_BITS.get(name, 0), 0
    if "=" not in rest:
        return Tag(kind, sets)
    attributes = dict(_ATTRIBUTE.findall(rest))
    style = attributes.get("style", "")
    if style:
        if _BOLD_STYLE.search(style):
            sets |= BOLD
        elif _PLAIN_STYLE.search(style):
            sets, clears = sets & ~BOLD, BOLD
    if "hidden" in attributes or (style and _HIDDEN_STYLE.search(style)):
        sets |= HIDDEN
    spans = (_span(attributes, "colspan"), _span(attributes, "rowspan")) if kind == "cell" else (1, 1)
    return Tag(kind, sets, clears, *spans, page=bool(style) and bool(_PAGE_STYLE.search(style)))


def _span(attributes: dict[str, str], name: str) -> int:
    value = attributes.get(name, "1").strip()
    return max(1, min(int(value), _MAX_SPAN)) if value.isdecimal() and len(value) < 10 else 1
