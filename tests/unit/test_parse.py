"""Documents: canonical text, blocks, frames and metadata from small hand-written inputs."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import InputRefusedError
from pipelines.parse.read import read_document

NOTE = b"""---
title: Acme, who it buys from
published: 2025-03-01
author: A. Writer
topic: Acme
---
# Acme

Acme makes **racks**. See [the filing](https://example.org).

## Key suppliers

- Bolt: screws
- Volt
  - cables

| Customer | Share |
|---|---|
| Dyna | 12% |
"""


def kinds(document):
    return [(block.kind, document.text_of(block)) for block in document.blocks]


def test_markdown_blocks_carry_their_frame():
    document = read_document(NOTE, "note.md")

    assert kinds(document) == [
        ("heading", "Acme"),
        ("paragraph", "Acme makes racks. See the filing."),
        ("heading", "Key suppliers"),
        ("list_item", "Bolt: screws"),
        ("list_item", "Volt"),
        ("list_item", "cables"),
        ("table_header", "Customer | Share"),
        ("table_row", "Dyna | 12%"),
    ]
    volt, cables, header, row = document.blocks[4:]
    assert cables.lead_in == volt.index
    assert volt.headings == (0, 2)
    assert row.header == header.index
    assert [document.text[c.start : c.end] for c in row.cells] == ["Dyna", "12%"]
    assert (document.kind, document.title, document.published) == ("note", "Acme, who it buys from", date(2025, 3, 1))
    assert document.meta_from["published"] == "front matter"


def test_html_leaves_out_navigation_and_hidden_text():
    html = b"""<html><head><title>T</title></head><body><nav>Home</nav><div style="display:none">secret</div>
    <h1>Acme grows</h1><p>Acme buys <b>Bolt</b>.</p><ul><li>one</li><li>two</li></ul>
    <table><tr><th>Year</th><th>MW</th></tr><tr><td>2025</td><td>$</td></tr></table><footer>legal</footer></body></html>"""

    document = read_document(html, "page.html")

    assert kinds(document) == [
        ("heading", "Acme grows"),
        ("paragraph", "Acme buys Bolt."),
        ("list_item", "one"),
        ("list_item", "two"),
        ("table_header", "Year | MW"),
        ("table_row", "2025 | $"),
    ]


def test_a_filing_names_its_filer_and_items():
    html = b"""<html><body><div style="display:none"><ix:header><ix:hidden>
    <ix:nonnumeric name="dei:EntityRegistrantName">Acme Corp</ix:nonnumeric>
    <ix:nonnumeric name="dei:EntityCentralIndexKey">0000001234</ix:nonnumeric>
    <ix:nonnumeric name="dei:DocumentType">10-K</ix:nonnumeric></ix:hidden></ix:header></div>
    <div><span style="font-weight:700">Item 1A. Risk Factors</span></div><div>We depend on</div><div>12</div>
    <div>one supplier.</div><div>LONG</div></body></html>""".replace(b"LONG", b"It may fail us. " * 200)

    document = read_document(html, "acme-10k.htm")

    assert (document.kind, document.filer, document.filer_cik, document.form) == ("filing", "Acme Corp", "1234", "10-K")
    # The page number between them is no text, and the sentence that the page break cut is whole again.
    assert kinds(document)[:2] == [("heading", "Item 1A. Risk Factors"), ("paragraph", "We depend on one supplier.")]
    assert document.blocks[1].section == "Item 1A"


def test_items_as_json_are_sections():
    document = read_document(
        b'{"item1": "Item 1. Business\\nWe sell racks. %s", "item1A": "Risks matter here. %s"}'
        % (b"Racks hold servers. " * 120, b"A rack may tip over. " * 120),
        "x_10-K_1.json",
    )

    assert [(b.section, document.text_of(b)[:18]) for b in document.blocks if b.kind == "paragraph"] == [
        ("Item 1", "We sell racks. Rac"),
        ("Item 1A", "Risks matter here."),
    ]


def test_a_transcript_says_who_speaks():
    document = read_document(
        b"Ann Lee -- Chief Executive Officer\n\nWe grew.\n\nBob Ray -- Analyst\n\nWhy?\n\nAnn Lee -- CEO\n\nDemand.",
        "call.txt",
    )

    assert document.kind == "transcript"
    assert document.text_of(document.blocks[document.blocks[1].speaker]) == "Ann Lee -- Chief Executive Officer"


def test_a_portfolio_mark_is_kept_with_its_legend():
    document = read_document(
        b"# Digest\n\nLumo* raised money.\n\n\\* denotes a portfolio company of Example Ventures.\n", "d.md"
    )

    assert [(i.mark, i.holder) for i in document.interests] == [("*", "Example Ventures")]


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"  \n", "a.txt", "empty"),
        (b"PK\x03\x04\x00\x00\x01", "a.txt", "binary"),
        (b"caf\xe9 au lait", "a.md", "not UTF-8"),
        (b"hello", "a.docx", "not read"),
        (b"{}", "a.json", "not a filing's items"),
        (b"<html><script>x()</script></html>", "a.html", "no text"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(data, name, reason):
    with pytest.raises(InputRefusedError, match=reason):
        read_document(data, name)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400), st.sampled_from(["x.md", "x.txt", "x.html"]))
def test_every_block_is_a_slice_and_cells_lie_inside(text, name):
    try:
        document = read_document(text.encode(), name)
    except InputRefusedError:
        return
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(document.text)
        end = block.end
        assert document.text_of(block).strip()
        assert all(block.start <= c.start < c.end <= block.end for c in block.cells)
