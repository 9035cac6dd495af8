"""Marks of interest: legends in several forms and languages, and prose that only sounds like one."""

import pytest

from pipelines.parse.interests import interests_of
from pipelines.parse.read import read_document


@pytest.mark.parametrize(
    ("text", "mark", "holder"),
    [
        ("* denotes a portfolio company of Example Ventures.", "*", "Example Ventures"),
        ("† Portfolio company of Acme Capital", "†", "Acme Capital"),
        ("‡ indicates an Acme Capital portfolio company.", "‡", "Acme Capital"),
        ("(1) A portfolio company.", "(1)", "House"),
        ("[*] denotes our portfolio company", "[*]", "House"),
        ("Companies marked with an asterisk (*) are portfolio companies of Example Ventures.", "*", "Example Ventures"),
        ("An asterisk denotes a portfolio company.", "*", "House"),
        ("Names with † are companies in our portfolio.", "†", "House"),
        ("Note: * indicates a company in which Example Ventures has invested.", "*", "Example Ventures"),
        ("(*) denotes a company in Example Ventures’ portfolio", "(*)", "Example Ventures"),
        ("The week in racks. * denotes a portfolio company.", "*", "House"),
        ("* We hold a position in this company", "*", "House"),
        ("* indica una empresa participada de Example Ventures.", "*", "Example Ventures"),
        ("* Indique une société du portefeuille de Example Ventures", "*", "Example Ventures"),
        ("** kennzeichnet ein Portfoliounternehmen von Example Ventures", "**", "Example Ventures"),
        ("＊は当社の投資先です。", "＊", "House"),
        ("* Example Venturesの投資先", "*", "Example Ventures"),
    ],
)
def test_a_legend_is_known_with_its_mark_and_holder(text, mark, holder):
    [interest] = interests_of(text, "House")

    assert (interest.mark, interest.holder) == (mark, holder)
    assert mark in text[interest.start : interest.end] or "asterisk" in text


@pytest.mark.parametrize(
    "text",
    [
        "Our portfolio company Acme grew.",
        "The fund's portfolio companies include Bolt*.",
        "(1) Includes sales to portfolio companies of Acme.",
        "* denotes that risk for portfolio companies is high",
        "* does not denote a portfolio company",
        "* Portfolio companies grew revenue 30% last year and hired.",
        "(1) Represents investments in privately held companies.",
        "* The company invested in new halls.",
        "# Portfolio holdings",
        "(1) Equity investments",
        "* indicates the number of positions filled",
        "Acme* rose. Portfolio companies fell.",
    ],
)
def test_prose_about_portfolios_is_no_legend(text):
    assert interests_of(text, "House") == ()


def test_two_marks_in_one_line_are_two_interests():
    found = interests_of("* portfolio company of Aaa Fund; † portfolio company of Bbb Fund", "")

    assert [(i.mark, i.holder) for i in found] == [("*", "Aaa Fund"), ("†", "Bbb Fund")]


def test_a_legend_whose_holder_nobody_names_is_kept():
    assert [(i.mark, i.holder) for i in interests_of("* denotes a portfolio company", "")] == [("*", "")]


@pytest.mark.parametrize(
    "note",
    [
        "Lumo* raised money.\n\n* denotes a portfolio company of Example Ventures.\n",
        "Lumo\\* raised money.\n\n\\* denotes a portfolio company of Example Ventures.\n",
        "> * denotes a portfolio company of Example Ventures\n\nLumo* raised money.\n",
    ],
)
def test_markdown_does_not_take_a_legend_for_a_bullet(note):
    document = read_document(note.encode(), "n.md")

    assert [(i.mark, i.holder) for i in document.interests] == [("*", "Example Ventures")]
    assert "Lumo* raised" in document.text


def test_a_footnote_keeps_its_mark_only_where_it_marks_an_interest():
    document = read_document(
        b"Lumo[^1] raised money[^2].\n\n[^1]: Portfolio company of Example Ventures.\n[^2]: In May.\n", "n.md"
    )

    assert "Lumo[1] raised money." in document.text
    assert [(i.mark, i.holder) for i in document.interests] == [("[1]", "Example Ventures")]
