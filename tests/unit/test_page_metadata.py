"""What a page says about itself: title, author, publisher, dates, language, address, each with its origin."""

import json
from datetime import date

import pytest

from pipelines.parse.dates import date_of_address, parse_date
from pipelines.parse.read import read_document
from pipelines.records import Given

BODY = "<h1>Who cools Acme</h1><p>Acme buys its pumps from Bolt, and the two of them have done so for years.</p>"


def read(head="", body=BODY, name="https://example.org/a", given=None, lang="en"):
    html = f"<!doctype html><html lang='{lang}'><head>{head}</head><body>{body}</body></html>"
    return read_document(html.encode(), name, given)


def json_ld(value):
    return f"<script type='application/ld+json'>{value if isinstance(value, str) else json.dumps(value)}</script>"


NODE = {
    "@type": "NewsArticle",
    "headline": "Who cools Acme",
    "datePublished": "2031-05-06T23:30:00+09:00",
    "author": [{"@type": "Person", "name": "Ann Lee"}, {"name": "Bob Ray"}],
    "publisher": {"@type": "Organization", "name": "Example Daily"},
    "mainEntityOfPage": {"@id": "https://example.org/who-cools-acme"},
}


@pytest.mark.parametrize(
    "value",
    [NODE, [NODE], {"@graph": [{"@type": "WebSite", "name": "x"}, NODE]}, {"@type": "WebPage", "mainEntity": NODE}],
    ids=["node", "list", "graph", "nested"],
)
def test_json_ld_wins_over_meta(value):
    head = (
        json_ld("{broken")
        + json_ld(value)
        + "<meta name='author' content='Someone'><meta name='date' content='2001-01-01'>"
    )

    document = read(head)

    assert (document.title, document.author, document.publisher) == (
        "Who cools Acme",
        "Ann Lee, Bob Ray",
        "Example Daily",
    )
    # The date as the page writes it, where it was written; not moved to another zone.
    assert document.published == date(2031, 5, 6)
    assert document.canonical_url == "https://example.org/who-cools-acme"
    assert {document.meta_from[k] for k in ("title", "author", "publisher", "published", "canonical_url")} == {
        "json-ld"
    }


def test_an_author_named_elsewhere_in_the_graph_is_found_by_id():
    graph = [{**NODE, "author": {"@id": "#ann"}}, {"@type": "Person", "@id": "#ann", "name": "Ann Lee"}]

    assert read(json_ld({"@graph": graph})).author == "Ann Lee"


def test_meta_elements_and_the_canonical_link():
    document = read(
        "<title>Who cools Acme | Example Daily</title><meta property='og:site_name' content='Example Daily'>"
        "<meta name='citation_author' content='Lee, Ann'><meta name='citation_author' content='Ray, Bob'>"
        "<meta property='article:published_time' content='2031-05-06T08:00:00Z'>"
        "<link rel='canonical' href='https://example.org/acme'>"
    )

    assert document.title == "Who cools Acme"
    assert document.author == "Lee, Ann, Ray, Bob"
    assert document.published == date(2031, 5, 6)
    assert document.canonical_url == "https://example.org/acme"
    assert document.meta_from["published"] == "meta"
    assert document.meta_from["canonical_url"] == "link"


def test_time_element_and_byline_where_the_head_is_silent():
    document = read(body="<p class='byline'>By Ann Lee | 6 May</p><time datetime='2031-05-06'>yesterday</time>" + BODY)

    assert (document.author, document.meta_from["author"]) == ("Ann Lee", "byline")
    assert (document.published, document.meta_from["published"]) == (date(2031, 5, 6), "time")


@pytest.mark.parametrize(
    ("name", "body", "found", "origin"),
    [
        ("https://example.org/2031/05/06/acme", BODY, date(2031, 5, 6), "url"),
        ("notes/2031-05-06-acme.html", BODY, date(2031, 5, 6), "file name"),
        ("https://example.org/a", "<div class='post-date'>May 6, 2031</div>" + BODY, date(2031, 5, 6), "dateline"),
        (
            "https://example.org/a",
            "<p>AUSTIN, Texas, May 6, 2031 (Example Wire) -- Acme opens a hall.</p>" + BODY,
            date(2031, 5, 6),
            "dateline",
        ),
        (
            "https://example.org/a",
            "<p>Acme was listed in New York on May 6, 2031 in a large sale.</p>" + BODY,
            None,
            None,
        ),
        ("https://example.org/20310506", BODY, None, None),
    ],
)
def test_the_date_of_last_resort_says_where_it_came_from(name, body, found, origin):
    document = read(body=body, name=name, given=Given(url=name if "://" in name else ""))

    assert (document.published, document.meta_from.get("published")) == (found, origin)


@pytest.mark.parametrize(
    ("written", "language", "found"),
    [
        ("2031-05-06T23:59:59.000-08:00", "", date(2031, 5, 6)),
        ("20310506", "", date(2031, 5, 6)),
        ("2031/5/6", "", date(2031, 5, 6)),
        ("Tue, 06 May 2031 08:00:00 GMT", "", date(2031, 5, 6)),
        ("May 6, 2031 9:00 AM ET", "", date(2031, 5, 6)),
        ("Sept. 6th, 2031", "", date(2031, 9, 6)),
        ("6. Mai 2031", "", date(2031, 5, 6)),
        ("6 mai 2031", "", date(2031, 5, 6)),
        ("1er août 2031", "", date(2031, 8, 1)),
        ("6 de mayo de 2031", "", date(2031, 5, 6)),
        ("2031年5月6日", "", date(2031, 5, 6)),
        ("06.05.2031", "", date(2031, 5, 6)),
        ("26/05/2031", "", date(2031, 5, 26)),
        ("05/26/2031", "", date(2031, 5, 26)),
        ("05/06/2031", "en-us", date(2031, 5, 6)),
        ("05/06/2031", "en-gb", date(2031, 6, 5)),
        ("05/06/2031", "", None),
        ("May 2031", "", None),
        ("2031-13-45", "", None),
        ("soon", "", None),
        (None, "", None),
    ],
)
def test_written_dates(written, language, found):
    assert parse_date(written, language) == found


def test_an_address_carries_a_date_only_when_its_parts_are_parted():
    assert date_of_address("https://example.org/news/2031-05-06-acme") == date(2031, 5, 6)
    assert date_of_address("https://example.org/id/20310506") is None


@pytest.mark.parametrize(
    ("title", "site", "kept"),
    [
        ("Who cools Acme | Example Daily", "Example Daily", "Who cools Acme"),
        ("Who cools Acme - Markets - Example Daily", "Example Daily", "Who cools Acme - Markets"),
        ("Who cools Acme — and why", "Example Daily", "Who cools Acme — and why"),
        ("Acme: who cools it", "", "Acme: who cools it"),
    ],
)
def test_a_title_loses_the_site_s_name_and_nothing_else(title, site, kept):
    head = f"<title>{title}</title>" + (f"<meta property='og:site_name' content='{site}'>" if site else "")

    assert read(head).title == kept


def test_the_text_s_language_wins_over_what_a_template_declares():
    spanish = (
        "<p>"
        + "Acme compra las bombas a Bolt desde hace años, y las dos empresas lo confirman en sus informes. " * 5
        + "</p>"
    )

    assert read(body=spanish, lang="en").language == "es"
    assert read(body="<p>Acme 12</p>", lang="fr-CA").language == "fr"
    assert read(body="<p>Acme 12</p>", lang="").meta_from["language"] == "unknown"


def test_an_article_that_names_the_commission_is_no_filing():
    body = BODY + "<p>See what we told the Securities and Exchange Commission.</p>"

    assert read(body=body).kind == "article"


def test_a_page_without_a_suffix_is_known_by_how_it_opens():
    assert read(name="https://example.org/story.aspx").text.startswith("Who cools Acme")
