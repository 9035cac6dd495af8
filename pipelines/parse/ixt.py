"""Transformations of inline XBRL: the words shown to the value meant. What belongs here: formats of numbers and of words.

What does not: scale's meaning to a fact, contexts (``ixbrl``). Formats are named by the registries ixt (versions 1 to 5 write the
same format in two ways, "numdotdecimal" and "num-dot-decimal") and ixt-sec.
"""

import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORDS = {
    **{word: value for value, word in enumerate(_SMALL.split())},
    **{word: 10 * value for value, word in enumerate(_TENS.split(), 2)},
    "no": 0,
    "none": 0,
    "nil": 0,
    "a": 1,
    "an": 1,
}
_POWERS = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_ZERO = {"fixedzero", "zerodash", "nocontent", "fixedempty", "numdash"}
_DURATIONS = {"year": "Y", "quarter": "Q", "month": "M", "week": "W", "day": "D", "hour": "H"}
_DURATION_WORD = re.compile(r"(.*?)[\s-]*(year|month|week|day)s?", re.I)
_NUMERIC = re.compile(r"\d+(?:\.\d*)?|\.\d+")
_NOT_DOT = re.compile(r"[^\d.]+")
_NOT_COMMA = re.compile(r"[^\d,]+")
_DATES = ("%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%m/%d/%Y", "%d %B %Y", "%Y-%m-%d")


def number_of(words: str, form: str, scale: int, negative: bool) -> str:
    """Return the number that ``words`` show, as decimal text after ``scale`` and sign; empty where it cannot be told.

    ``form`` is the fact's format; without one the words are a plain number.
    """
    kind = _kind(form)
    if kind in ("", "numdotdecimal", "numcommadot"):
        digits = words.replace(",", "").strip()
        if not digits.isdecimal():
            digits = _NOT_DOT.sub("", words)
    elif kind in ("numcommadecimal", "numdotcomma"):
        digits = _NOT_COMMA.sub("", words).replace(",", ".")
    elif kind in _ZERO:
        digits = "0"
    elif kind == "numwordsen":
        digits = spelled_number(words)
    else:
        return ""
    if not _NUMERIC.fullmatch(digits):
        return ""
    return _scaled(digits, scale, negative)


def _scaled(digits: str, scale: int, negative: bool) -> str:
    if scale >= 0 and digits.isdecimal():
        number = digits.lstrip("0") + "0" * scale if digits.strip("0") else "0"
    else:
        try:
            number = format(Decimal(digits).scaleb(scale), "f")
        except InvalidOperation:
            return ""
        if "." in number:
            number = number.rstrip("0").rstrip(".")
    return f"-{number}" if negative and number != "0" else number


@lru_cache(maxsize=1024)
def _kind(form: str) -> str:
    """Return the format's local name, in small letters and without hyphens."""
    return form.rpartition(":")[2].replace("-", "").lower()


def spelled_number(words: str) -> str:
    """Return the digits of a number written in English words ("twenty-five", "two million"), empty where it is none."""
    if words.strip().isdecimal():
        return words.strip()
    total, current = 0, 0
    parts = re.findall(r"[a-z]+", words.lower().replace(" and ", " "))
    for part in parts:
        if part in _WORDS:
            current += _WORDS[part]
        elif part == "hundred":
            current = max(current, 1) * 100
        elif part in _POWERS:
            total, current = total + max(current, 1) * _POWERS[part], 0
        else:
            return ""
    return str(total + current) if parts else ""


def words_of(words: str, form: str) -> str:
    """Return what a text of format ``form`` means: dates as ISO 8601, true or false, durations; others as written."""
    if not form:
        return words
    kind = _kind(form)
    if kind in ("fixedtrue", "booleantrue"):
        return "true"
    if kind in ("fixedfalse", "booleanfalse"):
        return "false"
    if kind == "boolballotbox":
        return "true" if words[:1] in "☑☒þýxX" and words else "false"
    if rule := next((rule for start, rule in _RULES if kind.startswith(start)), None):
        return rule(words, kind) or words
    return words


def _duration(words: str, kind: str) -> str:
    unit = _DURATIONS.get(kind.removeprefix("dur"))
    if unit and _NUMERIC.fullmatch(words):
        return f"P{int(words) * 3}M" if unit == "Q" and words.isdecimal() else f"P{words}{unit}"
    if match := _DURATION_WORD.fullmatch(words.strip()):
        number = spelled_number(match[1])
        return f"P{number}{_DURATIONS[match[2].lower()]}" if number else ""
    return ""


def _day(words: str, kind: str) -> str:
    if "year" not in kind:
        return ""
    for form in _DATES:
        try:
            return datetime.strptime(words, form).date().isoformat()
        except ValueError:
            continue
    return ""


_RULES: tuple[tuple[str, Callable[[str, str], str]], ...] = (("dur", _duration), ("date", _day))
