"""Inline XBRL: contexts, units, scale, sign, formats, nil, continuations, nesting, hidden facts, spans."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.parse.ixbrl import facts
from pipelines.parse.ixt import number_of, words_of
from pipelines.parse.marks import closing, opening, unmark
from pipelines.parse.read import read_document
from pipelines.warehouse.parts import Parts, document_row, read_document_part

RESOURCES = """<ix:resources>
<xbrli:context id="c1"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0000001234</xbrli:identifier>
<xbrli:segment><xbrldi:explicitMember dimension="us-gaap:ConcentrationRiskByTypeAxis">us-gaap:CustomerConcentrationRiskMember
</xbrldi:explicitMember><xbrldi:explicitMember dimension="srt:MajorCustomersAxis">acme:CustomerAMember</xbrldi:explicitMember>
<xbrldi:typedMember dimension="acme:PlantAxis"><acme:PlantDomain>Oak 2</acme:PlantDomain></xbrldi:typedMember></xbrli:segment>
</xbrli:entity><xbrli:period><xbrli:startDate>2024-01-29</xbrli:startDate><xbrli:endDate>2025-01-26</xbrli:endDate></xbrli:period>
</xbrli:context><xbrli:context id="c2"><xbrli:entity><xbrli:identifier scheme="s">0000001234</xbrli:identifier></xbrli:entity>
<xbrli:period><xbrli:instant>2025-01-26</xbrli:instant></xbrli:period></xbrli:context>
<xbrli:unit id="usd"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit><xbrli:unit id="pure"><xbrli:measure>xbrli:pure</xbrli:measure></xbrli:unit>
<xbrli:unit id="eps"><xbrli:divide><xbrli:unitNumerator><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unitNumerator>
<xbrli:unitDenominator><xbrli:measure>xbrli:shares</xbrli:measure></xbrli:unitDenominator></xbrli:divide></xbrli:unit></ix:resources>"""
HIDDEN = """<ix:hidden><ix:nonNumeric contextRef="c2" name="dei:EntityRegistrantName">Acme &amp; Sons</ix:nonNumeric>
<ix:nonNumeric contextRef="c2" name="dei:DocumentType">10-K</ix:nonNumeric>
<ix:nonFraction contextRef="c2" unitRef="usd" decimals="0" scale="0" name="acme:Reserve">5</ix:nonFraction></ix:hidden>"""


def document(body: str):
    html = f"<html><body><div style='x'><ix:header>{HIDDEN}{RESOURCES}</ix:header></div>{body}</body></html>".replace(
        "'", '"'
    )
    return read_document(html.encode(), "acme-10k.htm")


def shown(doc):
    return [(f.concept, f.value, f.unit, doc.text[f.start : f.end]) for f in doc.facts if f.end]


def fact(tag: str, name: str, words: str, **attributes: str) -> str:
    given = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f'<ix:{tag} contextRef="c2" name="{name}"{given}>{words}</ix:{tag}>'


def number(words: str, name: str = "us-gaap:Assets", unit: str = "usd", **attributes: str) -> str:
    return fact("nonFraction", name, words, unitRef=unit, **attributes)


def test_a_concentration_with_its_dimensions_and_period():
    doc = document(
        '<p>One customer made <ix:nonFraction unitRef="pure" contextRef="c1" decimals="2" name="us-gaap:ConcentrationRiskPercentage1" '
        'scale="-2" id="f1">13</ix:nonFraction>% of revenue.</p>'
    )

    fact = next(f for f in doc.facts if f.end)
    assert (fact.concept, fact.value, fact.unit, fact.decimals) == (
        "us-gaap:ConcentrationRiskPercentage1",
        "0.13",
        "pure",
        "2",
    )
    assert (fact.period_from, fact.period_to) == (date(2024, 1, 29), date(2025, 1, 26))
    assert fact.dimensions == (
        ("acme:PlantAxis", "Oak 2"),
        ("srt:MajorCustomersAxis", "acme:CustomerAMember"),
        ("us-gaap:ConcentrationRiskByTypeAxis", "us-gaap:CustomerConcentrationRiskMember"),
    )
    assert doc.text[fact.start : fact.end] == "13"


def test_hidden_facts_come_first_and_name_the_filer():
    doc = document("<p>Words.</p>")

    assert [(f.concept, f.value, f.start, f.end) for f in doc.facts] == [
        ("dei:EntityRegistrantName", "Acme & Sons", 0, 0),
        ("dei:DocumentType", "10-K", 0, 0),
        ("acme:Reserve", "5", 0, 0),
    ]
    assert (doc.filer, doc.form) == ("Acme & Sons", "10-K")


def test_facts_in_cells_signs_and_a_page_break():
    cost, owed, paid = (
        number("1,234", scale="6", sign="-"),
        number("2.5", "acme:Owed", scale="9"),
        number("0.75", "acme:Dividend", "eps"),
    )
    doc = document(
        f"<table><tr><td></td><td colspan='2'>2025</td></tr><tr><td>Cost</td><td>$</td><td>({cost}</td><td>)</td></tr></table>"
        f"<p>We owe {owed} billion, and</p><div>7</div><p>pay {paid} a share.</p>"
    )

    assert shown(doc) == [
        ("us-gaap:Assets", "-1234000000", "usd", "1,234"),
        ("acme:Owed", "2500000000", "usd", "2.5"),
        ("acme:Dividend", "0.75", "usd/shares", "0.75"),
    ]
    assert doc.text.endswith("We owe 2.5 billion, and pay 0.75 a share.\n\n")


def test_nested_nil_and_undisplayed_facts():
    inner = number("12", "a:Inner", scale="3")
    doc = document(
        f"<p>Total {number(inner, 'a:Outer', scale='3')} and "
        f'<ix:nonFraction contextRef="c2" unitRef="usd" name="a:Nil" xsi:nil="true"/> end</p>'
        f"<div style='display:none'>{number('44', 'a:Unseen')}</div>"
    )

    assert [(f.concept, f.value, bool(f.end)) for f in doc.facts[3:]] == [
        ("a:Outer", "12000", True), ("a:Inner", "12000", True), ("a:Nil", "", False), ("a:Unseen", "44", False),
    ]  # fmt: skip
    assert doc.text == "Total 12 and end\n\n"


def test_texts_are_joined_over_continuations_and_long_ones_left_out():
    lead = fact("nonNumeric", "a:Lead", "Oak was", continuedAt="x")
    long = fact("nonNumeric", "a:NoteTextBlock", f"<p>{'long words ' * 60}</p><p>{number('3')}</p>")
    category = fact("nonNumeric", "dei:EntityFilerCategory", "<b>Large</b> filer")
    doc = document(
        f"<p>{lead} sold.</p><p><ix:continuation id='x'>closed in May.</ix:continuation></p>{long}<p>Filer: {category}</p>"
    )

    assert shown(doc) == [
        ("a:Lead", "Oak was closed in May.", "", "Oak was"),
        ("us-gaap:Assets", "3", "usd", "3"),
        ("dei:EntityFilerCategory", "Large filer", "", "Large filer"),
    ]


def test_a_mended_document_has_the_same_facts():
    body = f"<p>We owe {number('2.5', scale='9', decimals='-8')} billion.</p><p>It <br>is so.</p>"
    broken = document(body)
    whole = document(body.replace("<br>", "<br/>"))

    assert broken.facts == whole.facts
    assert shown(broken) == [("us-gaap:Assets", "2500000000", "usd", "2.5")]


@pytest.mark.parametrize(
    ("words", "form", "scale", "negative", "value"),
    [
        ("1,234", "ixt:num-dot-decimal", 6, False, "1234000000"),
        ("1,234.50", "ixt:numdotdecimal", 3, True, "-1234500"),
        ("1.234,5", "ixt:num-comma-decimal", 0, False, "1234.5"),
        ("1 234", "ixt:num-comma-decimal", 0, False, "1234"),
        ("—", "ixt:fixed-zero", 6, False, "0"),
        ("—", "ixt:zerodash", 6, True, "0"),
        ("no", "ixt-sec:numwordsen", 0, False, "0"),
        ("twenty-five", "ixt-sec:numwordsen", 0, False, "25"),
        ("two hundred and ten thousand", "ixt-sec:numwordsen", 0, False, "210000"),
        ("100", "", -2, False, "1"),
        ("12.5", "", -2, False, "0.125"),
        ("007", "", 0, False, "7"),
        ("0", "", 6, False, "0"),
        ("—", "", 0, False, ""),
        ("1/2", "ixt:unheard-of", 0, False, ""),
        ("many", "ixt-sec:numwordsen", 0, False, ""),
    ],
)
def test_numbers(words, form, scale, negative, value):
    assert number_of(words, form, scale, negative) == value


@pytest.mark.parametrize(
    ("words", "form", "value"),
    [
        ("Acme", "", "Acme"),
        ("☒", "ixt-sec:boolballotbox", "true"),
        ("☐", "ixt-sec:boolballotbox", "false"),
        ("FALSE", "ixt:fixed-false", "false"),
        ("January 26, 2025", "ixt:date-monthname-day-year-en", "2025-01-26"),
        ("1/26", "ixt:date-month-day", "1/26"),
        ("5", "ixt-sec:duryear", "P5Y"),
        ("three years", "ixt-sec:durwordsen", "P3Y"),
        ("12-month", "ixt-sec:durwordsen", "P12M"),
        ("California", "ixt-sec:stateprovnameen", "California"),
    ],
)
def test_words(words, form, value):
    assert words_of(words, form) == value


@given(st.integers(min_value=0, max_value=10**15), st.integers(min_value=-6, max_value=12))
def test_scale_is_exact(value, scale):
    from decimal import Decimal

    assert Decimal(number_of(f"{value:,}", "", scale, False)) == Decimal(value).scaleb(scale)


@given(st.lists(st.tuples(st.text(alphabet="ab ", max_size=4), st.text(alphabet="cd ", max_size=4)), max_size=4))
def test_marks_cut_exactly_what_they_enclose(parts):
    marked = "".join(f"{before}{opening(n)}{inside}{closing(n)}" for n, (before, inside) in enumerate(parts)) + " z"
    marked = " ".join(marked.split())

    text, marks = unmark(marked)

    assert text == " ".join(f"{''.join(before + inside for before, inside in parts)} z".split())
    for n, (_, inside) in enumerate(parts):
        start = next(at for fact, at, opens in marks if fact == n and opens)
        end = next(at for fact, at, opens in marks if fact == n and not opens)
        if inside.strip():
            assert text[start:end] == " ".join(inside.split())


def test_a_document_with_facts_and_units_survives_its_part(tmp_path):
    doc = document(
        f"<p>In millions:</p><table><tr><td></td><td>2025</td></tr><tr><td>Cost</td><td>{number('1')}</td></tr></table>"
    )
    parts = Parts(tmp_path, "documents")
    parts.write(doc.sha256, "k", [document_row(doc)])

    again = read_document_part(parts.path(doc.sha256, "k"))

    assert again == doc
    assert again.blocks[-1].unit == 0


# The independent count: every fact that a plain scan of the corpus' documents finds, is a fact here, with its words.
@pytest.mark.corpus
def test_every_concentration_of_the_corpus_is_a_fact_with_its_words(shared_dir):
    import gzip

    from lxml import etree

    from pipelines.parse.canonical import Canonical
    from pipelines.parse.html import read_filing

    scanned = found = 0
    for path in sorted(shared_dir.glob("corpus/filings/**/*.htm.gz"))[::4]:
        data = gzip.decompress(path.read_bytes())
        if b"<ix:header" not in data:
            continue
        scan = etree.fromstring(data, etree.XMLParser(huge_tree=True)).iter("{*}nonFraction")
        canonical = Canonical(filing=True)
        inline = read_filing(data.decode("utf-8"), path.name, canonical)
        mine = [f for f in facts(inline.header, inline.shown, canonical.text) if f.unit]
        names = sorted(element.get("name") for element in scan)
        assert sorted(fact.concept for fact in mine) == names, path.name
        concentrations = [f for f in mine if "ConcentrationRiskPercentage" in f.concept]
        assert all(f.end and f.value and canonical.text[f.start : f.end].strip() for f in concentrations), path.name
        scanned += sum("ConcentrationRiskPercentage" in name for name in names)
        found += len(concentrations)
    assert scanned == found > 50
