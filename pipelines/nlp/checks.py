"""Second looks at the readings of a sentence: what its other words say of them. What belongs here: those checks.

A phrase in apposition ("Acme, the leading foundry, makes ..."), or a group whose members are named, is no second party; a deal
that is off is denied; of two readings of one pair in one sentence the one that tells more stands. What does not: domain and
range (``extract``).
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from graph.model import load_ontology
from pipelines.nlp.reading import Reading

_APPOSITION = r"(?:,|:|\s[—–-]|\s\()\s(?:an? |the |its )?"
_LISTING = r",? (?:such as|including|like|namely)\b"
# How far behind the deal the word may stand that ends it.
_REACH = 120
# From here up a reading is as good as a surer one of the same pair.
_SURE = 0.7


def checked(readings: Iterable[Reading], text: str) -> list[Reading]:
    """Return the readings of a document with the text ``text`` that stand, as they stand."""
    given = list(readings)
    by_span: dict[tuple[int, int, str], list[Reading]] = {}
    for reading in given:
        by_span.setdefault((reading.start, reading.end, reading.predicate), []).append(reading)
    kept = []
    for reading in given:
        others = by_span[reading.start, reading.end, reading.predicate]
        if not any(_says_better(other, reading, text) for other in others):
            kept.append(_denied(reading, text))
    return kept


def _says_better(other: Reading, reading: Reading, text: str) -> bool:
    return (
        _is_apposition(reading, other, text)
        or _is_listed(reading, other, text)
        or _turned_round(reading, other)
        or _other_label(reading, other)
        or _tells_more(other, reading)
    )


def _turned_round(reading: Reading, other: Reading) -> bool:
    """Return whether ``other`` says the same of the pair the other way round, where that is no other statement."""
    pair, turned = (reading.subject.name, reading.object.name), (other.object.name, other.subject.name)
    first = (-other.quality, other.subject.name) < (-reading.quality, reading.subject.name)
    return reading.predicate in _symmetric() and pair == turned and reading.polarity == other.polarity and first


def _other_label(reading: Reading, other: Reading) -> bool:
    """Return whether two constructions of one sentence imply one unnamed side under two labels: holders of notes, bond investors."""
    implied = all("subject" in r.fills and r.fills["subject"].source == "construction" for r in (reading, other))
    amount = reading.qualifiers.get("amount")
    same = reading.object.identity == other.object.identity and amount == other.qualifiers.get("amount")
    first = (-other.quality, other.method) < (-reading.quality, reading.method)
    return bool(implied and amount and same and first and reading.subject.name != other.subject.name)


@cache
def _symmetric() -> frozenset[str]:
    return frozenset(name for name, predicate in load_ontology().predicates.items() if predicate.symmetric)


def _is_listed(reading: Reading, other: Reading, text: str) -> bool:
    """Return whether an unnamed side of ``reading`` is a group whose members ``other`` names: "foundries, such as A and B"."""
    for group, member, same in (
        (reading.subject, other.subject, reading.object.identity == other.object.identity),
        (reading.object, other.object, reading.subject.identity == other.subject.identity),
    ):
        if same and member.named and not group.named:
            listing = re.escape(group.surface) + _LISTING
            if re.search(listing, text[reading.start : reading.end], re.I):
                return True
    return False


def _is_apposition(reading: Reading, other: Reading, text: str) -> bool:
    """Return whether the unnamed subject of ``reading`` stands in apposition to the named one of ``other``."""
    if reading.subject.named or not other.subject.named or reading.object.identity != other.object.identity:
        return False
    between = re.escape(other.subject.surface) + _APPOSITION + re.escape(reading.subject.surface)
    return bool(re.search(between, text[reading.start : reading.end], re.I))


def _tells_more(other: Reading, reading: Reading) -> bool:
    """Return whether ``other`` says of the same pair all that ``reading`` says, and an amount or share besides."""
    pair = (reading.subject.identity, reading.object.identity, reading.polarity)
    if reading.predicate == "HAS_METRIC" or pair != (other.subject.identity, other.object.identity, other.polarity):
        return False
    # What is said of other days is another statement.
    if (
        reading.valid_from
        and other.valid_from
        and (reading.valid_from, reading.valid_to) != (other.valid_from, other.valid_to)
    ):
        return False
    told = {key: value for key, value in reading.qualifiers.items() if key != "kind"}
    more = {key: value for key, value in other.qualifiers.items() if key != "kind"}
    return len(more) > len(told) and told.items() <= more.items() and other.quality >= min(reading.quality, _SURE)


def _denied(reading: Reading, text: str) -> Reading:
    """Return a purchase as denied where the same sentence says that the deal is off, a holding as history where it tells of its sale."""
    if reading.predicate != "OWNS" or reading.polarity == "negative":
        return reading
    sentence = text[reading.start : reading.end]
    at = sentence.find(reading.object.surface)
    found = _called_off().search(sentence[max(at, 0) : max(at, 0) + len(reading.object.surface) + _REACH])
    if found:
        return replace(reading, polarity="negative")
    parted = reading.modality == "asserted" and _parting().search(sentence[: max(at, 0)])
    return replace(reading, modality="historical") if parted else reading


@cache
def _parting() -> re.Pattern[str]:
    nouns = "|".join(load_ontology().lexicons["force"]["disposals"])
    held = r"(?:interests?|stakes?|shares|holdings|investments?)"
    return re.compile(rf"\b(?:{nouns})s? of (?:[\w-]+ ){{0,5}}?{held} in [^.;:]{{0,80}}$", re.I)


@cache
def _called_off() -> re.Pattern[str]:
    words = load_ontology().predicates["OWNS"].reading["called_off"]
    return re.compile(
        r"\b(?:was|were|been|is|got|deal|bid|merger|acquisition|ultimately|later) (?:\w+ )?(?:"
        + "|".join(words)
        + r")\b",
        re.I,
    )
