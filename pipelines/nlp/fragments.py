"""Fragments: runs of words without a verb of their own ("A-backed", "$5B A deal", "customers like A, B").

What belongs here: matching the fragment patterns of the ontology against a text whose names are masked. What does not:
who the other side is (``slots``). A pattern is a regular expression with {a} for one name, {list} for names in a row,
{amount} for money and {share} for a percentage.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from graph.model import load_ontology
from pipelines.ids import slug
from pipelines.nlp.members import organizations
from pipelines.nlp.reading import BlockView, Mention
from pipelines.records import Party

# Names become one private character each, so that a pattern sees a name as one word whatever its length.
_FIRST = 0xE000
_NAME = "[\ue000-\uefff]"
_AMOUNT = r"(?:(?:up to|over|about|more than|>|~|up to ~?) ?)?[$€£]\s?\d[\d,.]*(?:\s?[–-]\s?[$€£]?\d[\d,.]*)?\s?(?:[BMTK]n?\b|[bmt]n\b|billion|million|trillion)?\+?"
_MEMBER = rf"{_NAME}(?:’s|'s)?(?: \([^()]{{0,60}}\)| [A-Z]{{2,5}}s?(?![a-z]))?"
_JOIN = r"(?:, and |, & |, | and | & |/| \+ |; )"
_PLACES = {
    "{a}": f"(?P<a>{_NAME})",
    "{list}": f"(?P<list>{_MEMBER}(?:{_JOIN}{_MEMBER})*)",
    "{amount}": f"(?P<amount>{_AMOUNT})",
    "{share}": r"(?P<share>[<>~]?\d{1,3}(?:\.\d+)?%)",
}


@dataclass(frozen=True, slots=True)
class Pattern:
    """One fragment pattern with what it says: predicate, the side of the members, and the entry of the ontology."""

    predicate: str
    member: str
    regex: re.Pattern[str]
    named: bool
    entry: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fragment:
    """One match: the pattern, its members, the amount or share beside them, its absolute span, and the other side if named in it."""

    pattern: Pattern
    members: tuple[Party, ...]
    qualifiers: dict[str, str]
    start: int
    end: int
    other: tuple[Party, Mention] | None = None


@cache
def _patterns() -> tuple[Pattern, ...]:
    found = []
    for predicate in load_ontology().predicates.values():
        for entry in predicate.reading.get("fragments", ()):
            regex = entry["pattern"]
            for place, words in _PLACES.items():
                regex = regex.replace(place, words)
            found.append(
                Pattern(
                    predicate.name,
                    entry["member"],
                    re.compile(regex),
                    _NAME in regex,
                    entry,
                )
            )
    return tuple(found)


def find(view: BlockView, start: int, end: int) -> Iterator[Fragment]:
    """Yield the fragments of ``start``..``end``, in the order of the ontology."""
    parties = organizations(view, start, end)
    masked, offsets = _mask(view.context.document.text[start:end], start, [m for _, m in parties])
    for pattern in _patterns():
        # Most patterns ask for a name: no search where the run has none.
        if pattern.named and not parties:
            continue
        for match in pattern.regex.finditer(masked):
            members = _members(match, pattern, [p for p, _ in parties])
            if members or pattern.member == "head_object":
                groups = match.groupdict()
                told = {k: groups[k].strip() for k in ("amount", "share") if groups.get(k)}
                both = groups.get("thing") and groups.get("a")
                other = parties[ord(groups["a"]) - _FIRST] if both else None
                yield Fragment(pattern, members, told, offsets[match.start()], offsets[match.end()], other)


def _mask(text: str, start: int, mentions: list[Any]) -> tuple[str, list[int]]:
    """Return ``text`` with one private character a mention, and the absolute offset of each of its characters."""
    pieces: list[str] = []
    offsets: list[int] = []
    at = 0
    for number, mention in enumerate(mentions):
        piece = text[at : mention.start - start]
        pieces += [piece, chr(_FIRST + number)]
        offsets += [*range(start + at, mention.start), mention.start]
        at = mention.end - start
    pieces.append(text[at:])
    offsets += range(start + at, start + len(text) + 1)
    return "".join(pieces), offsets


def _members(match: re.Match[str], pattern: Pattern, parties: list[Party]) -> tuple[Party, ...]:
    groups = match.groupdict()
    if thing := groups.get("thing"):
        kind = pattern.entry.get("thing", "AnonymousParty")
        name = thing.strip()
        key = f"facility:{slug(name)}" if kind == "Facility" else ""
        return (Party(name, name, kind, key, named=kind != "AnonymousParty"),)
    if label := pattern.entry.get("unnamed"):
        return (Party(label, label, "AnonymousParty", named=False),)
    if one := groups.get("a"):
        return (parties[ord(one) - _FIRST],)
    return tuple(_listed(groups.get("list") or "", parties, bool(pattern.entry.get("unregistered"))))


def _listed(words: str, parties: list[Party], unregistered: bool) -> Iterator[Party]:
    for known in re.finditer(_NAME, re.sub(r"\([^()]*\)", " ", words)):
        party = parties[ord(known[0]) - _FIRST]
        if party.key or unregistered:
            yield party
