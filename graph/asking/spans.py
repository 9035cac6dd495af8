"""Values in a question. What belongs here: where a company, place, role, number, length or day may stand, by type.

What does not: which of them a phrasing asks for (``match``). A company that the registry does not know stays as it is written (type
``company``, not known): whoever runs the question finds it among the parties that documents name, or says that there is none.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from graph.asking.days import Period, period_at
from graph.asking.grammar import Grammar
from graph.asking.tokens import Token, words
from graph.model import Organization, load_ontology, load_registry

# Names of so few letters, and tickers, are words of everyday English too: they count only in capitals, as they are written.
SHORT = 3
MOST_OPEN = 4
_NUMBERS = {
    name: value
    for value, name in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
} | {"fifteen": 15, "twenty": 20, "thirty": 30, "fifty": 50, "ninety": 90, "hundred": 100}
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_LENGTHS = {"day": 1, "week": 7, "month": 30, "quarter": 90, "year": 365}
_POWER = {"mw": 1, "megawatt": 1, "gw": 1000, "gigawatt": 1000}
_PERCENT = ("%", "percent", "pct")


@dataclass(frozen=True, slots=True)
class Span:
    """A value that ends before token ``end``: one text for each parameter it fills; ``known`` is false of a name that nothing knows."""

    end: int
    values: tuple[str, ...]
    known: bool = True


class Spans:
    """The values of one question, found by type where they begin."""

    def __init__(self, tokens: Sequence[Token], grammar: Grammar) -> None:
        self._tokens = tokens
        self._grammar = grammar
        self._at: dict[tuple[str, int], tuple[Span, ...]] = {}
        self._covered = self._cover()

    def at(self, kind: str, start: int) -> tuple[Span, ...]:
        """Return the values of a type that begin at a token, the longest first."""
        key = kind, start
        if key not in self._at:
            found = sorted(set(self._find(kind, start)), key=lambda span: (-span.end, span.values))
            self._at[key] = tuple(found)
        return self._at[key]

    @property
    def covered(self) -> frozenset[int]:
        """The tokens that are part of some value."""
        return self._covered

    def _cover(self) -> frozenset[int]:
        found: set[int] = set()
        for kind in (*self._grammar.values, "registered", "place", "period", "percent", "length", "power"):
            for start in range(len(self._tokens)):
                for span in self.at(kind, start):
                    found.update(range(start, span.end))
        return frozenset(found)

    def _find(self, kind: str, start: int) -> Iterator[Span]:
        if kind in _READERS:
            yield from _READERS[kind](self._tokens, start, self._grammar)
        elif kind in self._grammar.bounds:
            yield from _bounded(self._tokens, start, *self._grammar.bounds[kind])
        elif kind == "company":
            registered = self.at("registered", start)
            yield from registered or self._open(start)
        else:
            yield from _closed(self._tokens, start, _phrases(self._grammar, kind))

    def _open(self, start: int) -> Iterator[Span]:
        """Yield the run of words that nothing knows, whole: a name that only documents may know."""
        end = start
        while end < len(self._tokens) and self._nameable(end):
            end += 1
        if (start and self._nameable(start - 1)) or not any(self._unknown(at) for at in range(start, end)):
            return
        text = " ".join(token.text for token in self._tokens[start:end])
        if 0 < end - start <= MOST_OPEN and load_registry().find(text) is None:
            yield Span(end, (text,), known=False)

    def _nameable(self, at: int) -> bool:
        """Return whether a token may be of such a name: nothing knows it, or it is written like a name, which a question's first word is."""
        token = self._tokens[at]
        return self._unknown(at) or (at > 0 and token.is_word and token.text[0].isupper() and at not in self._covered)

    def _unknown(self, at: int) -> bool:
        token = self._tokens[at]
        return token.is_word and token.folded not in self._grammar.known and at not in self._covered


def _registered(tokens: Sequence[Token], start: int, _grammar: Grammar) -> Iterator[Span]:
    for end, exact, org in _surfaces().get(tokens[start].text.casefold(), ()):
        after = start + len(end)
        written = tuple(token.text for token in tokens[start:after])
        if tuple(map(str.casefold, written)) == end and (not exact or written == exact):
            yield Span(after, (_call(org),))


@cache
def _surfaces() -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...], Organization]]]:
    """Return the names of companies by first word: the words in small letters, the words as written where that counts, whose."""
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...], Organization]]] = defaultdict(list)
    for org in load_registry().organizations.values():
        short = {*org.tickers, *org.weak_aliases}
        for surface in {org.id, org.name, *org.aliases, *org.legal_names, *org.brands, *short}:
            parts = tuple(token.text for token in words(surface))
            if parts:
                exact = parts if len(surface) <= SHORT and surface not in (org.name, org.id) else ()
                found[parts[0].casefold()].append((tuple(map(str.casefold, parts)), exact, org))
    return dict(found)


def _call(org: Organization) -> str:
    """Return the name by which the commands find the company: its name, or its id where another has that name."""
    return org.name if load_registry().find(org.name) is org else org.id


def _places(tokens: Sequence[Token], start: int, _grammar: Grammar) -> Iterator[Span]:
    for end, place in _place_names().get(tokens[start].text.casefold(), ()):
        if tuple(token.text.casefold() for token in tokens[start : start + len(end)]) == end:
            yield Span(start + len(end), (place,))


@cache
def _place_names() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    lexicon = load_ontology().lexicons["places"]
    usual = lexicon["usual"]
    found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for name in {*lexicon["terms"], *lexicon["regions"], *lexicon["wider"], *lexicon["jurisdictions"], *usual}:
        parts = tuple(token.text.casefold() for token in words(name))
        found[parts[0]].append((parts, usual.get(name, name)))
    return dict(found)


@cache
def _by_first_word(phrases: tuple[tuple[str, str], ...]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for phrase, value in phrases:
        parts = tuple(token.folded for token in words(phrase))
        found[parts[0]].append((parts, value))
    return dict(found)


def _phrases(grammar: Grammar, kind: str) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    return _by_first_word(
        tuple((phrase, value) for value, phrases in grammar.values[kind].items() for phrase in phrases)
    )


def _closed(
    tokens: Sequence[Token], start: int, phrases: dict[str, list[tuple[tuple[str, ...], str]]]
) -> Iterator[Span]:
    for parts, value in phrases.get(tokens[start].folded, ()):
        if tuple(token.folded for token in tokens[start : start + len(parts)]) == parts:
            yield Span(start + len(parts), (value,))


def _number(tokens: Sequence[Token], at: int) -> float | None:
    """Return the number that a token writes in figures or as a word."""
    if at >= len(tokens):
        return None
    if tokens[at].text.casefold() in _NUMBERS:
        return float(_NUMBERS[tokens[at].text.casefold()])
    return float(tokens[at].text.replace(",", "")) if _NUMBER.fullmatch(tokens[at].text) else None


def _bounded(tokens: Sequence[Token], start: int, low: float, high: float) -> Iterator[Span]:
    number = _number(tokens, start)
    if number is not None and number.is_integer() and low <= number <= high:
        yield Span(start + 1, (_text(number),))


def _percent(tokens: Sequence[Token], start: int, _grammar: Grammar) -> Iterator[Span]:
    number = _number(tokens, start)
    if number is None or not 0 < number <= 100 or start + 1 >= len(tokens):
        return
    if tokens[start + 1].folded in _PERCENT:
        yield Span(start + 2, (_text(number),))
    elif tokens[start + 1].folded == "per" and tokens[start + 2 : start + 3] and tokens[start + 2].folded == "cent":
        yield Span(start + 3, (_text(number),))


def _measured(units: dict[str, int]) -> Callable[[Sequence[Token], int, Grammar], Iterator[Span]]:
    """Return a reader of a number with one of the units, in the unit that counts one; "a week" is one of them."""

    def read(tokens: Sequence[Token], start: int, _grammar: Grammar) -> Iterator[Span]:
        number = 1.0 if tokens[start].folded in ("a", "an") else _number(tokens, start)
        if number is not None and start + 1 < len(tokens) and (unit := units.get(tokens[start + 1].folded)):
            yield Span(start + 2, (_text(number * unit),))

    return read


def _period(of: Callable[[Period], Iterable[str]]) -> Callable[[Sequence[Token], int, Grammar], Iterator[Span]]:
    """Return a reader of a day or period that gives what ``of`` makes of its first and last day."""

    def read(tokens: Sequence[Token], start: int, _grammar: Grammar) -> Iterator[Span]:
        if found := period_at(tokens, start):
            yield Span(found[0], tuple(of(found[1])))

    return read


def _eve(period: Period) -> str:
    """Return the last day before a period; a single day stands for itself, as the day after which something counts."""
    return (period.first if period.named else period.first - dt.timedelta(days=1)).isoformat()


def _year(tokens: Sequence[Token], start: int, _grammar: Grammar) -> Iterator[Span]:
    found = period_at(tokens, start)
    if found and found[0] == start + 1 and (found[1].last - found[1].first).days > 360:
        yield Span(start + 1, (str(found[1].first.year),))


def _text(number: float) -> str:
    return f"{number:.10g}"


_READERS: dict[str, Callable[[Sequence[Token], int, Grammar], Iterator[Span]]] = {
    "registered": _registered,
    "place": _places,
    "percent": _percent,
    "length": _measured(_LENGTHS),
    "power": _measured(_POWER),
    "first": _period(lambda period: [period.first.isoformat()]),
    "last": _period(lambda period: [period.last.isoformat()]),
    "after": _period(lambda period: [_eve(period)]),
    "before": _period(lambda period: [(period.first - dt.timedelta(days=1)).isoformat()]),
    "period": _period(lambda period: [_eve(period), period.last.isoformat()]),
    "year": _year,
}
