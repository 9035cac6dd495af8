"""Concentration by tags: a customer's or supplier's share of revenue, receivables, purchases or cost.

What belongs here: which facts tell a share of a party, and the claim of each. What does not: shares of places and products, and
shares in prose (``concentration``).
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from graph.model import load_ontology
from pipelines.nlp import concentration
from pipelines.nlp.reading import DocumentContext, Filled, Reading
from pipelines.nlp.tag_parties import party_of_member, words_of
from pipelines.nlp.tag_places import Place, Places, local, number, percent
from pipelines.records import Document, Fact, Modality, Party

_AT_LEAST = re.compile(
    r"\b(?:more than|over|at least|exceed(?:ed|s|ing)|in excess of|greater than)\s+(?:[\d.]+\s?%?,? (?:and |or )?)*$",
    re.I,
)
_OR_MORE = re.compile(r"\s*%?\s*(?:or (?:more|greater)|and above)", re.I)
# A share of no more than this is a threshold where the sentence says that nobody reaches it.
_THRESHOLD = 10


def is_share(fact: Fact) -> bool:
    """Return whether ``fact`` is a customer's or supplier's share."""
    rules = _rules()
    if local(fact.concept) not in rules["concepts"] or not fact.value:
        return False
    kind = _type_of(fact)
    told = kind in (*rules["customer_types"], *rules["supplier_types"])
    member = _party_member(fact)
    if kind in rules["other_types"]:
        return bool(member)
    if member:
        return told or bool(_benchmark_of(fact))
    return told and not _has_axis(fact, rules["place_axes"])


def read(context: DocumentContext, places: Places, latest: date | None) -> Iterator[Reading]:
    """Yield one claim for each share that the facts state with a place; ``latest`` is the end of the reported period."""
    if context.filer is None:
        return
    seen = set()
    for fact in context.document.facts:
        if not is_share(fact) or (place := places.of(fact)) is None:
            continue
        statement = (fact.dimensions, fact.value, fact.period_from, fact.period_to)
        reading = None if statement in seen else _claim(context, context.filer, fact, place, latest)
        if reading:
            seen.add(statement)
            yield reading


def _claim(context: DocumentContext, filer: Filled, fact: Fact, place: Place, latest: date | None) -> Reading | None:
    text = context.document.text[place.start : place.end]
    member = _party_member(fact)
    party = party_of_member(context, member, place) if member else _label(text)
    if party is None:
        return None
    party = _as_written(context.document, party, place)
    denied = concentration.denies(text) and (number(fact.value) or 0) * 100 <= _THRESHOLD
    if denied:
        party = Party("customer ≥10%", "customer ≥10%", "AnonymousParty", named=False)
    sells = _sells_to_filer(fact, member)
    return Reading(
        predicate="SUPPLIES",
        subject=party if sells else filer.party,
        object=filer.party if sells else party,
        start=place.start,
        end=place.end,
        method="xbrl:supplies.concentration",
        polarity="negative" if denied else "positive",
        modality=modality(fact, latest),
        qualifiers=_qualifiers(context.document, fact, denied),
        fills={"object" if sells else "subject": filer},
        valid_from=fact.period_from or fact.period_to,
        valid_to=fact.period_to,
        valid_precision="day",
        quality=0.65 if member and _has_axis(fact, _rules()["scope_axes"]) else 0.95,
    )


def modality(fact: Fact, latest: date | None) -> Modality:
    """Return historical for a figure of an earlier period than the reported one."""
    return "historical" if latest and fact.period_to and fact.period_to < latest else "asserted"


def _qualifiers(document: Document, fact: Fact, denied: bool) -> dict[str, str]:
    qualifiers = {"role": "other", "tag": fact.concept}
    if benchmark := _benchmark_of(fact):
        qualifiers["benchmark"] = benchmark
    if not denied:
        before = document.text[max(0, fact.start - 50) : fact.start]
        more = _AT_LEAST.search(before) or _OR_MORE.match(document.text, fact.end)
        qualifiers["share"] = ("≥" if more else "") + percent(fact.value)
    if scope := [words_of(m) for axis, m in fact.dimensions if _in(axis, (*_rules()["scope_axes"], "Segments"))]:
        qualifiers["scope"] = ", ".join(scope)
    return qualifiers


def _label(text: str) -> Party | None:
    """Return the unnamed customer or supplier that the sentence itself tells of, for a share without a party's member."""
    label = concentration.unnamed(text)
    return Party(label, label, "AnonymousParty", named=False) if label else None


def _as_written(document: Document, party: Party, place: Place) -> Party:
    """Return an unnamed party under the label of its row, where the row's first cell ends in the member's own words."""
    if party.named or not place.block.cells:
        return party
    first = place.block.cells[0]
    label = document.text[first.start : first.end].strip()
    if first.column == 0 and label.lower().endswith(party.name.lower()):
        return Party(label, label, "AnonymousParty", named=False)
    return party


def _sells_to_filer(fact: Fact, member: str) -> bool:
    rules = _rules()
    if _type_of(fact) in rules["supplier_types"]:
        return True
    words = words_of(member).lower().split()
    if any(word in rules["supplier_words"] for word in words):
        return True
    axis = next((axis for axis, m in fact.dimensions if m == member), "")
    return _in(axis, ("Supplier", "Vendor")) or (
        _benchmark_of(fact) in ("purchases", "cost") and _type_of(fact) not in rules["customer_types"]
    )


def _party_member(fact: Fact) -> str:
    """Return the member that tells who has the share, or nothing."""
    rules = _rules()
    axes = [*rules["party_axes"]]
    if _type_of(fact) in (*rules["customer_types"], *rules["supplier_types"]):
        axes += rules["counterparty_axes"]
    return next((member for axis, member in fact.dimensions if _in(axis, axes)), "")


def _type_of(fact: Fact) -> str:
    return next((local(m) for axis, m in fact.dimensions if local(axis) == _rules()["type_axis"]), "")


def _benchmark_of(fact: Fact) -> str:
    member = next((local(m) for axis, m in fact.dimensions if local(axis) == _rules()["benchmark_axis"]), "")
    found = (entry["benchmark"] for entry in _rules()["benchmarks"] if any(word in member for word in entry["words"]))
    return next(found, "")


def _has_axis(fact: Fact, axes: list[str]) -> bool:
    return any(local(axis) in axes for axis, _ in fact.dimensions)


def _in(axis: str, words: "list[str] | tuple[str, ...]") -> bool:
    return any(word in local(axis) for word in words)


@cache
def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = load_ontology().lexicons["tags"]["concentration"]
    return rules
