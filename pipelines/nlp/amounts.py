"""Amounts: whose a sum of a sentence or row is, and in what it is counted. What belongs here: second looks at readings' amounts.

A filing that writes "$650" in thousands gets the scale from the tag of the number; without a tag the amount is left out, since
nobody can tell it. A sum in brackets behind a third name, and one of a row with several members, is not of each. What does not
belong here: finding amounts (``masking``, ``framed_reading``), or where tags stand (``tag_places``).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipelines.nlp.reading import DocumentContext, Reading
from pipelines.nlp.tag_places import scale_of, shown_number
from pipelines.records import Document

# An amount that ends with a digit has no scale; from seven digits on nobody leaves one out.
_BARE = re.compile(r"[$€£¥]\s?(\d[\d,]*(?:\.\d+)?)$")
_WHOLE_DOLLARS = 1_000_000
_DECLARED = re.compile(r"\bin (?:thousands|millions|billions)\b", re.I)
_SUM = r"(?:up to |about |over |more than )?[~≈>≥]?(?:US)?[$€£¥]\s?\d[\d,]*(?:\.\d+)?(?:\s?(?:thousand|million|billion|trillion|[bmt]n|[BMKT])\b)?\+?"
# The name that a bracket tells of: "Acme Cloud (".
_NAMED_BEFORE = re.compile(r"([A-Z][\w&.’'-]*(?: [A-Z][\w&.’'-]*){0,3}) \($")


def settled(context: DocumentContext, readings: Iterable[Reading]) -> list[Reading]:
    """Return ``readings`` with each amount in its scale, and without those that are another's."""
    given = list(readings)
    shared = _shared(given)
    return [_with(reading, _amount(context, reading, id(reading) in shared)) for reading in given]


def _with(reading: Reading, amount: str) -> Reading:
    if amount == reading.qualifiers.get("amount", ""):
        return reading
    rest = {key: value for key, value in reading.qualifiers.items() if key != "amount"}
    return replace(reading, qualifiers=rest | ({"amount": amount} if amount else {}))


def _amount(context: DocumentContext, reading: Reading, shared: bool) -> str:
    amount = str(reading.qualifiers.get("amount", ""))
    if not amount:
        return ""
    quote = context.document.text[reading.start : reading.end]
    if shared:
        return _own(reading, quote)
    if _of_another(reading, quote, amount):
        return ""
    return _scaled(context.document, reading, amount) if context.filer else amount


def _scaled(document: Document, reading: Reading, amount: str) -> str:
    """Return ``amount`` with the scale that the tag of its number gives; nothing where the filing counts in a scale that no tag tells."""
    bare = _BARE.search(amount)
    if bare is None:
        return amount
    for fact in document.facts:
        if reading.start <= fact.start and fact.end <= reading.end and shown_number(document, fact) == bare[1]:
            return f"{amount} {scale_of(document, fact)}".strip()
    whole = float(bare[1].replace(",", "")) >= _WHOLE_DOLLARS
    return amount if whole or not _DECLARED.search(document.text) else ""


def _of_another(reading: Reading, quote: str, amount: str) -> bool:
    """Return whether the sum stands, wherever it stands, in brackets behind a name that is on neither side."""
    if not (reading.subject.named and reading.object.named):
        return False
    sides = f"{reading.subject.surface} {reading.subject.name} {reading.object.surface} {reading.object.name}"
    behind = [_NAMED_BEFORE.search(quote[: match.start()]) for match in re.finditer(re.escape(amount), quote)]
    return bool(behind) and all(name is not None and name[1].split()[-1] not in sides for name in behind)


def _shared(readings: list[Reading]) -> set[int]:
    """Return which readings of a table's column tell the same sum of several members of one row."""
    groups: dict[tuple[object, ...], list[Reading]] = {}
    for reading in readings:
        if (
            reading.method.startswith("framed:")
            and reading.method.endswith(".column")
            and "amount" in reading.qualifiers
        ):
            groups.setdefault((reading.start, reading.predicate, reading.qualifiers["amount"]), []).append(reading)
    return {id(reading) for group in groups.values() if _several(group) for reading in group}


def _several(group: list[Reading]) -> bool:
    return max(len({r.subject.name for r in group}), len({r.object.name for r in group})) > 1


def _own(reading: Reading, quote: str) -> str:
    """Return the sum beside the name of one of the sides, where one stands there: "$9.7B Acme", "Acme ($9.7B"."""
    return next((found for side in (reading.subject, reading.object) for found in _beside(side.surface, quote)), "")


def _beside(name: str, quote: str) -> Iterator[str]:
    written = re.escape(name)
    for pattern in (rf"({_SUM}) {written}\b", rf"\b{written} \(({_SUM})"):
        if found := re.search(pattern, quote):
            yield found[1].strip()
