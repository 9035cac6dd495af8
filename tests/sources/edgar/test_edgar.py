"""EDGAR's indexes: which filings and exhibits are asked for, from each kind of list, and what is refused."""

from pathlib import Path

import pytest

from graph.errors import InputRefusedError
from pipelines.fetch.source import Link
from tests.sources.reading import read, start, urls

HERE = Path(__file__).parent
EDGAR, DATA = "https://www.sec.gov", "https://data.sec.gov"
FILINGS = f"{EDGAR}/Archives/edgar/data/1000001"


def test_the_registrys_filers_are_asked_by_their_lists():
    assert urls(start("edgar")) == [
        f"{DATA}/submissions/CIK0001000001.json",
        f"{DATA}/submissions/CIK0001000002.json",
    ]


def test_companies_are_named_by_ticker_or_cik_and_looked_up_where_the_registry_lacks_them():
    companies = {"LOADPATH_COMPANIES": "smpl, 0001000001,NEWC,NONE"}
    tickers = b'{"0": {"cik_str": 77, "ticker": "NEWC", "title": "New Co"}}'

    assert urls(start("edgar", **companies)) == [
        f"{EDGAR}/files/company_tickers.json",
        f"{DATA}/submissions/CIK0001000001.json",
        f"{DATA}/submissions/CIK0001000002.json",
    ]
    found = urls(read("edgar", tickers, f"{EDGAR}/files/company_tickers.json", **companies))
    assert found[0] == f"{DATA}/submissions/CIK0000000077.json"
    assert found[1].startswith("refused: NONE: EDGAR knows no company of this ticker")


def test_a_list_of_filings_gives_reports_since_the_day_and_no_amendments():
    found = read("edgar", HERE / "submissions.json", f"{DATA}/submissions/CIK0001000001.json")

    assert [(link.url, link.role, link.published, link.once) for link in found] == [
        (f"{FILINGS}/000100000126000009/exmp-20260301.htm", "document", "2026-03-02", False),
        (f"{FILINGS}/0001000001-26-000009-index.html", "index", "2026-03-02", True),
        (f"{FILINGS}/000100000126000008/exmp-20251231.htm", "document", "2026-02-20", False),
        (f"{FILINGS}/0001000001-26-000008-index.html", "index", "2026-02-20", True),
        # A report that is "filed" on the last day of its period: the index does not know the day.
        (f"{FILINGS}/000100000125000005/exmp-20251031.htm", "document", "", False),
        (f"{DATA}/submissions/CIK0001000001-submissions-001.json", "index", "", False),
    ]


def test_the_first_day_that_is_wanted_is_a_setting():
    url = f"{DATA}/submissions/CIK0001000001.json"
    found = read("edgar", HERE / "submissions.json", url, LOADPATH_SINCE="2026-03-01")

    assert urls(found) == [
        f"{FILINGS}/000100000126000009/exmp-20260301.htm",
        f"{FILINGS}/0001000001-26-000009-index.html",
    ]


def test_an_older_list_has_filings_without_a_document():
    found = read("edgar", HERE / "older.json", f"{DATA}/submissions/CIK0001000001-submissions-001.json")

    assert urls(found) == [f"{FILINGS}/0001000001-22-000003-index.html"]


def test_a_filings_index_page_gives_the_report_and_the_exhibits_that_are_read():
    url = f"{FILINGS}/0001000001-26-000008-index.html"
    found = read("edgar", HERE / "filing-index.html", url, Link(url, "index", published="2026-02-20"))

    assert urls(found) == [
        f"{FILINGS}/000100000126000008/exmp-20251231.htm",
        f"{FILINGS}/000100000126000008/annual.htm",
        f"{FILINGS}/000100000126000008/subs.htm",
    ]
    assert {link.published for link in found} == {"2026-02-20"}


@pytest.mark.parametrize("name", ["form.20260302.idx", "company.20260302.idx"])
def test_a_daily_index_gives_wanted_forms_of_wanted_companies(name):
    (link,) = read("edgar", HERE / name, f"{EDGAR}/Archives/edgar/daily-index/2026/QTR1/{name}")

    assert link.url == f"{EDGAR}/Archives/edgar/data/1000002/0001000002-26-000011-index.html"
    assert link.published == "2026-03-02"


def test_daily_indexes_are_those_of_working_days_and_asked_once_when_they_are_old():
    found = start("edgar", LOADPATH_EDGAR_INDEX="daily", LOADPATH_SINCE="2026-02-27")

    assert [(link.url.rsplit("/", 1)[1], link.once, link.optional) for link in found] == [
        ("company.20260227.idx", True, True),
        ("company.20260302.idx", False, True),
        ("company.20260303.idx", False, True),
        ("company.20260304.idx", False, True),
    ]


def test_the_feed_of_latest_filings_gives_wanted_forms_of_wanted_companies():
    asked = start("edgar", LOADPATH_EDGAR_INDEX="current")
    (link,) = read("edgar", HERE / "current.xml", asked[0].url)

    assert len(asked) == 3
    assert link.url == f"{FILINGS}/0001000001-26-000009-index.html"
    assert link.published == "2026-03-02"


@pytest.mark.parametrize(
    ("path", "body", "says"),
    [
        ("/submissions/CIK0001000001.json", b"<html>", "is no JSON"),
        ("/submissions/CIK0001000001.json", b"[]", "is no JSON object"),
        ("/submissions/CIK0001000001.json", b'{"filings": {"recent": {"form": ["10-K"]}, "files": []}}', "no list of filings"),
        ("/files/company_tickers.json", b'{"0": {"ticker": "X"}}', "no list of tickers"),
        ("/x/company.20260302.idx", b"<html>Not here</html>", "no rule below its head"),
        ("/x/company.20260302.idx", b"-" * 90 + b"\nonly words\n", "a line that is no filing"),
        ("/cgi-bin/browse-edgar", b"<feed", "no Atom feed"),
    ],
)  # fmt: skip
def test_what_is_no_index_is_refused_by_name(path, body, says):
    settings = {"LOADPATH_COMPANIES": "NEWC"} if "tickers" in path else {}
    with pytest.raises(InputRefusedError, match=says):
        read("edgar", body, f"{DATA}{path}", **settings)


def test_an_empty_index_page_gives_nothing():
    assert read("edgar", b" ", f"{FILINGS}/0001000001-26-000008-index.html") == []
