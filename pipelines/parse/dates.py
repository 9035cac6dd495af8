"""Dates as documents write them. What belongs here: the usual written forms, in several languages, to a date.

What does not: where a document's date stands. A form that can be read in two ways and a date in part are no date.
"""

import re
from datetime import date, datetime
from functools import cache
from pathlib import Path

import yaml

_ISO = re.compile(r"(\d{4})([-/.]?)(\d{2})\2(\d{2})(?!\d)")
_ASIAN = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)")
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(?:de\s+)?(\d{4})\b")
_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|º|\.)?[\s-]+(?:de\s+|of\s+)?([^\W\d_]{3,10})\.?,?[\s-]+(?:de[l]?\s+)?(\d{4})\b"
)
_IN_URL = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_/.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")


@cache
def _months() -> dict[str, int]:
    loaded = yaml.safe_load((Path(__file__).parent / "dates.yml").read_text("utf-8"))
    return {name: number for number, names in enumerate(loaded["months"], 1) for name in names.split()}


def parse_date(value: object, language: str = "") -> date | None:
    """Return the date that ``value`` writes in one of the usual forms, else None; times and zones are left off.

    "03/04/2025" is read by ``language`` alone ("en-us": month first, any other: day first); without one it is no date.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = " ".join(str(value or "").split())[:200]
    if match := _ISO.match(text) or _YEAR_FIRST.match(text):
        return _date(match[1], match[3], match[4])
    if match := _ASIAN.search(text):
        return _date(match[1], match[2], match[3])
    for match in _MONTH_FIRST.finditer(text):
        if month := _months().get(match[1].lower()):
            return _date(match[3], month, match[2])
    for match in _DAY_FIRST.finditer(text):
        if month := _months().get(match[2].lower()):
            return _date(match[3], month, match[1])
    match = _NUMBERS.match(text)
    return _of_numbers(match, language.lower()) if match else None


def date_of_address(address: str) -> date | None:
    """Return the date that an address or a file's name carries ("/2025/03/12/", "2025-03-12-title.md"), else None."""
    for match in _IN_URL.finditer(address):
        if match[2] and (found := _date(match[1], match[3], match[4])):
            return found
    return None


def _of_numbers(match: re.Match[str], language: str) -> date | None:
    first, second = int(match[1]), int(match[3])
    if match[2] == "." or first > 12:
        return _date(match[4], second, first)
    if second > 12 or first == second:
        return _date(match[4], first, second)
    if language == "en-us":
        return _date(match[4], first, second)
    return _date(match[4], second, first) if language and language != "en" else None


def _date(year: str, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
