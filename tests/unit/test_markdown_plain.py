"""Markdown and plain text to blocks: the constructions that notes, newsletters and reports use."""

import pytest

from pipelines.parse.read import read_document


def blocks(text, name="a.md"):
    document = read_document(text.encode(), name)
    return [(b.kind, document.text_of(b)) for b in document.blocks]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Acme\n====\n\nIt buys.\n", [("heading", "Acme"), ("paragraph", "It buys.")]),
        ("**Key suppliers:**\n\nBolt.\n", [("heading", "Key suppliers"), ("paragraph", "Bolt.")]),
        ("__Suppliers__\nBolt sells pumps.\n", [("heading", "Suppliers"), ("paragraph", "Bolt sells pumps.")]),
        ("**Bolt sells pumps.** It does.\n", [("paragraph", "Bolt sells pumps. It does.")]),
        (
            "**Date:** May 6, 2031\n**Source:** Acme, annual report\n",
            [("paragraph", "Date: May 6, 2031"), ("paragraph", "Source: Acme, annual report")],
        ),
        ("A line\nthat goes on: here\n", [("paragraph", "A line that goes on: here")]),
        ("Part | Firm\n---|---\npumps | Bolt\n", [("table_header", "Part | Firm"), ("table_row", "pumps | Bolt")]),
        ("1. Bolt\n   - pumps\n   - pipes\n2. Volt\n", [("list_item", n) for n in ("Bolt", "pumps", "pipes", "Volt")]),
        ("```\ncode = 1\n```\n", [("code", "code = 1")]),
        (
            "<table><tr><th>Part</th><th>Firm</th></tr><tr><td>pumps</td><td>Bolt &amp; Co</td></tr></table>\n\nText.\n",
            [("table_header", "Part | Firm"), ("table_row", "pumps | Bolt & Co"), ("paragraph", "Text.")],
        ),
        ("<!-- gone -->\nBolt<br>sells [pumps](https://example.org).\n", [("paragraph", "Bolt sells pumps.")]),
        ("[[Acme Corp|Acme]] buys from [[Bolt]].\n", [("paragraph", "Acme buys from Bolt.")]),
        (
            "Acme grew.[^a]\n\n[^a]: Filing of May.\n",
            [("paragraph", "Acme grew."), ("paragraph", "[a] Filing of May.")],
        ),
        ("Acme grew.\n\nSubscribe to our newsletter for more.\n\n© 2031 Example\n", [("paragraph", "Acme grew.")]),
    ],
)
def test_markdown(text, found):
    assert blocks(text) == found


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: Acme\n---\nText.\n", "Acme"),
        ('+++\ntitle = "Acme"\n+++\nText.\n', "Acme"),
        ("---\r\ntitle: Acme\r\n---\r\nText.\r\n", "Acme"),
        ("---\ntitle: Acme\nnote: a: b: [c\n---\nText.\n", "Acme"),
        ("---\ntitle: 'Acme'\ndate: 2031-13-45\n---\nText.\n", "Acme"),
    ],
    ids=["yaml", "toml", "crlf", "broken", "impossible date"],
)
def test_front_matter_of_several_dialects(text, title):
    document = read_document(text.encode(), "a.md")

    assert (document.title, document.meta_from["title"], document.text) == (title, "front matter", "Text.\n\n")
    assert document.published is None


def test_what_only_looks_like_front_matter_stays_text():
    assert blocks("---\nAcme buys pumps.\n---\nVolt sells.\n") == [
        ("heading", "Acme buys pumps."),
        ("paragraph", "Volt sells."),
    ]


def test_lists_of_sentences_and_records_in_front_matter_are_read():
    text = """---
title: Racks
tldr:
  - Acme buys all of its pumps from one firm in Ohio.
tags: [racks, pumps]
companies:
  - name: Bolt
    context: It sells pumps to Acme and to nobody else so far.
---
Body.
"""
    assert blocks(text) == [
        ("paragraph", "Body."),
        ("heading", "Tldr"),
        ("list_item", "Acme buys all of its pumps from one firm in Ohio."),
        ("heading", "Companies"),
        ("list_item", "Bolt: It sells pumps to Acme and to nobody else so far."),
    ]


def test_front_matter_that_holds_itself_ends():
    assert blocks("---\na: &x\n  - *x\n  - Acme buys all of its pumps from one firm.\n---\nBody.\n")[0] == (
        "paragraph",
        "Body.",
    )


WRAPPED = """The first line of this paragraph is as long as a line of a letter is,
and it goes on to the second.

Key suppliers
Bolt
Volt

---

* Bolt: pumps
"""


def test_plain_text_that_was_wrapped_is_joined_and_short_lines_are_not():
    assert blocks(WRAPPED, "a.txt") == [
        (
            "paragraph",
            "The first line of this paragraph is as long as a line of a letter is, and it goes on to the second.",
        ),
        ("paragraph", "Key suppliers"),
        ("paragraph", "Bolt"),
        ("paragraph", "Volt"),
        ("list_item", "Bolt: pumps"),
    ]


def test_plain_text_with_a_paragraph_a_line_is_not_joined():
    long = "Acme buys its pumps from Bolt, as it has done for years. " * 5

    assert blocks(f"{long}\n{long}\nShort one.\n{long}\n", "a.txt")[2] == ("paragraph", "Short one.")
