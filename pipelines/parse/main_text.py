"""Which elements of a page are its main text. What belongs here: choosing roots and what to leave out inside of them."""

import re
from dataclasses import dataclass

from lxml import etree

_SKIP_NAME = re.compile(
    r"cookie|newsletter|subscribe|related|share|breadcrumb|sidebar|\bnav\b|menu|advert|banner", re.I
)
_NEVER_SKIPPED = ("body", "html", "article", "main")


@dataclass(frozen=True, slots=True)
class Selection:
    """What to walk: ``roots`` in reading order, never entering an element of ``skip``."""

    roots: list[etree._Element]
    skip: frozenset[etree._Element]


def whole(tree: etree._Element) -> Selection:
    """Return all of the body: a filing has nothing around its text."""
    body = tree.find("body")
    return Selection([tree if body is None else body], frozenset())


def select(tree: etree._Element) -> Selection:
    """Return the article, or else the main part, or else the body, without what class or id names as not its text."""
    roots = next((found for tag in ("article", "main", "body") if (found := list(tree.iter(tag))[:1])), [tree])
    named = (element for root in roots for element in root.xpath("descendant::*[@class or @id]"))
    skip = frozenset(
        element
        for element in named
        if element.tag not in _NEVER_SKIPPED
        and _SKIP_NAME.search(f"{element.get('class', '')} {element.get('id', '')}")
    )
    return Selection(roots, skip)
