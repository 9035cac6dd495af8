"""EDGAR's indexes to links: submissions, daily index, current filings, and a filing's own index page with its exhibits."""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from graph.errors import InputRefusedError
from pipelines.fetch.source import Context, Found, Link, Page

FORMS = ("10-K", "10-Q", "8-K")
# 10-Q exhibits are certifications and contracts; what Loadpath reads of exhibits comes with these two.
WITH_EXHIBITS = ("10-K", "8-K")
_EXHIBIT = re.compile(r"EX-(?:13|21)(?:\.\d+)?|EX-99\.1")
_READABLE = (".htm", ".html", ".txt", ".pdf")
_DAY = re.compile(
    r"(?P<left>\S.*?)\s+(?P<cik>\d{1,10})\s+(?P<filed>\d{8})\s+edgar/data/\d+/(?P<accession>[\d-]{20})\.txt\s*"
)
_CURRENT = re.compile(r"/data/(?P<cik>\d+)/\d{18}/(?P<accession>\d{10}-\d{2}-\d{6})-index\.html?$")
_ATOM = "{http://www.w3.org/2005/Atom}"


def start(context: Context) -> Iterator[Found]:
    """Yield the list of tickers where the registry lacks one, and the indexes of the mode that the settings name."""
    ciks, unknown = _wanted(context)
    if unknown:
        yield Link(context.address("{edgar}/files/company_tickers.json"), "index")
    if context.settings.edgar_index == "submissions":
        yield from (_submissions(cik, context) for cik in ciks)
    elif context.settings.edgar_index == "daily":
        yield from _days(context)
    else:
        for form in FORMS:
            query = f"action=getcurrent&type={form}&owner=exclude&count=100&output=atom"
            yield Link(context.address("{edgar}/cgi-bin/browse-edgar?") + query, "index")


def links(page: Page, context: Context) -> Iterator[Found]:
    """Yield what an index page leads to; raise InputRefusedError when it is not what it should be."""
    path = urlsplit(page.link.url).path
    if path.endswith("/company_tickers.json"):
        yield from _looked_up(page, context)
    elif path.endswith(".json"):
        yield from _filings(page, context)
    elif path.endswith(".idx"):
        yield from _filed_that_day(page, context)
    elif path.endswith("-index.html"):
        yield from _documents(page)
    else:
        yield from _filed_just_now(page, context)


def _wanted(context: Context) -> tuple[list[str], list[str]]:
    """Return the CIKs wanted, in order, and the tickers that the registry lacks."""
    names = context.settings.companies
    if not names:
        return sorted(set(context.ciks.values()), key=int), []
    found = [name.lstrip("0") if name.isdigit() else context.ciks.get(name.upper(), "") for name in names]
    unknown = [name for name, cik in zip(names, found, strict=True) if not cik]
    return sorted({cik for cik in found if cik}, key=int), unknown


def _submissions(cik: str, context: Context) -> Link:
    return Link(context.address("{edgar_data}") + f"/submissions/CIK{int(cik):010d}.json", "index")


def _days(context: Context) -> Iterator[Link]:
    for back in range((context.today - context.since).days, -1, -1):
        day = context.today - timedelta(days=back)
        if day.weekday() < 5:
            address = f"/Archives/edgar/daily-index/{day.year}/QTR{(day.month + 2) // 3}/company.{day:%Y%m%d}.idx"
            # A holiday has none; the last days may still come.
            yield Link(context.address("{edgar}") + address, "index", once=back > 2, optional=True)


def _looked_up(page: Page, context: Context) -> Iterator[Found]:
    rows = _json(page).values()
    try:
        by_ticker = {str(row["ticker"]).upper(): str(row["cik_str"]) for row in rows}
    except (TypeError, KeyError):
        raise InputRefusedError(page.link.url, "is no list of tickers with their CIKs") from None
    for name in _wanted(context)[1]:
        cik = by_ticker.get(name.upper())
        # These companies are read from their own lists in every mode.
        reason = "EDGAR knows no company of this ticker; write its ticker or CIK in LOADPATH_COMPANIES"
        yield _submissions(cik, context) if cik else InputRefusedError(name, reason)


def _filings(page: Page, context: Context) -> Iterator[Found]:
    body = _json(page)
    found = re.search(r"/CIK(\d{10})", page.link.url)
    try:
        table, older = (body["filings"]["recent"], body["filings"]["files"]) if "filings" in body else (body, [])
        rows = [dict(zip(table, row, strict=True)) for row in zip(*table.values(), strict=True)]
        for row in rows:
            if row["form"] in FORMS and row["filingDate"] >= context.since.isoformat() and found:
                yield from _filing(row, found[1].lstrip("0"), context)
        for part in older:
            if part["filingTo"] >= context.since.isoformat():
                yield Link(urljoin(page.link.url, part["name"]), "index")
    except (TypeError, KeyError, AttributeError, ValueError):
        raise InputRefusedError(page.link.url, "is no list of filings as EDGAR gives it") from None


def _filing(row: dict[str, Any], cik: str, context: Context) -> Iterator[Link]:
    # No quarterly or annual report is filed on the last day of its period: such an index does not know the day.
    known = row["form"] == "8-K" or row["filingDate"] != row["reportDate"]
    filed = row["filingDate"] if known else ""
    if row["primaryDocument"]:
        folder = f"/Archives/edgar/data/{cik}/{row['accessionNumber'].replace('-', '')}/"
        yield Link(context.address("{edgar}") + folder + row["primaryDocument"], published=filed)
    if row["form"] in WITH_EXHIBITS:
        yield _index_page(cik, row["accessionNumber"], filed, context)


def _index_page(cik: str, accession: str, filed: str, context: Context) -> Link:
    address = f"/Archives/edgar/data/{cik}/{accession}-index.html"
    return Link(context.address("{edgar}") + address, "index", published=filed, once=True, optional=True)


def _filed_that_day(page: Page, context: Context) -> Iterator[Found]:
    wanted = set(_wanted(context)[0])
    head, rule, body = page.data.decode("latin-1").partition("-" * 80)
    if not rule:
        raise InputRefusedError(page.link.url, "is no daily index: it has no rule below its head")
    form_first = head.find("Form Type") < head.find("Company Name")
    for line in body.lstrip("-").splitlines():
        if not line.strip():
            continue
        row = _DAY.fullmatch(line)
        if row is None:
            raise InputRefusedError(page.link.url, f"holds a line that is no filing: {line.strip()[:80]!r}")
        form = re.split(r"\s{2,}", row["left"])[0 if form_first else -1]
        if form in FORMS and row["cik"].lstrip("0") in wanted:
            filed = date.fromisoformat(row["filed"]).isoformat()
            yield _index_page(row["cik"].lstrip("0"), row["accession"], filed, context)


def _filed_just_now(page: Page, context: Context) -> Iterator[Found]:
    wanted = set(_wanted(context)[0])
    try:
        feed = etree.fromstring(page.data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise InputRefusedError(page.link.url, f"is no Atom feed: {error.msg}") from None
    for entry in feed.iter(f"{_ATOM}entry"):
        form = entry.find(f"{_ATOM}category")
        link = entry.find(f"{_ATOM}link")
        row = _CURRENT.search(link.get("href", "")) if link is not None else None
        if row and form is not None and form.get("term") in FORMS and row["cik"] in wanted:
            filed = (re.findall(r"\d{4}-\d\d-\d\d", entry.findtext(f"{_ATOM}summary", "")) or [""])[0]
            yield _index_page(row["cik"], row["accession"], filed, context)


def _documents(page: Page) -> Iterator[Link]:
    tree = html.fromstring(page.data) if page.data.strip() else None
    rows = tree.xpath("//table[contains(@class, 'tableFile')]//tr[td]") if tree is not None else []
    for row in rows:
        hrefs, kind = row.xpath("./td[3]//a/@href"), "".join(row.xpath("./td[4]//text()")).strip()
        if hrefs and (kind in FORMS or _EXHIBIT.fullmatch(kind)):
            path = hrefs[0].removeprefix("/ix?doc=")
            if path.lower().endswith(_READABLE):
                yield Link(urljoin(page.link.url, path), published=page.link.published)


def _json(page: Page) -> dict[str, Any]:
    try:
        body = json.loads(page.data)
    except ValueError:
        raise InputRefusedError(page.link.url, "is no JSON") from None
    if not isinstance(body, dict):
        raise InputRefusedError(page.link.url, "is no JSON object")
    return body
