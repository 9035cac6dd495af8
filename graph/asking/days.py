"""Days, periods and lengths of time in a question. What belongs here: reading them. What does not: which parameter they are for.

Only what names its year is read: "last month" depends on the day of asking, and the same question must mean the same tomorrow.
"""

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.asking.tokens import Token


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day; ``named`` where the text names the one day itself."""

    first: dt.date
    last: dt.date
    named: bool = False


_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_DAY = re.compile(r"\d{1,2}")
_QUARTER = re.compile(r"q([1-4])")
_MONTHS = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_EDGES = {"end": 1, "close": 1, "start": 0, "beginning": 0}
_FILLING = ("of", "the", "in")
MONTHS_OF_QUARTER = 3


def period_at(tokens: Sequence[Token], at: int) -> tuple[int, Period] | None:
    """Return where the day or period that begins at token ``at`` ends, with its first and last day; None where there is none."""
    edge = _edge(tokens, at)
    return edge or next((found for read in _FORMS if (found := read(tokens, at))), None)


def _edge(tokens: Sequence[Token], at: int) -> tuple[int, Period] | None:
    """Read "end of 2024": one day."""
    after = _skip(tokens, at)
    which = _EDGES.get(_word(tokens, after))
    if which is None:
        return None
    found = next((found for read in _FORMS if (found := read(tokens, _skip(tokens, after + 1)))), None)
    if not found:
        return None
    day = found[1].last if which else found[1].first
    return found[0], Period(day, day)


def _iso(tokens: Sequence[Token], at: int) -> tuple[int, Period] | None:
    if not _ISO.fullmatch(_word(tokens, at)):
        return None
    try:
        day = dt.date.fromisoformat(_word(tokens, at))
    except ValueError:
        return None
    return at + 1, Period(day, day, named=True)


def _month_first(tokens: Sequence[Token], at: int) -> tuple[int, Period] | None:
    """Read "March 2024" and "March 31, 2024"."""
    month = _MONTHS.get(_word(tokens, at))
    if month is None:
        return None
    if (year := _year(tokens, _skip(tokens, at + 1))) is not None:
        return _skip(tokens, at + 1) + 1, _months(year, month, 1)
    return _single(at + 3, _year(tokens, at + 2), month, _word(tokens, at + 1))


def _day_first(tokens: Sequence[Token], at: int) -> tuple[int, Period] | None:
    """Read "31 March 2024"."""
    month = _MONTHS.get(_word(tokens, at + 1))
    return _single(at + 3, _year(tokens, at + 2), month, _word(tokens, at)) if month else None


def _quarter(tokens: Sequence[Token], at: int) -> tuple[int, Period] | None:
    """Read "Q2 2024", "2024 Q2" and "second quarter of 2024"."""
    if (number := _quarter_number(tokens, at)) and (year := _year(tokens, _skip(tokens, at + 1))) is not None:
        return _skip(tokens, at + 1) + 1, _months(year, MONTHS_OF_QUARTER * number - 2, MONTHS_OF_QUARTER)
    if (year := _year(tokens, at)) is not None and (number := _quarter_number(tokens, at + 1)):
        return at + 2, _months(year, MONTHS_OF_QUARTER * number - 2, MONTHS_OF_QUARTER)
    ordinal = _ORDINALS.get(_word(tokens, at))
    after = _skip(tokens, at + 2)
    if ordinal and _word(tokens, at + 1) == "quarter" and (year := _year(tokens, after)) is not None:
        return after + 1, _months(year, MONTHS_OF_QUARTER * ordinal - 2, MONTHS_OF_QUARTER)
    return None


def _whole_year(tokens: Sequence[Token], at: int) -> tuple[int, Period] | None:
    year = _year(tokens, at)
    return (at + 1, _months(year, 1, 12)) if year is not None else None


_FORMS = (_iso, _month_first, _day_first, _quarter, _whole_year)


def _quarter_number(tokens: Sequence[Token], at: int) -> int:
    found = _QUARTER.fullmatch(_word(tokens, at))
    return int(found[1]) if found else 0


def _single(end: int, year: int | None, month: int, day: str) -> tuple[int, Period] | None:
    if year is None or not _DAY.fullmatch(day):
        return None
    try:
        found = dt.date(year, month, int(day))
    except ValueError:
        return None
    return end, Period(found, found, named=True)


def _months(year: int, first: int, count: int) -> Period:
    last = first + count - 1
    return Period(dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1]))


def _year(tokens: Sequence[Token], at: int) -> int | None:
    return int(_word(tokens, at)) if _YEAR.fullmatch(_word(tokens, at)) else None


def _skip(tokens: Sequence[Token], at: int) -> int:
    while _word(tokens, at) in _FILLING:
        at += 1
    return at


def _word(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].text.casefold() if at < len(tokens) else ""
