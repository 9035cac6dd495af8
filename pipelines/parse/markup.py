"""Tags to effects. What belongs here: what one tag does to a reader: its kind, its style, the columns it spans.

What does not: the reader's state (``walk``). A filing has tens of thousands of tags but few different ones, so each is
read once a document and remembered by its text.
"""

import re
from typing import NamedTuple

# What holds for the text inside of an element, as bits that a child inherits; the heading level (1 to 6) and the depth
# of lists are counted from HEADING and LIST upward.
BOLD, HIDDEN, ITEM, CODE, CELL, SLANTED = 1, 2, 4, 8, 16, 32
HEADING, LIST = 1 << 8, 1 << 12
HEADING_MASK = HEADING * 7

# Elements whose words are not read.
UNREAD = (
    "script", "style", "noscript", "template", "head", "title", "nav", "footer", "form", "svg", "button", "iframe", "object",
    "select", "textarea", "ix:header",
)  # fmt: skip
_BLOCKS = (
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "p",
    "pre", "section", "summary",
    # EDGAR's own wrapper around a document.
    "document", "type", "sequence", "filename", "description", "text",
)  # fmt: skip
_KINDS = {
    **dict.fromkeys(_BLOCKS, "block"),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), "list"),
    **dict.fromkeys(("td", "th"), "cell"),
    **dict.fromkeys(("ix:nonfraction", "ix:nonnumeric", "ix:continuation"), "fact"),
    "table": "table",
    "tr": "row",
    "thead": "head",
    "br": "line",
    "sup": "raised",
}
_BITS = {
    **dict.fromkeys(("b", "strong"), BOLD),
    **dict.fromkeys(("i", "em", "u"), SLANTED),
    **dict.fromkeys(UNREAD, HIDDEN),
    **{f"h{level}": HEADING * level for level in range(1, 7)},
    "td": CELL,
    "th": CELL | BOLD,
    "li": ITEM,
    "pre": CODE,
}
_ATTRIBUTE = re.compile(r'([^\s"=/]+)="([^"]*)"')
_BOLD_STYLE = re.compile(r"font(?:-weight)?\s*:[^;]*\b(?:bold|bolder|[6-9]00)\b", re.I)
# Italic or underlined: how filings set the headings below the bold ones.
_SLANTED_STYLE = re.compile(r"font-style\s*:\s*italic|text-decoration(?:-line)?\s*:\s*underline", re.I)
_PLAIN_STYLE = re.compile(r"font-weight\s*:\s*(?:normal|lighter|[1-5]00)\b", re.I)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
# Filings part "Item 1." from its title by padding alone.
_PADDED_STYLE = re.compile(r"(?:padding|margin)-left\s*:\s*(?!0*(?:\.0+)?(?:[a-z%]|;|$))[\d.]", re.I)
_PAGE_STYLE = re.compile(r"break-(?:before|after)\s*:\s*(?:always|page)", re.I)
# A span wider than any real table is a fault of the markup.
_MAX_SPAN = 200


class MalformedMarkupError(ValueError):
    """Markup that is not well formed, as XML asks for."""


class Tag(NamedTuple):
    """An opening tag: what kind of element, bits it sets and clears for its text, spans of a cell, a page break."""

    kind: str
    sets: int
    clears: int
    colspan: int = 1
    rowspan: int = 1
    page: bool = False


def name_of(source: str) -> str:
    """Return the element's name in small letters; ``source`` is the tag without its angle brackets and slashes."""
    return source.split(None, 1)[0].lower() if source and not source.isspace() else ""


def kind_of(name: str) -> str:
    """Return the kind of the element called ``name``."""
    return _KINDS.get(name, "inline")


def read_tag(source: str) -> Tag:
    """Return what the opening tag ``source`` (without its angle brackets and closing slash) does.

    Raises MalformedMarkupError where a quote does not end: the tag was cut at a bracket inside of a value.
    """
    if source.count('"') % 2 or "='" in source:
        raise MalformedMarkupError(source)
    name = name_of(source)
    kind, sets, clears = kind_of(name), _BITS.get(name, 0), 0
    if "=" not in source or (kind == "inline" and "style=" not in source and "hidden" not in source):
        return Tag(kind, sets, clears)
    attributes = dict(_ATTRIBUTE.findall(source))
    style = attributes.get("style", "")
    if "font" in style:
        if _BOLD_STYLE.search(style):
            sets |= BOLD
        elif _PLAIN_STYLE.search(style):
            sets, clears = sets & ~BOLD, BOLD
    if ("italic" in style or "underline" in style) and _SLANTED_STYLE.search(style):
        sets |= SLANTED
    if "hidden" in attributes or (("none" in style or "hidden" in style) and _HIDDEN_STYLE.search(style)):
        sets |= HIDDEN
    if kind == "inline" and _PADDED_STYLE.search(style):
        kind = "spaced"
    if kind == "cell":
        return Tag(kind, sets, clears, _span(attributes, "colspan"), _span(attributes, "rowspan"))
    return Tag(kind, sets, clears, page="break-" in style and bool(_PAGE_STYLE.search(style)))


def _span(attributes: dict[str, str], name: str) -> int:
    value = attributes.get(name, "1").strip()
    return max(1, min(int(value), _MAX_SPAN)) if value.isdecimal() and len(value) < 10 else 1
