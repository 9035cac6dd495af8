"""Feeds: the list, names and addresses in the setting, and the pages behind the items."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from graph.errors import InputRefusedError, UsageError
from graph.model import LAYERS
from pipelines.fetch.source import SHIPPED, Link, read_mapping
from tests.sources.reading import context, read, start

HERE = Path(__file__).parent
LISTED, _ = read_mapping(SHIPPED / "feeds" / "feeds.yml")


def test_the_list_covers_layers_power_cooling_and_trade_press():
    layers = [entry["layer"] for entry in LISTED.values()]

    assert len(LISTED) >= 25
    assert {*LAYERS, "power", "cooling", "trade_press"} == set(layers)


@pytest.mark.parametrize("name", LISTED)
def test_a_listed_feed_says_what_a_user_must_know(name):
    entry = LISTED[name]

    assert set(entry) == {"address", "owner", "layer", "cadence", "licence"}
    assert urlsplit(entry["address"]).scheme == "https"
    assert all(isinstance(value, str) and value.strip() for value in entry.values())


def test_no_address_is_listed_twice():
    assert len({entry["address"] for entry in LISTED.values()}) == len(LISTED)


def test_feeds_are_off_until_the_setting_names_one():
    off, _ = context("feeds")
    _, on = context("feeds", LOADPATH_FEEDS="eia_today")

    assert not off.is_on(context("feeds")[1].settings)
    assert off.is_on(on.settings)


def test_the_setting_takes_names_and_addresses():
    found = start("feeds", LOADPATH_FEEDS="kubernetes_blog, https://example.com/feed.xml")

    assert found == [
        Link("https://kubernetes.io/feed.xml", "index", publisher="Kubernetes"),
        Link("https://example.com/feed.xml", "index"),
    ]


def test_an_unknown_name_is_refused_with_the_nearest():
    with pytest.raises(UsageError, match="did you mean kubernetes_blog"):
        start("feeds", LOADPATH_FEEDS="kubernets_blog")


def test_items_lead_to_pages_with_title_day_and_owner():
    url = "https://example.com/feed.xml"
    *links, nowhere = read("feeds", HERE / "rss.xml", url, Link(url, "index", publisher="Example"))

    assert links == [
        # The day is that of UTC, as all times of the archive.
        Link("https://example.com/news/hall.html?a=1&b=2", "document", "Example opens a hall & a yard", "2026-03-03", "Example"),
        Link("https://example.com/news/guid.html", "document", "Only a guid", "", "Example"),
    ]  # fmt: skip
    assert isinstance(nowhere, InputRefusedError) and "'Nowhere' names no page" in str(nowhere)


def test_atom_is_read_like_rss():
    (link,) = read("feeds", HERE / "atom.xml", "https://example.com/atom.xml")

    assert (link.url, link.title, link.published) == ("https://example.com/blog/rack", "A rack", "2026-03-01")


@pytest.mark.parametrize(
    "body", [b"<html><body>Page not found</body></html>", b"", b"{}", b"\x00\x01", __file__.encode()]
)
def test_what_is_no_feed_is_refused(body):
    with pytest.raises(InputRefusedError, match="neither an RSS nor an Atom feed"):
        read("feeds", body, "https://example.com/feed.xml")
