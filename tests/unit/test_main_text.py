"""Main text of pages: what stays, what goes, by construction; every page here is written for the test."""

import pytest

from pipelines.parse.read import read_document

PROSE = (
    "Acme buys its pumps from Bolt and has done so since the first hall opened, as both firms say. ",
    "The contract runs for six years and names the volumes for each quarter of the coming two years. ",
    "Volt, which makes the busbars, expects to ship from its second plant by the end of next spring. ",
)
ARTICLE = "".join(f"<p>{line * 4}</p>" for line in PROSE)
TABLE = "<table><tr><th>Supplier</th><th>Part</th></tr><tr><td>Bolt</td><td>pumps</td></tr></table>"


def page(before="", inside="", after="", head=""):
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>Who cools Acme | Example Daily</title>{head}</head><body>{before}"
        f"<div class='content'><h1>Who cools Acme</h1>{ARTICLE}{inside}</div>{after}</body></html>"
    )


def text_of(html):
    return read_document(html.encode(), "https://example.org/a").text


@pytest.mark.parametrize(
    "part",
    [
        "<nav><ul><li><a href='/'>GONE home and all of its pages</a></li></ul></nav>",
        "<div class='cookie-banner'><p>GONE we store things on your device to know you again</p></div>",
        "<div id='newsletterSignup'><p>GONE a letter every morning with all that matters</p></div>",
        "<div class='share-buttons'><a href='#'>GONE</a></div>",
        "<div class='related-posts'><h3>GONE</h3><ul><li><a href='/b'>GONE another story that you have not read</a></li></ul></div>",
        "<section id='comments'><p>GONE first! I have never agreed less with anything</p></section>",
        "<div class='author-bio'><p>GONE writes about halls and what they are filled with</p></div>",
        "<aside><p>GONE what stands at the side of the page, of some length</p></aside>",
        "<footer><p>GONE the company, its address and its number</p></footer>",
        "<h3>Related articles</h3><ul><li><a href='/c'>GONE story</a></li></ul>",
        "<h3>Disclaimer</h3><p>GONE the writer may be wrong about all of this and has no duty to say so later.</p>",
        "<p>Subscribe to our newsletter, GONE</p>",
        "<p>This article is for informational purposes only, GONE, and is no offer of anything.</p>",
        "<p>© 2031 Example Daily GONE</p>",
    ],
)
@pytest.mark.parametrize("place", ["inside", "after"])
def test_what_stands_beside_the_text_goes(part, place):
    text = text_of(page(**{place: part}))

    assert "GONE" not in text
    assert "Volt, which makes the busbars" in text


@pytest.mark.parametrize(
    "part",
    [
        "<ul><li>KEPT: pumps</li><li>Volt: busbars</li></ul>",
        "<ul><li><a href='/x'>KEPT</a></li><li><a href='/y'>Bolt</a></li></ul>",
        TABLE.replace("pumps", "KEPT"),
        "<h2>KEPT risks</h2><p>They share one supplier.</p>",
        "<blockquote>KEPT, said the head of buying.</blockquote>",
        "<div class='shareholder-letter'><p>KEPT in a letter to those who own the firm</p></div>",
        "<div class='commentary'><p>KEPT in the commentary on the numbers of the year</p></div>",
        "<p>Subscribe to the view that KEPT if you like; "
        + "the numbers say the opposite, as the table shows. " * 6
        + "</p>",
    ],
)
def test_lists_tables_headings_and_the_author_s_own_words_stay(part):
    assert "KEPT" in text_of(page(inside=part))


def test_a_class_that_names_the_whole_page_drops_nothing():
    html = f"<html><body><div class='with-sidebar'><div class='body'>{ARTICLE}</div></div><div class='sidebar'><p>{'GONE ' * 30}</p></div></body></html>"

    text = text_of(html)

    assert "Acme buys its pumps" in text
    assert "GONE" not in text


def test_a_page_of_several_articles_is_read_whole():
    articles = "".join(f"<article><h2>Part {n}</h2>{ARTICLE}</article>" for n in range(4))

    assert [
        b for b in ("Part 0", "Part 1", "Part 2", "Part 3") if b in text_of(f"<html><body>{articles}</body></html>")
    ] == [
        "Part 0",
        "Part 1",
        "Part 2",
        "Part 3",
    ]


def test_a_heading_above_the_text_is_kept_and_the_site_s_own_is_not():
    html = (
        "<html><head><title>Who cools Acme - Example Daily</title></head><body><header><h1>Example Daily</h1></header>"
        f"<div class='top'><h1>Who cools Acme</h1></div><div class='body'>{ARTICLE}</div></body></html>"
    )

    text = text_of(html)

    assert text.startswith("Who cools Acme\n")
    assert "Example Daily" not in text


@pytest.mark.parametrize("holder", ["footer", "div class='disclaimer'", "aside"])
def test_a_legend_of_interests_outlives_the_part_that_it_stands_in(holder):
    legend = f"<{holder}><p>* denotes a portfolio company of Example Ventures.</p><p>GONE</p></{holder.split()[0]}>"

    document = read_document(page(after=legend).encode(), "a.html")

    assert [(i.mark, i.holder) for i in document.interests] == [("*", "Example Ventures")]
    assert "GONE" not in document.text


def test_a_short_page_without_prose_is_read_whole():
    assert text_of("<html><body><div>Acme</div><div><span>12 MW</span></div></body></html>") == "Acme\n\n12 MW\n\n"
