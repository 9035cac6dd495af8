"""HTML to blocks: what parts words, what does not, what is left out, headings, lists, pages, damage."""

import pytest

from pipelines.parse.canonical import Canonical
from pipelines.parse.html import read_filing, read_html, tree_of
from pipelines.parse.main_text import whole


def article(body: str) -> Canonical:
    canonical = Canonical()
    tree = tree_of(f"<html><body>{body}</body></html>")
    read_html(tree, canonical, whole(tree))
    return canonical


def filing(body: str) -> Canonical:
    canonical = Canonical(filing=True)
    read_filing(f"<html><body>{body}</body></html>", "acme.htm", canonical)
    return canonical


def kinds(canonical):
    return [(block.kind, canonical.text[block.start : block.end]) for block in canonical.blocks]


@pytest.mark.parametrize("read", [article, filing])
@pytest.mark.parametrize(
    ("markup", "texts"),
    [
        # Inline elements part no words, blocks always do.
        ("<p>N<b>EO</b>CORE <i>a</i> <i>b</i></p>", ["NEOCORE a b"]),
        ("<div>one</div><div>Two</div>", ["one", "Two"]),
        ("<div>Above<p>Inside</p>Below</div>", ["Above", "Inside", "Below"]),
        ("<p>First line<br/>Second line</p>", ["First line", "Second line"]),
        # A raised number is a footnote, a raised letter is not.
        ("<p>Revenue<sup>1</sup> rose</p>", ["Revenue 1 rose"]),
        ("<p>Revenue<sup>(a)</sup> rose on the 1<sup>st</sup>, says Boltix<sup>TM</sup></p>", ["Revenue (a) rose on the 1st, says BoltixTM"]),
        # Characters of no width, entities, quotes.
        ("<p>semi&#173;con\u00adductor zero\u200bwidth</p>", ["semiconductor zerowidth"]),
        ("<p>Bolt&#8217;s &amp; Volt&nbsp;&#160;&lt;x&gt; &#x201C;q\u201d</p>", ["Bolt’s & Volt <x> “q”"]),
        ("<p>a &amp;lt; b</p>", ["a &lt; b"]),
        # Filings part an item's number from its title by padding.
        ('<p>Item 1.<span style="padding-left:12pt">Business</span></p>', ["Item 1. Business"]),
        # Not read.
        ('<p>seen</p><p style="display: none">unseen</p><div hidden="hidden">unseen</div>', ["seen"]),
        ('<p>A<span style="display:none">unseen</span>B</p>', ["AB"]),
        ("<p>a</p><script>var x = '&lt;p&gt;no&lt;/p&gt;'</script><style>p {}</style>", ["a"]),
    ],
)  # fmt: skip
def test_texts(read, markup, texts):
    assert [text for _, text in kinds(read(markup))] == texts


def test_headings_by_tag_and_by_bold_style():
    canonical = filing(
        '<h2>Overview<br/>of the year</h2><div><span style="font-weight:700">Item 1A. Risk Factors</span></div>'
        '<p><b>Supply</b></p><p><b>Note:</b> we buy racks.</p><p style="font-weight:bold">A bold sentence ends here.</p>'
        '<p><b>Bold <span style="font-weight:400">but mostly not bold at all</span></b></p>'
    )

    assert [(block.kind, block.level) for block in canonical.blocks] == [
        ("heading", 2), ("heading", 5), ("heading", 6), ("paragraph", 0), ("paragraph", 0), ("paragraph", 0),
    ]  # fmt: skip
    assert kinds(canonical)[0] == ("heading", "Overview of the year")


def test_slanted_and_underlined_headings_below_the_items():
    slanted = (
        "<p><i>Filled in</i></p><p><b>Item 1. Business</b></p><p><i>Mining pools</i></p><p><u>Segment results</u></p>"
    )
    rest = "<p><i>A slanted sentence.</i></p><p><i>(Unaudited)</i></p><p>The <i>Oak</i></p>"

    assert [(block.kind, block.level) for block in filing(slanted + rest).blocks] == [
        ("paragraph", 0), ("heading", 5), ("heading", 7), ("heading", 7), ("paragraph", 0), ("paragraph", 0), ("paragraph", 0),
    ]  # fmt: skip


def test_lists_keep_their_depth_and_their_parent():
    canonical = article(
        "<p>Suppliers:</p><ul><li>Volt<ul><li>cables</li><li>rods</li></ul>tail</li><li><p>Bolt</p></li></ul>"
    )

    assert [(block.level, canonical.text[block.start : block.end], block.lead_in) for block in canonical.blocks] == [
        (0, "Suppliers:", None), (0, "Volt", 0), (1, "cables", 1), (1, "rods", 1), (0, "tail", 0), (0, "Bolt", 0),
    ]  # fmt: skip


def test_bullets_in_cells_and_in_text_are_list_items():
    canonical = filing(
        "<table><tr><td>•</td><td>We rely on Bolt.</td></tr><tr><td>•</td><td>Volt is late.</td></tr></table><p>● third one</p>"
    )

    assert kinds(canonical) == [
        ("list_item", "We rely on Bolt."),
        ("list_item", "Volt is late."),
        ("list_item", "third one"),
    ]


def test_layout_tables_keep_the_blocks_of_the_tables_inside():
    canonical = article(
        "<table><tr><td><h1>Acme</h1><table><tr><td>Site</td><td>MW</td></tr><tr><td>Oak</td><td>40</td></tr></table></td></tr></table>"
    )

    assert kinds(canonical) == [("heading", "Acme"), ("table_header", "Site | MW"), ("table_row", "Oak | 40")]


PAGE = '<div>{n}</div><hr style="page-break-after:always"/><div>Acme Corp Form 10-K {n}</div><p><b>Notes (continued)</b></p>'


def test_running_headers_and_page_numbers_stand_once_and_sentences_go_on():
    before = "<p>We depend on one supplier of racks, on one supplier of cables and on one supplier of rods, all of which have their only plants within one region of one country and</p>"
    canonical = filing(
        f"{before}{PAGE.format(n=7)}<p>Bolt has the other.</p>{PAGE.format(n=8)}<p>Two.</p>{PAGE.format(n=9)}<p>Three.</p>"
    )

    assert kinds(canonical) == [
        ("paragraph", before[3:-4]),
        ("paragraph", "Acme Corp Form 10-K 7"),
        ("heading", "Notes (continued)"),
        ("paragraph", "Bolt has the other."),
        ("paragraph", "Two."),
        ("paragraph", "Three."),
    ]
    joined = filing(
        f"<p>Aa.</p>{PAGE.format(n=1)}<p>Bb.</p>{PAGE.format(n=2)}{before}{PAGE.format(n=3)}<p>Bolt has the other.</p>"
    )
    assert kinds(joined)[-1] == ("paragraph", before[3:-4] + " Bolt has the other.")


def test_a_number_that_is_a_fact_is_no_page_number():
    assert kinds(filing('<p>12</p><p><ix:nonFraction name="a:B">14</ix:nonFraction></p>')) == [("paragraph", "14")]


@pytest.mark.parametrize(
    "body",
    [
        "<p>one<p>two",
        "<p>one</b></p><p>two</p>",
        '<p title="a > b">one</p><p>two</p>',
        "<p title='a > b'>one</p><p>two</p>",
        "<p>one</p><![CDATA[x]]><p>two</p>",
        '<p a<b="x>y" "q"=3>one</p><p>two</p>',
        "<p>one</p><!-- <p>no</p> > --><p>two</p>",
        "<p>one\x01</p><p>two\x03</p>",
    ],
)
def test_markup_that_is_not_well_formed_is_mended(body):
    assert [text.rstrip() for _, text in kinds(filing(body.replace("two", "Two")))] == ["one", "Two"]


def test_code_and_breaks_in_cells():
    canonical = article(
        "<pre>a  b\n c</pre><table><tr><th>Site<br>name</th><th>MW</th></tr><tr><td>Oak</td><td>4</td></tr></table>"
    )

    assert kinds(canonical) == [("code", "a b c"), ("table_header", "Site name | MW"), ("table_row", "Oak | 4")]
