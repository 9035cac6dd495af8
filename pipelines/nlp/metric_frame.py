"""How a number is meant: planned, estimated, past; of which period; against what. What belongs here: those three.

They are read off the number's own clause and, in tables, off the header of its column. Words are data
(``graph/ontology/metrics.yml``); a year after the document's own date makes a plan of a number.
"""

import re
from calendar import monthrange
from datetime import date
from functools import cache

from graph.model import load_ontology
from pipelines.nlp import force
from pipelines.records import Document, Modality

_YEAR = re.compile(
    r"(?<![\d$.,])(?:(?:FY|CY|fiscal(?: year)?)\s?['’]?(?P<short>\d\d)(?!\d)|(?:FY|CY)?(?P<year>20[0-5]\d))(?P<estimate>E)?(?![\d%])",
    re.I,
)
_QUARTER = re.compile(r"\b(?:Q([1-4])|([1-4])Q|(first|second|third|fourth) quarter)\b", re.I)
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_FISCAL = re.compile(r"\b(?:FY|fiscal)", re.I)
_SPAN = re.compile(r"(?:19|20)\d\d\s?[–-]\s?((?:19|20)\d\d)")
# What a company means to spend in a year that goes on; what it has spent so far is told of a part of the year.
_SPENDING = re.compile(r"\b(?:capex|capital expenditures?|capital spending|capital investments?)\b", re.I)
_SPENT = re.compile(
    r"\b(?:spent|was|were|totaled|totalled|amounted|reported|actual|used|incurred|so far|to date|YTD|ended|Q[1-4]|[1-4]Q|H[12]|[1-4]H|\d+M"
    r"|months|quarter|quarterly|half)\b",
    re.I,
)
_CLAUSE = re.compile(r"[;•]\s|[.!?]\s(?=[A-Z])|,? (?:but|while|whereas|although) |\s[—–]\s|, (?:and|which) ")
_CAME_FROM = re.compile(
    r"(?:\b(?:up|down)|\d[\w.]*(?: [A-Za-z]+)?),? (?:from )(?:just |only |about |roughly |around |~)?$", re.I
)
_FROM = re.compile(r"\bfrom (?:about |roughly |around |~)?$", re.I)
_TO = re.compile(r"\s(?:to|→) ")
_BASELINE = re.compile(
    r"(?:compared (?:with|to)|versus|vs\.?|(?:\bmore|\bless|\w+er)(?: [\w-]+){0,3} than|relative to|as much as|up from|down from|(?:over|above|below)(?! (?:[~$€£]?\d|the (?:next|past|last|coming|course))))\s((?:the |an? )?(?:[^,.;()|]|[.,](?=\d)){2,60})"
)
# What it is compared with ends where the reason begins, and what another verb governs is none.
_REASON = re.compile(r"\s(?:primarily|mainly|due to|driven|because|as we|as the|reflecting|while|with)\b")
_OTHER_CLAUSE = re.compile(
    r"(?<![\w.])(?!(?:19|20)\d\d\b)[$€£]?\d|[.;•|]|, (?:and|while|but|which|with|reflecting)\b|\s(?:while|but|which)\s"
)


@cache
def _planned() -> re.Pattern[str]:
    words = load_ontology().lexicons["metrics"]["planned_words"]
    # "Higher than expected" tells of what has come.
    return re.compile(
        r"(?<!\w)(?<!than )(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + r")(?!\w)", re.I
    )


@cache
def _hedged() -> re.Pattern[str]:
    words = load_ontology().lexicons["metrics"]["hedged_words"]
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + r")(?!\w)", re.I)


def clause_around(text: str, start: int, end: int) -> str:
    """Return the words of the clause of ``text`` that holds the number from ``start`` to ``end``."""
    first = max((m.end() for m in _CLAUSE.finditer(text, 0, start)), default=0)
    after = _CLAUSE.search(text, end)
    return text[first : after.start() if after else len(text)]


def modality_of(document: Document, before: str, after: str, clause: str, header: str = "") -> Modality:
    """Return how a number is meant by the words of its clause and of its column; a later year than the document's is a plan.

    ``before`` and ``after`` are the words right beside the number: "up from" and "from ... to" make history of it.
    """
    if _CAME_FROM.search(before) or (_FROM.search(before) and _TO.match(after)):
        return "historical"
    if _hedged().search(clause):
        return "hedged"
    if (
        _planned().search(clause)
        or _planned().search(header)
        or _lies_ahead(document, clause)
        or _lies_ahead(document, header)
        or _goes_on(document, header, clause)
    ):
        return "planned"
    return "historical" if force.pattern("historical").search(clause) or _is_past(document, clause) else "asserted"


def _lies_ahead(document: Document, words: str) -> bool:
    for match in _YEAR.finditer(words):
        year = _year(match)
        if match["estimate"] or (document.published and year > document.published.year + (match["short"] is not None)):
            return True
    return False


def _goes_on(document: Document, header: str, clause: str) -> bool:
    """Return whether the words tell of spending in the year of the document itself, and not of a part that is over."""
    if document.published is None or document.form or not _SPENDING.search(f"{header} {clause}"):
        return False
    if _SPENT.search(header) or _SPENT.search(clause):
        return False
    years = {_year(match) for words in (header, clause) for match in _YEAR.finditer(words)}
    return years == {document.published.year}


def _is_past(document: Document, words: str) -> bool:
    """Return whether the words are of a span of years that ended well before the document."""
    span = _SPAN.match(words)
    return bool(span and document.published and int(span[1]) + 1 < document.published.year)


def _year(match: re.Match[str]) -> int:
    return int(match["year"]) if match["year"] else 2000 + int(match["short"])


def period_of(header: str, clause: str) -> tuple[date, date, str] | None:
    """Return first day, last day and precision of the one period that the header, else the clause, names; None for none or many."""
    for words in (header, clause):
        years = {_year(m) for m in _YEAR.finditer(words)}
        if len(years) == 1:
            (year,) = years
            quarters = {_quarter(m) for m in _QUARTER.finditer(words)}
            if _FISCAL.search(words):
                # The fiscal calendar is not known here: the label's year, marked as such.
                return date(year, 1, 1), date(year, 12, 31), "fiscal_year"
            if len(quarters) == 1:
                (quarter,) = quarters
                return (
                    date(year, 3 * quarter - 2, 1),
                    date(year, 3 * quarter, monthrange(year, 3 * quarter)[1]),
                    "quarter",
                )
            return date(year, 1, 1), date(year, 12, 31), "year"
        if years:
            return None
    return None


def _quarter(match: re.Match[str]) -> int:
    return int(match[1] or match[2] or 0) or _QUARTERS[match[3].lower()]


def baseline_of(text: str, end: int) -> str:
    """Return what the number that ends at ``end`` is compared with by the words after it; empty where nothing is said."""
    after = text[end : end + 160]
    found = _BASELINE.search(after)
    if not found or _OTHER_CLAUSE.search(after, 0, found.start()):
        return ""
    return re.sub(r"^(?:the|an?)\s", "", _REASON.split(found[1])[0]).strip()
