"""What the rows of question 25 say of an answer, in figures and in words; expected values counted by hand from the rows."""

from dataclasses import replace

from graph.completeness import summarize

EMPTY = {"documents": 0, "not_read": 0, "with_facts": 0, "facts": 0, "candidates": 0, "missing": [], "company_id": ""}
ROWS = [
    {**EMPTY, "company": "A Paper", "form": "article", "period": "2025", "status": "whole", "documents": 3, "with_facts": 2, "facts": 5, "candidates": 1},
    {**EMPTY, "company": "A Paper", "form": "article", "period": "undated", "status": "partly", "documents": 2, "not_read": 4, "with_facts": 1, "facts": 1, "missing": ["language: ja"]},
    {**EMPTY, "company": "Dell", "company_id": "dell", "form": "10-K", "period": "2023-02-03", "status": "partly", "documents": 1, "with_facts": 1, "facts": 2, "candidates": 6, "missing": ["Item 9: nothing stands below its heading"]},
    {**EMPTY, "company": "Dell", "company_id": "dell", "form": "10-Q", "period": "2023-04", "status": "missing"},
    {**EMPTY, "company": "Dell", "company_id": "dell", "form": "10-Q", "period": "2023-08-04", "status": "whole", "documents": 1},
]  # fmt: skip


def test_figures_over_all_and_of_the_company_asked():
    found = summarize(ROWS, ("SUPPLIES",), ["dell", "nvidia"])

    assert (found.documents, found.not_read, found.with_facts, found.publishers) == (7, 4, 4, 2)
    assert (found.first_year, found.last_year, found.undated) == ("2023", "2025", 1)
    assert (found.facts, found.candidates, found.missing_filings, found.missing_items) == (8, 7, 1, 1)
    dell, nvidia = found.filers
    assert (dell.name, dell.filings, dell.first_period, dell.last_period) == ("Dell", 2, "2023-02-03", "2023-08-04")
    assert (dell.missing_filings, dell.missing_items) == (("10-Q 2023-04",), ("Item 9 of 10-K 2023-02-03",))
    assert (nvidia.name, nvidia.filings) == ("NVIDIA", 0)


def test_the_same_in_words():
    assert list(summarize(ROWS, ("SUPPLIES",), ["dell", "nvidia"]).lines()) == [
        "Rests on 8 facts of SUPPLIES, in 4 of 7 documents read, of 2 publishers, 2023 to 2025 (1 undated). "
        "7 further claims not sure enough to be shown.",
        "Missing over all: 1 filing between those read, 1 item of filings; 4 documents in languages that are not read.",
        "Dell: 2 filings of its own read, 2023-02-03 to 2023-08-04; filings between them missing: 10-Q 2023-04; "
        "items missing: Item 9 of 10-K 2023-02-03.",
        "NVIDIA: no filing of its own was read; what is said of it, others say.",
    ]


def test_an_estimate_of_what_is_missing_is_the_last_sentence():
    found = replace(summarize(ROWS, ("SUPPLIES",), ["dell"]), recall="12 of about 30 were seen.")

    assert list(found.lines())[-1] == "12 of about 30 were seen."
    assert found.record()["recall"] == "12 of about 30 were seen."


def test_nothing_read_is_said_without_a_year():
    assert list(summarize([], (), []).lines()) == [
        "Rests on 0 facts, in 0 of 0 documents read, of 0 publishers. 0 further claims not sure enough to be shown."
    ]


def test_one_year_is_not_said_twice():
    (line,) = summarize(ROWS[:1], (), []).lines()

    assert "of 1 publisher, 2025. 1 further claim not sure enough" in line
