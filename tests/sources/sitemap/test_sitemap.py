"""Sitemaps: the path to keep, nested and packed ones, days, and what is refused."""

import gzip
from pathlib import Path

import pytest

from graph.errors import InputRefusedError
from pipelines.fetch.source import Link
from tests.sources.reading import read, start

HERE = Path(__file__).parent
SITE = "https://example.com"


def test_the_setting_names_sitemaps_with_the_path_to_keep():
    found = start("sitemap", LOADPATH_SITEMAPS=f"{SITE}/sitemap.xml#/press/,https://example.org/s.xml")

    assert found == [Link(f"{SITE}/sitemap.xml#/press/", "index"), Link("https://example.org/s.xml", "index")]


def test_an_index_hands_the_path_on_to_its_sitemaps():
    found = read("sitemap", HERE / "index.xml", f"{SITE}/sitemap.xml#/press/", LOADPATH_SINCE="2020-01-01")

    # The sitemap that names itself is met again, and not asked again: see the walk.
    assert found == [
        Link(f"{SITE}/sitemap-new.xml.gz#/press/", "index"),
        Link(f"{SITE}/sitemap.xml#/press/", "index"),
    ]


@pytest.mark.parametrize("packed", [False, True])
def test_a_sitemap_gives_the_pages_below_the_path(packed):
    data = (HERE / "pages.xml").read_bytes()
    body = gzip.compress(data, mtime=0) if packed else data
    found = read("sitemap", body, f"{SITE}/s.xml.gz#/press/", LOADPATH_SINCE="2020-01-01")

    assert found == [
        Link(f"{SITE}/press/hall", "document", "A hall", "2026-01-30"),
        Link(f"{SITE}/press/yard", "document"),
    ]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"<html><body>Not found</body></html>", "its root is <html>"),
        (b"not xml", "is no sitemap"),
        (b"", "is no sitemap"),
        (gzip.compress(b"<urlset/>", mtime=0)[:-9], "broken gzip"),
        (b'<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]><a>&c;</a>', "its root is <a>"),
    ],
)
def test_what_is_no_sitemap_is_refused(body, says):
    with pytest.raises(InputRefusedError, match=says):
        read("sitemap", body, f"{SITE}/sitemap.xml")
