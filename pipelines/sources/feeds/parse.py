"""RSS and Atom feeds to links of the full pages behind them."""

import difflib
from collections.abc import Iterator
from io import BytesIO
from time import strftime
from urllib.parse import urljoin

import feedparser
from lxml import html

from graph.errors import InputRefusedError, UsageError
from pipelines.fetch.source import Context, Found, Link, Page, read_mapping


def start(context: Context) -> Iterator[Found]:
    """Yield the feeds that LOADPATH_FEEDS names; raise UsageError for a name that feeds.yml lacks."""
    listed, _ = read_mapping(context.folder / "feeds.yml")
    for name in context.settings.feeds:
        if "://" in name:
            yield Link(name, "index")
        elif name in listed:
            yield Link(listed[name]["address"], "index", publisher=listed[name]["owner"])
        else:
            near = difflib.get_close_matches(name, listed, n=1, cutoff=0)[0]
            raise UsageError(f"LOADPATH_FEEDS: {name!r} is neither an address nor a listed feed; did you mean {near}?")


def links(page: Page, _context: Context) -> Iterator[Found]:
    """Yield the page behind each item, with the item's title and day; raise InputRefusedError when it is no feed."""
    # As a stream: text that reads like a path or an address would be opened.
    feed = feedparser.parse(BytesIO(page.data))
    if not feed.get("version"):
        raise InputRefusedError(page.link.url, "is neither an RSS nor an Atom feed")
    for item in feed.entries:
        title = _plain(item.get("title", ""))
        if not item.get("link"):
            yield InputRefusedError(page.link.url, f"item {title!r} names no page")
            continue
        day = item.get("published_parsed") or item.get("updated_parsed")
        published = strftime("%Y-%m-%d", day) if day else ""
        yield Link(urljoin(page.link.url, item.link), "document", title, published, page.link.publisher)


def _plain(title: str) -> str:
    """Return a title without the markup that some feeds put in it."""
    text = html.fromstring(f"<p>{title}</p>").text_content() if "<" in title else title
    return " ".join(text.split())
