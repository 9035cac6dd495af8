"""What a page says about itself: JSON-LD, meta elements, links, time elements and bylines.

What belongs here: finding those values. What does not: which of them wins (``metadata``), the text (``html``).
"""

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, TypeAlias

from lxml import etree

from pipelines.parse.canonical import clean

Element: TypeAlias = etree._Element

_ARTICLES = {
    "article", "newsarticle", "blogposting", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle",
    "backgroundnewsarticle", "reviewnewsarticle", "techarticle", "scholarlyarticle", "report", "liveblogposting",
    "socialmediaposting", "discussionforumposting", "advertisercontentarticle", "podcastepisode",
}  # fmt: skip
# Schema.org's page types tell less than an article's own node.
_PAGES = {"webpage", "itempage", "aboutpage", "collectionpage"}
_BYLINE_TAGS = ("a", "address", "p", "span", "div", "li")
_BYLINE = re.compile(r"\b(?:by-?line|author(?:-?name)?|post-author|entry-author)\b", re.I)
_BY_OPENS = re.compile(r"\s*(?:by|written by|von|par|por|di)\b|\s*(?:作者|文[:：])", re.I)
_DATE_NAME = re.compile(r"(?:^|[\s_-])(?:date|pubdate|published|posted|timestamp|dateline)(?:$|[\s_-])", re.I)
_DATED = (
    "json-ld:published",
    "meta:article:published_time",
    "meta:date",
    "meta:pubdate",
    "meta:datepublished",
    "meta:dc.date",
)
_BY = re.compile(r"(?:by|written by|von|par|por|di|作者[:：]?|文[:：/／])\s+(.{3,90})$", re.I)
_NAME = re.compile(r"[A-ZÀ-Þ][\w.’'-]+(?:\s+(?:[A-ZÀ-Þ][\w.’'-]*|de|del|van|von|der|la|bin|al|and|&|y|und|et|,)){0,9}$")
_AFTER_NAME = re.compile(r"\s*(?:[|•·–—]|\b(?:updated|published|posted|on|in)\b|\d).*$", re.I)
# A page's head and the top of its text say who wrote it; the foot lists others.
_LOOKED_AT = 400
_DEPTH = 40


def metadata(tree: Element) -> dict[str, str]:
    """Return what the page says about itself, by key.

    Keys: ``json-ld:<name>`` (title, author, publisher, published, language, url), ``meta:<name>``, ``title``, ``lang``,
    ``canonical``, ``time``, ``byline``, ``dei:<Name>``; values as written, white space collapsed.
    """
    found: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = (tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv") or "").lower()
        if name and (content := clean(tag.get("content") or "")):
            key = f"meta:{name}"
            several = name in ("citation_author", "article:author", "author", "dc.creator") and key in found
            found[key] = (
                f"{found[key]}, {content}" if several and content not in found[key] else found.get(key, content)
            )
    _head(tree, found)
    for name, value in _json_ld(tree).items():
        found[f"json-ld:{name}"] = value
    _visible(tree, found)
    return found


def page_facts(tree: Element) -> dict[str, str]:
    """Return what a filing's head says: ``title``, ``lang`` and meta elements. Its cover is inline XBRL (``ixbrl``)."""
    found: dict[str, str] = {}
    _head(tree, found)
    return found


def _head(tree: Element, found: dict[str, str]) -> None:
    title = next(tree.iter("title"), None)
    if title is not None and (text := clean("".join(title.itertext()))):
        found["title"] = text
    root = tree.getroottree().getroot()
    if lang := clean(root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""):
        found["lang"] = lang
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and (address := clean(link.get("href") or "")):
            found.setdefault("canonical", address)


def _visible(tree: Element, found: dict[str, str]) -> None:
    """Look for time elements, dates and bylines on the page itself, only where its head does not say."""
    dated = any(key in found for key in _DATED)
    if not dated and (text := _time(tree)):
        found["time"] = text
        dated = True
    signed = any(key in found for key in ("json-ld:author", "meta:author", "meta:article:author"))
    if dated and signed:
        return
    body = tree.find("body")
    for tag in islice((tree if body is None else body).iter(*_BYLINE_TAGS), _LOOKED_AT):
        if not signed and (name := _byline(tag)):
            found["byline"] = name
            signed = True
        named = f"{tag.get('class') or ''} {tag.get('id') or ''}"
        if not dated and len(named) > 3 and _DATE_NAME.search(named) and (text := _short_text(tag)):
            found["dated"] = text
            dated = True


def _time(tree: Element) -> str:
    times = [(clean(tag.get("datetime") or "".join(tag.itertext())), tag) for tag in islice(tree.iter("time"), 20)]
    named = [text for text, tag in times if tag.get("pubdate") is not None or tag.get("itemprop") == "datePublished"]
    return next((text for text in [*named, *(text for text, _ in times)] if text), "")


def _short_text(tag: Element) -> str:
    text = clean("".join(islice(tag.itertext(), 8)))
    return text if len(text) < 60 and re.search(r"\d{4}", text) else ""


def _byline(tag: Element) -> str:
    marked = tag.get("rel") == "author" or tag.get("itemprop") == "author"
    marked = marked or bool(_BYLINE.search(f"{tag.get('class') or ''} {tag.get('id') or ''}"))
    if not marked and not _BY_OPENS.match(tag.text or ""):
        return ""
    text = clean("".join(islice(tag.itertext(), 12)))[:160]
    match = _BY.match(text)
    if not match and not marked:
        return ""
    name = _AFTER_NAME.sub("", match[1] if match else text).strip(" ,.:")
    return name if _NAME.match(name) and 1 < len(name.split()) < 12 else ""


def _json_ld(tree: Element) -> dict[str, str]:
    """Return what the JSON-LD says of the page's article; broken JSON says nothing."""
    nodes: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            text = re.sub(r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)\s*$", "", script.text or "")
            try:
                nodes.extend(_nodes(json.loads(text, strict=False)))
            except (ValueError, RecursionError):
                continue
    by_id = {str(node["@id"]): node for node in nodes if "@id" in node and len(node) > 1}
    for kinds in (_ARTICLES, _PAGES):
        for node in nodes:
            if _types(node) & kinds:
                return _article(node, by_id)
    return {}


def _nodes(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON-LD text, outer ones first."""
    if depth > _DEPTH:
        return
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            if isinstance(inner, dict | list):
                yield from _nodes(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _nodes(inner, depth + 1)


def _types(node: dict[str, Any]) -> set[str]:
    kinds = node.get("@type") or ()
    return {str(kind).rsplit("/", 1)[-1].lower() for kind in ([kinds] if isinstance(kinds, str) else kinds)}


def _article(node: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> dict[str, str]:
    found = {
        "title": _name(node.get("headline") or node.get("name"), by_id),
        "author": _name(node.get("author") or node.get("creator"), by_id),
        "publisher": _name(node.get("publisher") or node.get("sourceOrganization"), by_id),
        "published": _name(node.get("datePublished") or node.get("dateCreated"), by_id),
        "language": _name(node.get("inLanguage"), by_id),
        "url": _address(node.get("mainEntityOfPage")) or _address(node.get("url")),
    }
    return {key: value for key, value in found.items() if value}


def _name(value: Any, by_id: dict[str, dict[str, Any]]) -> str:
    """Return the words of a value: text, an object's name, an object named elsewhere by its id, or a list of those."""
    if isinstance(value, list):
        names = [name for item in value[:20] if (name := _name(item, {} if isinstance(item, list) else by_id))]
        return ", ".join(dict.fromkeys(names))
    if isinstance(value, dict):
        value = value if value.get("name") else by_id.get(str(value.get("@id")), value)
        value = value.get("name") or value.get("alternateName") or value.get("@value")
        return clean(value) if isinstance(value, str) else ""
    text = clean(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return "" if text.startswith(("http://", "https://")) else text


def _address(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    return value.strip() if isinstance(value, str) and value.startswith(("http://", "https://")) else ""
