"""Inline XBRL facts. What belongs here: contexts, units, and what a fact's tag and words say together.

What does not: where the words stand in the text (``html``), how a number is written in words or signs (``ixt``).
The tags come as written, or in small letters where libxml2 mended the document.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from pipelines.parse.canonical import clean
from pipelines.parse.ixt import number_of, words_of
from pipelines.records import Fact

# Longer texts (whole notes, policies) are in the canonical text; a fact does not repeat them.
_LONGEST = 500
_ATTRIBUTE = re.compile(r'([\w:]+)\s*=\s*"([^"]*)"')
_ODD_SPACE = re.compile(r"[\n\r\t]|\s=|=\s")
_CONTEXT_END = re.compile(r"</(?:\w+:)?context\s*>", re.I)
_CONTEXT = re.compile(r'<(?:\w+:)?context\b[^>]*?\bid="([^"]*)"', re.I)
_DATE = re.compile(r">\s*(\d{4}-\d\d-\d\d)")
_EXPLICIT = re.compile(r'dimension="([^"]*)"[^>]*>\s*([^<\s]+)')
_TYPED = re.compile(r'typedMember\b[^>]*?\bdimension="([^"]*)"[^>]*>(.*?)</[\w.-]+:typedMember', re.I | re.S)
_UNIT = re.compile(r'<(?:\w+:)?unit\b[^>]*?\bid="([^"]*)"[^>]*>(.*?)</(?:\w+:)?unit\s*>', re.I | re.S)
_MEASURE = re.compile(r"measure\s*>\s*([^<\s]+)|(unitDenominator)\s*>", re.I)
_HIDDEN = re.compile(r"<(ix:non(?:Fraction|Numeric)\b[^>]*?)(?:/>|>(.*?)</ix:non(?:Fraction|Numeric)\s*>)", re.I | re.S)
_ANY_TAG = re.compile(r"<[^>]*>")


class Shown(NamedTuple):
    """A fact of the document's body: its tag without brackets, its span in the canonical text.

    The span is (0, 0) where its words are not part of the text; then ``words`` holds them.
    """

    tag: str
    start: int
    end: int
    words: str = ""


class _Context(NamedTuple):
    period_from: date | None
    period_to: date | None
    dimensions: tuple[tuple[str, str], ...]


def facts(header: str, shown: list[Shown], text: str) -> tuple[Fact, ...]:
    """Return the facts of a document: those of its ``header`` (hidden), then those ``shown`` in its canonical ``text``.

    A fact that is not numeric and runs over more than 500 characters is left out. A nil fact, and a number written in a
    way that is not known, has an empty value.
    """
    reader = _Reader(_contexts(header), _units(header), _continuations(shown), text)
    hidden = [Shown(tag, 0, 0, clean(unescape(_ANY_TAG.sub("", words)))) for tag, words in _HIDDEN.findall(header)]
    return tuple(fact for each in (*hidden, *shown) if (fact := reader.fact(each)) is not None)


def cover(found: tuple[Fact, ...]) -> dict[str, str]:
    """Return what the cover's facts (dei) say, by concept; the first of each concept wins."""
    values: dict[str, str] = {}
    for fact in found:
        if fact.concept.startswith("dei:") and fact.value and not fact.dimensions:
            values.setdefault(fact.concept, fact.value)
    return values


class _Reader:
    """Turns shown facts into records."""

    def __init__(
        self,
        contexts: Mapping[str, _Context],
        units: Mapping[str, str],
        continuations: Mapping[str, tuple[Shown, str]],
        text: str,
    ) -> None:
        self._contexts = contexts
        self._units = units
        self._continuations = continuations
        self._text = text

    def fact(self, shown: Shown) -> Fact | None:
        """Return the record of ``shown``; None for a continuation, and for a text too long to be one."""
        tag, start, end, words = shown
        if tag[:15].lower() == "ix:continuation":
            return None
        given = _attributes(tag)
        context = self._contexts.get(given.get("contextRef") or given.get("contextref", ""), _NO_CONTEXT)
        unit = given.get("unitRef") or given.get("unitref")
        if unit is not None:
            value = "" if 'nil="true"' in tag else _number(given, words or self._text[start:end])
        else:
            parts = list(self._parts(given, shown))
            if sum(map(len, parts)) > _LONGEST:
                return None
            value = words_of(clean(" ".join(parts)), given.get("format", ""))
        return Fact(
            unescape(given.get("name", "")),
            value,
            self._units.get(unit, unit) if unit is not None else "",
            given.get("decimals", ""),
            *context,
            start,
            end,
        )

    def _parts(self, given: Mapping[str, str], shown: Shown) -> Iterator[str]:
        """Yield the words of a text and of the continuations it names, each once."""
        seen: set[str] = set()
        following = given.get("continuedAt") or given.get("continuedat") or ""
        while True:
            yield shown.words or self._text[shown.start : shown.end]
            if following in seen or following not in self._continuations:
                return
            seen.add(following)
            shown, following = self._continuations[following]


def _attributes(tag: str) -> dict[str, str]:
    if _ODD_SPACE.search(tag):
        return dict(_ATTRIBUTE.findall(tag))
    parts = tag.partition(" ")[2].split('"')
    return dict(zip([name.strip(" =") for name in parts[::2]], parts[1::2], strict=False))


def _number(given: Mapping[str, str], words: str) -> str:
    scale = given.get("scale", "0")
    return number_of(
        words, given.get("format", ""), int(scale) if scale.lstrip("+-").isdecimal() else 0, "sign" in given
    )


_NO_CONTEXT = _Context(None, None, ())


def _contexts(header: str) -> dict[str, _Context]:
    contexts = {}
    for source in _CONTEXT_END.split(header)[:-1]:
        if not (start := _CONTEXT.search(source)):
            continue
        days = [_day(value) for value in _DATE.findall(source.partition("eriod>")[2].partition("eriod>")[0])]
        dimensions: list[tuple[str, str]] = []
        if 'dimension="' in source:
            dimensions = _EXPLICIT.findall(source)
            if "yped" in source:
                dimensions += [(axis, clean(_ANY_TAG.sub(" ", member))) for axis, member in _TYPED.findall(source)]
            dimensions.sort()
        # Two days are a duration, one is an instant, none is for ever.
        contexts[start[1]] = _Context(days[0] if len(days) > 1 else None, days[-1] if days else None, tuple(dimensions))
    return contexts


@lru_cache(maxsize=4096)
def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _units(header: str) -> dict[str, str]:
    """Return the measure of each unit: "usd", "pure", "usd/shares"."""
    units = {}
    for name, source in _UNIT.findall(header):
        sides: list[list[str]] = [[], []]
        below = 0
        for measure, denominator in _MEASURE.findall(source):
            if denominator:
                below = 1
            else:
                sides[below].append(measure.rpartition(":")[2].lower())
        units[name] = "/".join("*".join(side) for side in sides if side)
    return units


def _continuations(shown: list[Shown]) -> dict[str, tuple[Shown, str]]:
    """Return each continuation by its id, with the id of the one that follows it."""
    found = {}
    for each in shown:
        if each.tag[:15].lower() == "ix:continuation":
            given = _attributes(each.tag)
            found[given.get("id", "")] = (each, given.get("continuedAt") or given.get("continuedat") or "")
    return found
