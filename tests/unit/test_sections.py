"""Items of filings: each construction by a small filing written for it, the expected items by hand."""

import json
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import InputRefusedError
from pipelines.parse.canonical import Canonical
from pipelines.parse.read import read_document
from pipelines.parse.sections import assign

COVER = "Commission file number 001-00001"
BUSINESS = "We build racks that cool themselves and sell them to operators of data centers. " * 60
RISKS = "A pump may fail, a customer may leave, and our results could suffer. " * 60
DISCUSSION = "Revenue rose because operators bought more racks than in the year before. " * 80
STATEMENTS = "The notes explain how we count revenue, what we owe and what we own. " * 400
CONTROLS = "Our officers looked at the controls and found that they work as they should. " * 6
BY_REFERENCE = "The information is incorporated by reference from our proxy statement."

TEN_K = {
    "Item 1. Business": BUSINESS,
    "Item 1A. Risk Factors": RISKS,
    "Item 1B. Unresolved Staff Comments": "None.",
    "Item 2. Properties": "We own a plant in Ohio where the racks are made.",
    "Item 3. Legal Proceedings": "A former supplier has sued us over a late payment.",
    "Item 4. Mine Safety Disclosures": "Not applicable.",
    "Item 5. Market for Registrant's Common Equity, Related Stockholder Matters and Issuer Purchases of Equity Securities": (
        "Our shares trade under the sign ACME. There were forty holders of record at the end of the year, and no dividend."
    ),
    "Item 6. [Reserved]": "",
    "Item 7. Management's Discussion and Analysis of Financial Condition and Results of Operations": DISCUSSION,
    "Item 7A. Quantitative and Qualitative Disclosures About Market Risk": "A change in rates of one point costs us little.",
    "Item 8. Financial Statements and Supplementary Data": STATEMENTS,
    "Item 9. Changes in and Disagreements with Accountants on Accounting and Financial Disclosure": "None.",
    "Item 9A. Controls and Procedures": CONTROLS,
    "Item 9B. Other Information": "None.",
    "Item 9C. Disclosure Regarding Foreign Jurisdictions that Prevent Inspections": "Not applicable.",
    "Item 10. Directors, Executive Officers and Corporate Governance": BY_REFERENCE,
    "Item 11. Executive Compensation": BY_REFERENCE,
    "Item 12. Security Ownership of Certain Beneficial Owners and Management and Related Stockholder Matters": BY_REFERENCE,
    "Item 13. Certain Relationships and Related Transactions, and Director Independence": BY_REFERENCE,
    "Item 14. Principal Accountant Fees and Services": BY_REFERENCE,
    "Item 15. Exhibits, Financial Statement Schedules": "The exhibits that the index lists are filed with this report. "
    * 5,
    "Item 16. Form 10-K Summary": "None.",
}
NUMBERS = [heading.split(".")[0] for heading in TEN_K]
TEN_Q = [
    "# PART I - FINANCIAL INFORMATION",
    "# Item 1. Financial Statements",
    STATEMENTS,
    "# Item 2. Management's Discussion and Analysis of Financial Condition and Results of Operations",
    DISCUSSION,
    "# Item 3. Quantitative and Qualitative Disclosures About Market Risk",
    "There have been no material changes.",
    "# Item 4. Controls and Procedures",
    CONTROLS,
    "# PART II - OTHER INFORMATION",
    "# Item 1. Legal Proceedings",
    "None.",
    "# Item 1A. Risk Factors",
    "There have been no material changes from the risk factors in our annual report.",
    "# Item 6. Exhibits",
    "31.1 Certification of the chief executive officer",
    "# SIGNATURES",
    "Signed by the registrant.",
]


def canonical(*rows):
    """Return text and blocks: "# " starts a heading, a list is a table of rows, anything else is a paragraph."""
    made = Canonical(True)
    for row in rows:
        if isinstance(row, list):
            made.table(row, 0)
        elif row.startswith("# "):
            made.heading(row[2:], 5)
        elif row:
            made.paragraph(row)
    return made.text, made.blocks


def rows_of(changes=None, without=()):
    rows = [COVER]
    for heading, body in (TEN_K | (changes or {})).items():
        if heading not in without:
            rows += [f"# {heading}", body]
    return [*rows, "# SIGNATURES", "Signed by the registrant."]


def page(body):
    return f"<html><body>{body}</body></html>".encode()


def tenk(changes=None):
    items = "".join(f"<p><b>{heading}</b></p><p>{body}</p>" for heading, body in (TEN_K | (changes or {})).items())
    return page(f"<p>Form 10-K</p><p>{COVER}</p>{items}<p><b>SIGNATURES</b></p><p>Signed.</p>")


def items_of(rows, form="10-K", period_end=date(2023, 6, 30)):
    text, blocks = canonical(*rows)
    done, sections = assign(text, blocks, form, period_end)
    return {s.item: s for s in sections}, text, done


def status_of(sections):
    return {item: section.status for item, section in sections.items()}


def key(heading):
    return next(h for h in TEN_K if h.startswith(f"{heading}."))


def test_every_item_of_a_10_k_is_found_and_cut_at_its_heading():
    sections, text, blocks = items_of(rows_of())

    assert list(sections) == NUMBERS
    assert set(status_of(sections).values()) == {"found"}
    assert [text[s.start :].split("\n")[0].split(".")[0] for s in sections.values()] == NUMBERS
    assert text[sections["Item 1A"].start : sections["Item 1A"].end].endswith("our results could suffer.")
    assert [b.section for b in blocks if text[b.start : b.end] in ("None.", COVER)][:2] == ["", "Item 1B"]
    # What follows the signatures belongs to no item.
    assert text[sections["Item 16"].start : sections["Item 16"].end].endswith("None.")


def test_short_texts_say_why():
    sections, _, _ = items_of(
        rows_of({key("Item 8"): "The statements are in Exhibit 13 and incorporated herein by reference."})
    )

    assert {item: s.reason for item, s in sections.items() if s.reason} == {
        "Item 1B": "none reported",
        "Item 4": "not applicable",
        "Item 6": "reserved",
        "Item 8": "incorporated by reference: Exhibit 13",
        "Item 9": "none reported",
        "Item 9B": "none reported",
        "Item 9C": "not applicable",
        "Item 10": "incorporated by reference: proxy statement",
        "Item 11": "incorporated by reference: proxy statement",
        "Item 12": "incorporated by reference: proxy statement",
        "Item 13": "incorporated by reference: proxy statement",
        "Item 14": "incorporated by reference: proxy statement",
        "Item 16": "none reported",
    }


@pytest.mark.parametrize(
    "contents",
    [
        pytest.param([[[h.split(". ")[0], h.split(". ")[1], str(n + 3)] for n, h in enumerate(TEN_K)]], id="table"),
        pytest.param([f"{h} {n + 3}" for n, h in enumerate(TEN_K)], id="lines with pages"),
        pytest.param([f"# {h}" for h in TEN_K], id="headings without pages"),
        pytest.param([row for h in TEN_K for row in (f"# {h.split('. ')[0]}.", h.split(". ")[1])], id="split lines"),
    ],
)
def test_a_table_of_contents_is_no_item(contents):
    rows = rows_of()
    sections, text, _ = items_of([rows[0], *contents, *rows[1:]])

    assert set(status_of(sections).values()) == {"found"}
    assert text[sections["Item 1"].start : sections["Item 1"].end].endswith("data centers.")


def test_a_table_of_contents_at_the_end_is_no_item():
    sections, _, _ = items_of([*rows_of(), [[h.split(". ")[0], h.split(". ")[1], "7"] for h in TEN_K]])

    assert set(status_of(sections).values()) == {"found"}


def test_an_item_that_only_the_contents_name_is_missing():
    heading = "Item 3. Legal Proceedings"
    contents = [[h.split(". ")[0], h.split(". ")[1], "7"] for h in TEN_K]
    rows = rows_of(without=(heading,))
    sections, _, _ = items_of([rows[0], contents, *rows[1:]])

    assert (sections["Item 3"].status, sections["Item 3"].reason) == ("missing", "only in the table of contents: 7")
    assert sections["Item 2"].reason == "no heading of Item 3 was found after it"


def test_running_page_headers_are_no_items():
    rows = rows_of()
    spread = []
    for row in rows:
        if len(row) > 1000:
            number = spread[-1].split(".")[0].removeprefix("# ")
            spread += [piece for n in range(4) for piece in (row[n * 900 : n * 900 + 900] + ".", "PART I", number)]
        spread.append(row)
    sections, _, _ = items_of(spread)

    assert set(status_of(sections).values()) == {"found"}


def test_a_heading_that_pages_repeat_as_continued_stays_in_its_item():
    title = key("Item 7")
    sections, _, _ = items_of(rows_of({title: DISCUSSION}))
    again = rows_of()
    at = again.index(DISCUSSION)
    again[at + 1 : at + 1] = [f"# {title} - Continued", DISCUSSION, f"# {title} (continued)", DISCUSSION]
    longer, _, _ = items_of(again)

    assert longer["Item 7"].end - longer["Item 7"].start > 3 * len(DISCUSSION)
    assert status_of(longer) == status_of(sections)


@pytest.mark.parametrize(
    "sentence",
    [
        "Item 1A of this report describes what may go wrong.",
        "See Item 1A. Risk Factors.",
        "Item 7. Management's Discussion and Analysis of Financial Condition and Results of Operations of this report tells more.",
        "“Item 8. Financial Statements and Supplementary Data” has the notes.",
    ],
)
def test_cross_references_in_prose_are_no_items(sentence):
    sections, text, _ = items_of(rows_of({"Item 2. Properties": sentence}))

    assert set(status_of(sections).values()) == {"found"}
    assert sentence in text[sections["Item 2"].start : sections["Item 2"].end]


def test_a_cross_reference_that_line_breaks_cut_out_is_no_item():
    rows = rows_of()
    at = rows.index("# Item 2. Properties") + 1
    rows[at:at] = [
        "More is told in",
        "# Item 1A. Risk Factors",
        "of this report.",
        "# Item 7. Management's Discussion",
        ", which is long.",
    ]
    sections, _, _ = items_of(rows)

    assert set(status_of(sections).values()) == {"found"}


@pytest.mark.parametrize(
    "heading",
    [
        pytest.param(["# Item 1A.", "# Risk Factors"], id="title in the next block"),
        pytest.param(["Item 1A", "RISK FACTORS"], id="plain paragraphs"),
        pytest.param([[["Item 1A.", "Risk Factors"]]], id="cells of a layout table"),
        pytest.param(["# ITEM 1A – RISK FACTORS"], id="dash"),
        pytest.param(["# ITEM 1A. RISK FAC", "TORS"], id="broken word"),
        pytest.param(["# Part I, Item 1A. Risk Factors"], id="with its part"),
        pytest.param(["# Item 1(a). Risk Factors"], id="in parentheses"),
        pytest.param(["# Risk Factors"], id="title only, between numbered neighbours"),
    ],
)
def test_constructions_of_a_heading(heading):
    rows = rows_of()
    at = rows.index("# Item 1A. Risk Factors")
    sections, text, _ = items_of([*rows[:at], *heading, *rows[at + 1 :]])

    assert status_of(sections)["Item 1A"] == "found"
    assert text[sections["Item 1"].start : sections["Item 1"].end].endswith("data centers.")


def test_a_heading_that_runs_into_its_text_is_one():
    rows = rows_of()
    at = rows.index("# Item 4. Mine Safety Disclosures")
    sections, text, _ = items_of([*rows[:at], "Item 4. Mine Safety Disclosures. Not applicable.", *rows[at + 2 :]])

    assert text[sections["Item 4"].start : sections["Item 4"].end] == "Item 4. Mine Safety Disclosures. Not applicable."
    assert sections["Item 4"].reason == "not applicable"


def test_titles_without_numbers_are_the_items_when_all_are_so():
    rows = [COVER, *(row for h, body in TEN_K.items() for row in (f"# {h.split('. ')[1]}", body)), "# SIGNATURES"]
    sections, text, _ = items_of(rows)

    assert status_of(sections)["Item 1A"] == status_of(sections)["Item 7"] == status_of(sections)["Item 8"] == "found"
    assert text[sections["Item 1A"].start :].startswith("Risk Factors")


def test_a_title_without_number_elsewhere_is_no_item():
    rows = rows_of(without=("Item 3. Legal Proceedings",))
    at = rows.index(STATEMENTS)
    sections, _, _ = items_of([*rows[:at], STATEMENTS[:9000], "# Legal Proceedings", *rows[at:]])

    assert sections["Item 3"].status == "missing"
    assert sections["Item 8"].status == "found"


def test_two_items_under_one_heading():
    rows = rows_of(without=("Item 2. Properties",))
    rows[rows.index("# Item 1. Business")] = "# Items 1 and 2. Business and Properties"
    sections, _, _ = items_of(rows)

    assert (sections["Item 1"].status, sections["Item 2"].status) == ("found", "missing")
    assert sections["Item 2"].reason == "shares its heading with Item 1"


def test_an_item_too_short_without_a_reason_fails_and_its_blocks_have_no_section():
    sections, text, blocks = items_of(rows_of({"Item 1A. Risk Factors": "Things may go wrong, as they do. " * 12}))

    assert sections["Item 1A"].status == "failed"
    assert sections["Item 1A"].reason.startswith("395 characters")
    assert (sections["Item 1A"].start, sections["Item 1A"].end) == (0, 0)
    assert {b.section for b in blocks if "Things may go" in text[b.start : b.end]} == {""}


def test_an_item_too_long_fails():
    sections, _, _ = items_of(rows_of({"Item 1B. Unresolved Staff Comments": RISKS * 8}))

    assert sections["Item 1B"].status == "failed"


def test_an_empty_item_fails():
    sections, _, _ = items_of(rows_of({"Item 2. Properties": ""}))

    assert (sections["Item 2"].status, sections["Item 2"].reason) == ("failed", "nothing stands below its heading")


def test_a_small_item_is_not_owed_to_a_smaller_company():
    sections, _, _ = items_of(rows_of({"Item 1A. Risk Factors": "Not required of smaller reporting companies."}))

    assert (sections["Item 1A"].status, sections["Item 1A"].reason) == (
        "found",
        "not required of smaller reporting companies",
    )


def test_an_item_without_its_heading_fails_the_one_that_has_room_for_it():
    sections, _, _ = items_of(
        rows_of(without=("Item 1A. Risk Factors",), changes={"Item 1. Business": BUSINESS + RISKS})
    )

    assert sections["Item 1A"].status == "missing"
    assert sections["Item 1"].reason == "may hold Item 1A, whose heading was not found after it"


def test_item_8_swallowed_by_item_7_fails_it():
    without = (key("Item 8"), key("Item 7A"))
    rows = rows_of(without=without)
    at = rows.index(DISCUSSION) + 1
    rows[at:at] = [
        "# Report of Independent Registered Public Accounting Firm",
        "# Consolidated Balance Sheets",
        STATEMENTS,
    ]
    sections, _, _ = items_of(rows)

    assert sections["Item 7"].status == "failed"
    assert "holds what belongs to Item 8" in sections["Item 7"].reason


def test_an_item_out_of_order_fails_and_fills_nothing():
    rows = rows_of(without=("Item 3. Legal Proceedings",))
    at = rows.index("# Item 9B. Other Information")
    rows[at:at] = ["# Item 3. Legal Proceedings", "A former supplier has sued us over a late payment."]
    sections, text, _ = items_of(rows)

    assert sections["Item 3"].reason == "its heading stands out of order, within Item 9A"
    assert "former supplier" not in text[sections["Item 9A"].start : sections["Item 9A"].end]


def test_a_second_full_heading_within_another_item_fails_that_one():
    rows = rows_of()
    at = rows.index(DISCUSSION)
    rows[at : at + 1] = [DISCUSSION, "# Item 1A. Risk Factors", RISKS]
    sections, _, _ = items_of(rows)

    assert sections["Item 7"].reason == "a second heading of Item 1A stands in it"
    assert sections["Item 1A"].status == "found"


def test_a_number_without_the_title_fails():
    rows = rows_of()
    rows[rows.index("# Item 7A. Quantitative and Qualitative Disclosures About Market Risk")] = "# Item 7A"
    sections, _, _ = items_of(rows)

    assert sections["Item 7A"].reason == "its heading has the number but not the title of Item 7A"


def test_an_item_that_says_none_and_goes_on_fails():
    sections, _, _ = items_of(
        rows_of({"Item 9B. Other Information": "None.\n", "Item 9A. Controls and Procedures": CONTROLS})
    )
    rows = rows_of()
    at = rows.index("# Item 9B. Other Information") + 2
    longer, _, _ = items_of([*rows[:at], BUSINESS, *rows[at:]])

    assert (sections["Item 9B"].status, longer["Item 9B"].status) == ("found", "failed")
    assert longer["Item 9B"].reason.startswith("says that there is nothing, yet")


def test_contents_with_entries_below_an_item_are_no_item():
    rows = rows_of()
    contents = [
        "# Item 1.",
        "Business",
        "a) What we make, where we make it and for whom we have made it so far",
        "b) Our people",
    ]
    contents += [row for h in list(TEN_K)[1:] for row in (f"# {h.split('. ')[0]}.", h.split(". ")[1])]
    sections, text, _ = items_of([rows[0], *contents, *rows[1:]])

    assert set(status_of(sections).values()) == {"found"}
    assert sections["Item 1"].start > text.index("Form 10-K Summary")


def test_contents_whose_first_entry_has_no_heading_below_is_still_no_item():
    rows = rows_of(without=("Item 1. Business",))
    contents = [
        "# Item 1.",
        "Business",
        "a) What we make, where we make it and for whom we have made it so far",
        "b) Our people",
    ]
    contents += [row for h in list(TEN_K)[1:] for row in (f"# {h.split('. ')[0]}.", h.split(". ")[1])]
    sections, _, _ = items_of([rows[0], *contents, *rows[1:]])

    assert sections["Item 1"].status == "missing"


def test_a_report_that_ends_without_signatures_says_so():
    sections, _, _ = items_of(rows_of()[:-2])

    assert sections["Item 16"].reason == "none reported; the text ends in it, no signatures follow"


def test_signatures_and_exhibit_index_are_not_in_item_15():
    rows = rows_of(without=("Item 16. Form 10-K Summary",))
    rows[-2:-2] = ["# Exhibit Index", "31.1 Certification"]
    sections, text, blocks = items_of(rows)

    assert text[sections["Item 15"].start : sections["Item 15"].end].endswith("filed with this report.")
    assert [b.section for b in blocks if "31.1" in text[b.start : b.end]] == ["Exhibit Index"]


@pytest.mark.parametrize(("period_end", "listed"), [(date(2022, 12, 31), False), (date(2023, 12, 31), True)])
def test_an_item_is_missing_only_when_the_form_asked_for_it_then(period_end, listed):
    sections, _, _ = items_of(rows_of(), period_end=period_end)

    assert ("Item 1C" in sections) is listed
    assert not listed or sections["Item 1C"].status == "missing"


def test_an_amendment_owes_only_what_it_holds():
    rows = [COVER, "Amendment No. 1", "# Item 11. Executive Compensation", "The board set the pay. " * 40]

    assert status_of(items_of(rows, "10-K")[0]) == {"Item 11": "found"}
    assert status_of(items_of([rows[0], *rows[2:]], "10-K/A")[0]) == {"Item 11": "found"}


def test_the_parts_of_a_10_q():
    sections, text, blocks = items_of([COVER, *TEN_Q], "10-Q")

    assert {item: s.status for item, s in sections.items() if s.status != "missing"} == {
        "Part I Item 1": "found",
        "Part I Item 2": "found",
        "Part I Item 3": "found",
        "Part I Item 4": "found",
        "Part II Item 1": "found",
        "Part II Item 1A": "found",
        "Part II Item 6": "found",
    }
    assert sections["Part II Item 3"].reason == "no heading of it; the form lets it be left out"
    assert text[sections["Part I Item 4"].start : sections["Part I Item 4"].end].endswith("as they should.")
    assert [b.section for b in blocks if text[b.start : b.end] == "None."] == ["Part II Item 1"]


def test_a_10_q_that_does_not_repeat_its_parts():
    with_parts, without = (
        items_of([COVER, *rows], "10-Q")[0] for rows in (TEN_Q, [r for r in TEN_Q if "PART" not in r])
    )

    assert status_of(without) == status_of(with_parts)


def test_items_of_a_10_q_that_say_none_in_a_row_are_no_table_of_contents():
    rows = [row for row in TEN_Q[:-4] if "no material changes from" not in row]
    rows += ["None.", "# Item 2. Unregistered Sales of Equity Securities and Use of Proceeds", "None."]
    rows += [
        "# Item 3. Defaults Upon Senior Securities",
        "None.",
        "# Item 4. Mine Safety Disclosures",
        "Not applicable.",
    ]
    rows += ["# Item 5. Other Information", "None.", *TEN_Q[-4:]]
    sections, _, _ = items_of([COVER, *rows], "10-Q")

    assert set(status_of(sections).values()) == {"found"}


def test_an_8_k_has_the_items_that_it_reports():
    rows = [
        COVER,
        "# Item 2.02. Results of Operations and Financial Condition.",
        "On May 1 the company announced the results of its quarter, which the exhibit tells, and furnished them here.",
        "# Item 9.01 Financial Statements and Exhibits",
        "99.1 Press release",
        "# SIGNATURE",
        "Signed.",
    ]
    sections, text, _ = items_of(rows, "8-K")

    assert status_of(sections) == {"Item 2.02": "found", "Item 9.01": "found"}
    assert text[sections["Item 9.01"].start : sections["Item 9.01"].end].endswith("Press release")


def test_a_cross_reference_index_is_reported_with_its_pages():
    index = [[h.split(". ")[0] + ".", h.split(". ")[1], "27-36"] for h in TEN_K]
    rows = [
        COVER,
        "# About us",
        BUSINESS,
        "# What may go wrong",
        RISKS,
        "# Our year",
        DISCUSSION,
        "# Form 10-K index",
        index,
    ]
    sections, _, blocks = items_of(rows)

    assert set(status_of(sections).values()) == {"missing"}
    assert sections["Item 1A"].reason == "cross-reference index: 27-36"
    assert blocks[4].section == "What may go wrong"


def test_a_cross_reference_index_that_parts_an_item_names_every_place():
    index = [["Item 1.", "Financial Statements", "Pages 4 - 22"]]
    index += [["Item 2.", "Management's Discussion and Analysis of Financial Condition and Results of Operations:"]]
    index += [["", "Results of operations", "Pages 23 - 34"], ["", "Liquidity", "Page 35"]]
    index += [["Item 3.", "Quantitative and Qualitative Disclosures About Market Risk", "Page 40"]]
    index += [["Item 4.", "Controls and Procedures", "Page 40"], ["Part II - Other Information"]]
    sections, _, _ = items_of([COVER, "# A quarter in review", DISCUSSION, "# Index", index], "10-Q")

    assert sections["Part I Item 2"].reason == (
        "cross-reference index: Results of operations: Pages 23 - 34; Liquidity: Page 35"
    )


def test_an_exhibit_that_names_the_form_keeps_its_headings():
    text, blocks = canonical("# Results of the year", DISCUSSION, "# Notes", STATEMENTS)
    done, sections = assign(text, blocks, "10-K")

    assert sections == ()
    assert [b.section for b in done] == ["", "Results of the year", "Results of the year", "Notes"]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"item1A": f"Item 1A.\nRisk Factors\n{RISKS}"}, ""),
        ({"item1A": RISKS}, ""),
        ({"item1A": f"Item 1A\nThe last page of the item says this.\n{RISKS}"}, "the number but not the title"),
        ({"item1A": f"Item 1A - Risk Factors\n.\nOur year\n{RISKS}"}, "does not open with a heading of Item 1A"),
        (
            {"item1A": f"Item 1A. Risk Factors\n{RISKS}\nItem 7. Management's Discussion\n{DISCUSSION}"},
            "heading of Item 7",
        ),
        ({"item1A": "Item 1A. Risk Factors\n11\n"}, "nothing stands below"),
        ({"item1A": f"Item 1A. Risk Factors\n{RISKS}\nWhat we owe is told in Part I –"}, "breaks off in a sentence"),
        (
            {"item1A": f"Item 1A. Risk Factors\n{RISKS}\nBalance Sheets\n{RISKS}\nIncome Statements\n12"},
            "belongs to Item 8",
        ),
        (
            {"item1A": f"Item 1A. Risk Factors\n{RISKS}\nUnresolved Staff Comments\nNone."},
            "heading of Item 1B without its number",
        ),
        (
            {
                "item1A": "Item 1A.\nRisk Factors\n4\nItem 2.\nProperties\n9\nItem 3.\nLegal Proceedings\nItem 8.\nFinancial Statements\nPART I\n"
                + RISKS
            },
            "does not open",
        ),
        ({"item7A": f"Item 7A. Quantitative and Qualitative Disclosures\n{RISKS * 20}"}, "at most 60,000"),
    ],
)
def test_an_item_given_alone_is_held_to_its_own_heading(given, reason):
    document = read_document(json.dumps(given).encode(), "x_10-K_1.json")
    (section,) = document.sections

    assert (section.status, reason in section.reason) == ("failed" if reason else "found", True)
    assert {b.section for b in document.blocks} == {"" if reason else "Item 1A"}


SUBMISSION = """<SEC-DOCUMENT>0000000001-24-000001.txt : 20240502
<SEC-HEADER>0000000001-24-000001.hdr.sgml : 20240502
CONFORMED SUBMISSION TYPE:	8-K
CONFORMED PERIOD OF REPORT:	20240501
FILED AS OF DATE:		20240502
		COMPANY CONFORMED NAME:			ACME CORP
		CENTRAL INDEX KEY:			0000001234
</SEC-HEADER>
<DOCUMENT>
<TYPE>8-K
<SEQUENCE>1
<FILENAME>acme.htm
<TEXT>
<XBRL>
<html><body><p>Commission file number 1</p><p><b>Item 8.01 Other Events.</b></p><p>Acme opened a plant in Ohio where
racks that cool themselves will be made from next year on.</p><p><b>SIGNATURE</b></p><p>Signed.</p></body></html>
</XBRL>
</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>EX-10.1
<FILENAME>lease.htm
<TEXT>
<html><body><p>The lease of the plant.</p></body></html>
</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>EX-99.1
<FILENAME>press.htm
<TEXT>
<html><body><p><b>Acme opens a plant</b></p><p>The plant will employ two hundred people.</p></body></html>
</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>GRAPHIC
<FILENAME>plant.jpg
<TEXT>
begin 644 plant.jpg
M_]C_X
</TEXT>
</DOCUMENT>
"""


def test_a_filing_is_known_by_its_inline_xbrl_however_long_the_header_before_it():
    hidden = "<xbrli:context id='c'></xbrli:context>" * 800
    facts = '<ix:nonnumeric name="dei:EntityRegistrantName">Acme Corp</ix:nonnumeric>'
    facts += '<ix:nonnumeric name="dei:DocumentType">10-K</ix:nonnumeric>'
    header = f"<div style='display:none'><ix:header>{hidden}<ix:hidden>{facts}</ix:hidden></ix:header></div>"
    document = read_document(tenk().replace(b"<body>", b"<body>" + header.encode()), "acme-20231231.htm")

    assert (document.kind, document.form) == ("filing", "10-K")
    assert {s.status for s in document.sections if s.item != "Item 1C"} == {"found"}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_full_submission_is_its_primary_document_and_the_exhibits_that_are_read(newline):
    document = read_document(SUBMISSION.replace("\n", newline).encode(), "0000000001-24-000001.txt")
    found = {s.item: document.text[s.start : s.end] for s in document.sections if s.status == "found"}

    assert (document.kind, document.form, document.filer, document.filer_cik) == ("filing", "8-K", "ACME CORP", "1234")
    assert (document.period_end, document.published) == (date(2024, 5, 1), date(2024, 5, 2))
    assert list(found) == ["Item 8.01", "Exhibit 99.1"]
    assert found["Item 8.01"].endswith("from next year on.")
    assert found["Exhibit 99.1"] == "Acme opens a plant\n\nThe plant will employ two hundred people."
    assert "lease" not in document.text and "M_]C" not in document.text
    # Nothing of the primary document frames the exhibit.
    assert document.blocks[-1].headings == (document.blocks[-2].index,)


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        (
            "<html><head><title>EDGAR Filing Documents for 1</title></head><body>10-K</body></html>",
            "a.html",
            "index page",
        ),
        ("<html><body>8-K</body></html>", "0000000001-24-000001-index.htm", "index page"),
        ("<SEC-HEADER>only the header\n</SEC-HEADER>", "a.txt", "without a primary document"),
    ],
)
def test_wrappings_without_a_document_are_refused(text, name, reason):
    with pytest.raises(InputRefusedError, match=reason):
        read_document(text.encode(), name)


NOISE = st.sampled_from(
    [
        "The racks are sold to operators of data centers.",
        "# Overview",
        "# Results of Operations",
        "Item 1A of this report tells what may go wrong.",
        "see Item 7. Management's Discussion and Analysis",
        "# Notes to Consolidated Financial Statements",
        "PART II",
        "Item 7",
        [["Racks", "12", "14"], ["Pumps", "3", "5"]],
        [["Item 1A", "Risk Factors", "14"]],
        RISKS,
    ]
)
HEADINGS = st.sampled_from([f"# {heading}" for heading in TEN_K])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(NOISE, HEADINGS, st.sampled_from([BUSINESS, DISCUSSION, STATEMENTS])), max_size=40))
def test_sections_never_overlap_and_each_starts_with_its_own_heading(rows):
    text, blocks = canonical(*rows)
    done, sections = assign(text, blocks, "10-K", date(2024, 12, 31))
    found = [s for s in sections if s.status == "found"]

    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(text.startswith((f"{s.item}. ", s.title), s.start) for s in found)
    assert all(s.start == s.end == 0 and s.reason for s in sections if s.status != "found")
    assert [replace(b, section="") for b in done] == [replace(b, section="") for b in blocks]
    inside = {b.index: s.item for s in found for b in blocks if s.start <= b.start < s.end}
    assert all(done[index].section == item for index, item in inside.items())


@settings(max_examples=100, deadline=None)
@given(st.lists(NOISE, max_size=40))
def test_noise_alone_is_never_an_item(rows):
    text, blocks = canonical(COVER, *rows)
    _, sections = assign(text, blocks, "10-K", date(2024, 12, 31))

    assert "found" not in {s.status for s in sections}


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_noise_between_blocks_changes_no_item(data):
    rows = rows_of()
    noise = [
        "The racks are sold to operators of data centers.",
        "# Overview",
        "Item 1A of this report tells what may go wrong.",
        "See Item 7. Management's Discussion and Analysis.",
        [["Racks", "12", "14"], ["Pumps", "3", "5"]],
        [["Item 1A.", "Risk Factors", "14"]],
    ]
    for row in data.draw(st.lists(st.sampled_from(noise), max_size=12)):
        rows.insert(data.draw(st.integers(1, len(rows))), row)
    sections, text, _ = items_of(rows)

    assert set(status_of(sections).values()) == {"found"}
    assert all(text.startswith(item, s.start) for item, s in sections.items() if s.status == "found")


def test_pages_rendered_as_markdown_are_read_as_lines():
    pages = [f"# [Page 1]\n\nFORM 10-K\n{COVER}"]
    for number, (heading, body) in enumerate(TEN_K.items(), 2):
        lines = "\n".join(body[at : at + 100] for at in range(0, len(body), 100))
        pages.append(f"# [Page {number}]\n\nPART I\nItem 0\n{heading}\n{lines}\n{number}\n")
    pages[9] += "\n**Table p9**\n\n| Racks | Pumps |\n|---|---|\n| 12 | 14 |\n"
    document = read_document("\n".join(pages).encode(), "acme_10-K_2023.md")

    assert {s.status for s in document.sections if s.item != "Item 1C"} == {"found"}
    assert [document.text_of(b) for b in document.blocks if b.kind == "table_row"] == ["12 | 14"]
