"""Which days the shares of one sentence are about. What belongs here: "the years ended December 31, 2022 and 2021", "the third
quarter and first nine months of fiscal year 2024", as days by the filing's own contexts.

What does not: whose shares they are (``concentration``), periods of tags, which state their days themselves. Where neither the words
nor the contexts give the days, a period keeps its year alone and no day is made up.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pipelines.nlp.reading import DocumentContext

_DAY = timedelta(days=1)
_QUARTER = 91
# Years of 52 or 53 weeks, months of 28 to 31 days.
_SLACK = 10
_NUMBERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "two": 2, "three": 3, "six": 6, "nine": 9, "twelve": 12}
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_TOKEN = re.compile(
    r"\b(?:(?P<at>as of|as at|at|on) )?(?:(?P<month>" + "|".join(_MONTHS) + r") (?P<day>\d{1,2}), )(?P<dated>20\d\d)\b"
    r"|\b(?P<ordinal>first|second|third|fourth) (?:(?P<part>quarters?|half)|(?P<many>two|three|six|nine) (?P<of>months|quarters))\b"
    r"|\b(?P<more>three|six|nine|twelve)(?= and (?:six|nine|twelve) months)"
    r"|\b(?P<months>three|six|nine|twelve)[- ]months?\b"
    r"|\b(?P<whole>years?)\b(?! (?:ago|earlier|before))"
    r"|\b(?P<year>20\d\d)\b", re.I,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Period:
    """One period that a sentence names: its year as written, its days where they are told, and where its words end."""

    year: int
    first: date | None
    last: date | None
    end: int


@dataclass(frozen=True, slots=True)
class _Unit:
    """A length of time: ``quarters`` of a year that begin with the ``start``-th; a whole year is four from the first, a day none."""

    start: int
    quarters: int


_WHOLE = _Unit(1, 4)
_INSTANT = _Unit(0, 0)


def groups(text: str, context: DocumentContext) -> list[list[Period]]:
    """Return the periods of ``text`` in the order in which shares are given to them, a list for each run of such words."""
    found: list[list[Period]] = []
    units: list[_Unit] = []
    run: list[Period] = []
    ended: tuple[int, int] | None = None
    alone = _WHOLE
    for token in _TOKEN.finditer(text):
        year = token["dated"] or token["year"]
        if not year:
            if run:
                found.append(run)
                units, run, ended, alone = [], [], None, _WHOLE
            units += _unit(token)
            continue
        if run and "%" in text[run[-1].end : token.start()]:
            found.append(run)
            units, run, ended, alone = [], [], None, _WHOLE
        if token["dated"]:
            ended = (_MONTHS.index(token["month"].lower()) + 1, int(token["day"]))
            alone = _INSTANT if token["at"] else _WHOLE
        run += [_period(int(year), unit, ended, token.end(), context) for unit in units or [alone]]
    return [*found, run] if run else found


def _unit(token: "re.Match[str]") -> Iterator[_Unit]:
    if months := token["more"] or token["months"]:
        yield _Unit(0, _NUMBERS[months.lower()] // 3)
    elif token["whole"]:
        # "the third quarter of fiscal year 2024": the word belongs to the year, not to the length.
        if token["whole"].lower() == "years" or not re.search(
            r"\bof (?:the )?(?:fiscal )?$", token.string[: token.start()], re.I
        ):
            yield _WHOLE
    elif token["many"]:
        count = _NUMBERS[token["many"].lower()]
        yield _Unit(1, count if token["of"].lower() == "quarters" else count // 3)
    elif token["part"].lower() == "half":
        yield _Unit(1 if token["ordinal"].lower() == "first" else 3, 2)
    else:
        yield _Unit(_NUMBERS[token["ordinal"].lower()], 1)


def _period(year: int, unit: _Unit, ended: tuple[int, int] | None, end: int, context: DocumentContext) -> Period:
    days = _to_day(date(year, *ended), unit, context) if ended and ended != (2, 29) else _of_year(year, unit, context)
    return Period(year, *days, end)


def _to_day(last: date, unit: _Unit, context: DocumentContext) -> tuple[date | None, date | None]:
    """Return the days of a length of time that ends on a stated day."""
    if unit == _INSTANT:
        return last, last
    length = unit.quarters * _QUARTER
    for first, until in _spans(context):
        if until == last and abs((until - first).days + 1 - length) <= _SLACK:
            return first, last
    months = last.year * 12 + last.month - unit.quarters * 3
    # Months that end on the last day of a calendar month begin on a first; others are the filer's own and unknown.
    whole = (last + _DAY).day == 1
    return (date(months // 12, months % 12 + 1, 1), last) if whole else (None, None)


def _of_year(year: int, unit: _Unit, context: DocumentContext) -> tuple[date | None, date | None]:
    """Return the days of a part of a fiscal year, where the filing's contexts hold that year, the one before or the part."""
    years = context.fiscal_years
    if year in years and unit == _WHOLE:
        return years[year]
    if year in years:
        begin = years[year][0]
    elif year - 1 in years:
        begin = years[year - 1][1] + _DAY
    else:
        return None, None
    begin += timedelta(days=max(0, unit.start - 1) * _QUARTER)
    for first, last in _spans(context):
        if abs((first - begin).days) <= _SLACK and abs((last - first).days + 1 - unit.quarters * _QUARTER) <= _SLACK:
            return first, last
    return None, None


def _spans(context: DocumentContext) -> list[tuple[date, date]]:
    return sorted({(f.period_from, f.period_to) for f in context.document.facts if f.period_from and f.period_to})
