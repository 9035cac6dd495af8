"""Fiscal years of a filing. What belongs here: which days "fiscal year 2025" means, by the filing's own contexts.

What does not: periods of a tag, which state their days themselves, and calendar years.
"""

import re
from collections import Counter
from datetime import date, timedelta

from pipelines.records import Document

Span = tuple[date, date]
_YEAR = (350, 380)
_FOCUS = "dei:DocumentFiscalYearFocus"
_PERIOD = "dei:DocumentFiscalPeriodFocus"
_DAY = timedelta(days=1)


def fiscal_years(document: Document) -> dict[int, Span]:
    """Return first and last day of each fiscal year that the filing's contexts hold whole, by the year's name.

    The cover names the current year; where that is not the year in which it ends, the words of the text decide which of the two
    the filer uses. A filing without contexts or without that name gives nothing.
    """
    cover = {fact.concept: fact.value for fact in document.facts if fact.concept in (_FOCUS, _PERIOD)}
    focus = cover.get(_FOCUS, "")
    if not focus.isdecimal() or not document.period_end:
        return {}
    spans = Counter((f.period_from, f.period_to) for f in document.facts if f.period_from and f.period_to)
    whole = [span for span, _ in spans.most_common() if _YEAR[0] <= (span[1] - span[0]).days <= _YEAR[1]]
    # The last whole year ends with the reported period, or on the day before the year to date began.
    begun = [start for start, end in spans if end == document.period_end and (end - start).days < _YEAR[0]]
    annual = cover.get(_PERIOD) == "FY"
    last = document.period_end if annual or not begun else min(begun) - _DAY
    name = _name_of(document, int(focus), last.year + (not annual)) - (not annual)
    years: dict[int, Span] = {}
    for start, end in whole:
        back = round((last - end).days / 365.25)
        # Years of 52 or 53 weeks end within a few days of each other.
        if back >= 0 and abs((last - end).days - back * 365.25) <= 7:
            years.setdefault(name - back, (start, end))
    return dict(sorted(years.items()))


def _name_of(document: Document, focus: int, end_year: int) -> int:
    """Return the name of the current fiscal year, which ends in ``end_year``."""
    if focus == end_year:
        return focus
    written = Counter(int(year) for year in re.findall(r"\b[Ff]iscal (?:[Yy]ear )?(20\d\d)\b", document.text))
    return end_year if written[end_year] > written[focus] else focus
