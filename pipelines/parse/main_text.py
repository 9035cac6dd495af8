"""Which elements of a page are its main text. What belongs here: choosing roots and what to leave out inside of them.

What does not: turning elements into blocks (``html``), metadata (``head``). Judged by construction alone, never by site:
where the prose lies, what class words and headings name, what a short paragraph asks the reader to do; the words are data
(``boilerplate.yml``). A page's tree is large and mostly not text, so the passes over it run in C and Python looks only
at the elements that hold prose. Whatever is not clearly beside the text stays: a line too much does less harm than a
table lost.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from lxml import etree

from pipelines.parse.boilerplate import SHORT, is_beside, names_other_part, words_of_pages
from pipelines.parse.interests import is_legend

Element: TypeAlias = etree._Element

# The lowest element that holds this share of the page's prose is the main text.
_BULK = 0.8
# Shorter paragraphs and items are as often labels and menus as prose.
_PROSE = 40
# With less prose than this nothing tells where the main text is.
_LITTLE = 1500
# A legend of marks is one sentence.
_LEGEND = 400
# An element whose class names it as beside the text is kept all the same where it holds this share of the prose.
_TOO_MUCH = 0.5
_PROSE_TAGS = ("p", "ul", "ol", "table", "pre", "blockquote", "dl")
_LISTS = ("ul", "ol", "dl")
# A part of a table or a list is no page's main text by itself.
_INNER = ("ul", "ol", "li", "dl", "dd", "table", "tbody", "tr", "td", "blockquote")
_PAGE = ("html", "body", "main", "article")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CHROME = {
    "nav", "form", "button", "dialog", "menu", "template", "noscript", "iframe", "svg", "script", "style", "aside", "footer",
}  # fmt: skip
_ROLES = {"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "toolbar"}
# Parts of a page are these elements; what a cell or a span calls itself is of no matter.
_NAMED_TAGS = ("div", "section", "aside", "footer", "header", "ul", "ol", "p", "figure", "details", "label")
_LINKED = etree.XPath(".//a//text()", smart_strings=False)


@dataclass(frozen=True, slots=True)
class Selection:
    """What to walk: ``roots`` in reading order, never entering an element of ``skip``."""

    roots: list[Element]
    skip: frozenset[Element]


def whole(tree: Element) -> Selection:
    """Return all of the body: a filing has nothing around its text."""
    body = tree.find("body")
    return Selection([tree if body is None else body], frozenset())


def select(tree: Element) -> Selection:
    """Return the roots of the main text of the page ``tree`` and the elements inside of them that are not text."""
    body = tree if tree.tag == "body" else tree.find("body")
    body = tree if body is None else body
    texts = {element: text for element in body.iter(*_PROSE_TAGS) if (text := _text(element))}
    sums = _sums(texts, body)
    root = _lowest(sums, body)
    skip = {element for element in root.iter(*_NAMED_TAGS) if _is_named(element, root, sums)}
    skip.update(_under_headings(root))
    skip.update(element for element, text in texts.items() if element.tag == "p" and is_beside(text))
    skip.update(_closing_links(root))
    roots = [*_titles(body, root), root]
    for legend in _legends(body, texts, root, skip):
        skip.discard(legend)
        if not _reached(legend, root, skip):
            roots.append(legend)
    return Selection(roots, frozenset(skip))


def _text(element: Element) -> str:
    text: str = etree.tostring(element, encoding="unicode", method="text", with_tail=False)
    return text.strip()


def _sums(texts: dict[Element, str], body: Element) -> dict[Element, int]:
    """Return the prose below each element, in characters; what stands in menus, forms and comments does not count."""
    masses: dict[Element, int] = {}
    for element, text in texts.items():
        mass = len(text) if element.tag not in _LISTS else len(text) - _linked(element)
        if mass >= _PROSE:
            parent = element.getparent()
            masses[parent] = masses.get(parent, 0) + mass
    lines = {parent: _line(parent, body) for parent in masses}
    lines = {parent: line for parent, line in lines.items() if not any(_is_chrome_tag(element) for element in line)}
    sums = _added(masses, lines, body)
    # A class that names the whole page ("with-sidebar") names no part of it.
    small = _TOO_MUCH * sums[body]
    lines = {
        parent: line
        for parent, line in lines.items()
        if not any(sums[element] < small and _is_chrome_class(element) for element in line)
    }
    return _added(masses, lines, body)


def _line(element: Element, body: Element) -> list[Element]:
    line = [element]
    while element is not body and (element := element.getparent()) is not None:
        line.append(element)
    return line


def _added(masses: dict[Element, int], lines: dict[Element, list[Element]], body: Element) -> dict[Element, int]:
    sums = {body: 0}
    for parent, line in lines.items():
        for element in line:
            sums[element] = sums.get(element, 0) + masses[parent]
    return sums


def _lowest(sums: dict[Element, int], body: Element) -> Element:
    """Return the lowest element that holds the bulk of the prose, or the article around it."""
    if sums[body] < _LITTLE:
        return next(body.iter("main"), body)
    bulk = _BULK * sums[body]
    around = [element for element in sums if sums[element] >= bulk]
    root = min(reversed(around), key=lambda element: (sums[element], -_depth(element)))
    if root.tag in _INNER and root is not body:
        root = next((a for a in root.iterancestors() if a is body or a.tag not in _INNER), body)
    return next((a for a in root.iterancestors("article", "body") if a.tag == "article"), root)


def _depth(element: Element) -> int:
    return sum(1 for _ in element.iterancestors())


def _linked(element: Element) -> int:
    return sum(len(piece) for piece in _LINKED(element))


def _is_chrome_tag(element: Element) -> bool:
    return element.tag in _CHROME or element.get("role") in _ROLES


def _is_chrome_class(element: Element) -> bool:
    if element.tag in _PAGE:
        return False
    named = element.get("class"), element.get("id")
    return any(names_other_part(name) for name in named if name)


def _is_named(element: Element, root: Element, sums: dict[Element, int]) -> bool:
    if element.tag == "header":
        return _is_site_header(element, root)
    return (_is_chrome_tag(element) or _is_chrome_class(element)) and len(_text(element)) < max(
        _TOO_MUCH * sums[root], SHORT
    )


def _is_site_header(element: Element, root: Element) -> bool:
    if element.get("role") == "banner" or element.find(".//nav") is not None:
        return True
    if root.tag != "body":
        return False
    heading = element.find(".//h1")
    # A page's own heading is what its title begins with; another one names the site.
    others = len(root.findall(".//h1")) > 1
    return heading is None or (others and not _title(root).startswith(_text(heading).lower()))


def _title(element: Element) -> str:
    tree = element.getroottree()
    return (tree.findtext("head/title") or tree.findtext(".//title") or "").strip().lower()


def _titles(body: Element, root: Element) -> list[Element]:
    """Return the page's heading where it stands above the root: the heading that the head's title begins with."""
    if root is body or root.find(".//h1") is not None:
        return []
    title = _title(root)
    headings = [(heading, text) for heading in body.iter("h1") if len(text := _text(heading).lower()) > 3]
    named = [heading for heading, text in headings if title.startswith(text)]
    return (named or [heading for heading, text in headings if text in title])[:1]


def _under_headings(root: Element) -> Iterator[Element]:
    """Yield headings of parts beside the text, and what stands under them."""
    words = words_of_pages()
    for heading in root.iter(*_HEADINGS):
        text = _text(heading)
        if len(text) > 100:
            continue
        whole = bool(words.whole_headings.match(text))
        if whole or words.headings.match(text):
            yield heading
            yield from _part(heading, whole)


def _part(heading: Element, whole: bool) -> Iterator[Element]:
    for element in heading.itersiblings():
        if element.tag in _HEADINGS and element.tag <= heading.tag:
            return
        if not isinstance(element.tag, str):
            continue
        if not whole and not _is_links(element):
            return
        yield element


def _closing_links(root: Element) -> Iterator[Element]:
    """Yield the paragraphs at the end that hold nothing but a link: "More of this", "All articles"."""
    for element in root.iterchildren(reversed=True):
        text = _text(element)
        if element.tag not in ("p", "div") or (text and _linked(element) < len(text)) or len(text) > SHORT:
            return
        if text:
            yield element


def _is_links(element: Element) -> bool:
    """Tell whether an element is mostly links, or so short that it can only go with them."""
    text = _text(element)
    return _linked(element) >= 0.5 * len(text) or len(text) < _PROSE


def _legends(body: Element, texts: dict[Element, str], root: Element, skip: set[Element]) -> list[Element]:
    """Return what explains marks of interest and would be lost: outside of the root, in a footer, among notices."""
    lost = {
        element: text
        for element, text in texts.items()
        if element.tag == "p" and len(text) < _LEGEND and not _reached(element, root, skip)
    }
    for footer in body.iter("footer", "aside"):
        for element in footer.iter("div", "small", "span", "li"):
            if len(element) == 0 and 0 < len(text := _text(element)) < _LEGEND:
                lost[element] = text
    # Most pages have none: one look at all of them together.
    if not is_legend("\n".join(" ".join(text.split()) for text in lost.values())):
        return []
    return [element for element, text in lost.items() if is_legend(" ".join(text.split()))]


def _reached(element: Element, root: Element, skip: set[Element]) -> bool:
    """Tell whether a walk from ``root`` comes to ``element``."""
    for ancestor in (element, *element.iterancestors()):
        if ancestor in skip:
            return False
        if ancestor is root:
            return True
    return False
