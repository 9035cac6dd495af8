"""Sitemaps to links of the pages below a path. The path to keep travels in the fragment of a sitemap's address."""

import re
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import etree

from graph.errors import InputRefusedError
from pipelines.fetch.inputs import decompress
from pipelines.fetch.source import Context, Found, Link, Page


def start(context: Context) -> Iterator[Found]:
    """Yield the sitemaps that LOADPATH_SITEMAPS names, each with its path after #."""
    for address in context.settings.sitemaps:
        yield Link(address, "index")


def links(page: Page, context: Context) -> Iterator[Found]:
    """Yield the sitemaps of an index, or the pages of a sitemap below the path; raise InputRefusedError for others."""
    address, prefix = urldefrag(page.link.url)
    data = decompress(page.data, page.link.url) if page.data.startswith(b"\x1f\x8b") else page.data
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
    except etree.XMLSyntaxError as error:
        raise InputRefusedError(page.link.url, f"is no sitemap: {error.msg}") from None
    kind = etree.QName(root).localname
    if kind not in ("urlset", "sitemapindex"):
        raise InputRefusedError(page.link.url, f"is no sitemap: its root is <{kind}>")
    for entry in root:
        # Namespaces differ between sites, names do not; the news extension knows title and day.
        fields = {etree.QName(node).localname: (node.text or "").strip() for node in entry.iter(etree.Element)}
        url = urljoin(address, fields.get("loc", ""))
        if fields.get("lastmod", "9")[:10] < context.since.isoformat():
            continue
        if kind == "sitemapindex":
            yield Link(f"{url}#{prefix}" if prefix else url, "index")
        elif urlsplit(url).path.startswith(prefix):
            yield Link(url, "document", fields.get("title", ""), _day(fields.get("publication_date", "")))


def _day(text: str) -> str:
    """Return the day of a W3C date, or nothing for one that names only a month or a year."""
    return (re.match(r"\d{4}-\d\d-\d\d", text) or [""])[0]
