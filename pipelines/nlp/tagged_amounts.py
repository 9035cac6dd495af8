"""Obligations, capital expenditure and stakes by tags. What belongs here: which facts tell one, and the claim of each.

What does not: shares of customers and suppliers (``tagged_shares``); amounts in prose (``surface``, ``metrics``).
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from graph.model import load_ontology
from pipelines.nlp.reading import DocumentContext, Filled, Reading
from pipelines.nlp.tag_parties import party_of_member
from pipelines.nlp.tag_places import Place, Places, fits, local, money, number, percent, scale_of, shown_number
from pipelines.records import Fact, Party


def commitments(context: DocumentContext, places: Places, latest: date | None) -> Iterator[Reading]:
    """Yield one claim for each obligation that is open at the end of the reported period."""
    if context.filer is None:
        return
    seen = set()
    for fact in context.document.facts:
        if not _is_current_amount(fact, latest) or (place := places.of(fact)) is None:
            continue
        text = context.document.text[place.start : place.end]
        after = context.document.text[fact.end : place.end]
        entry = next((e for e in _rules()["commitments"] if _fits(e, fact, text, after)), None)
        if entry is None or (fact.value, fact.dimensions) in seen:
            continue
        seen.add((fact.value, fact.dimensions))
        yield _commitment(context, context.filer, fact, place, entry)


def metrics(context: DocumentContext, places: Places) -> Iterator[Reading]:
    """Yield one claim for each period's figure of the whole filer."""
    if context.filer is None:
        return
    seen = set()
    for fact in context.document.facts:
        entry = next((e for e in _rules()["metrics"] if fits(e["concepts"], fact.concept)), None)
        if entry is None or fact.dimensions or not number(fact.value) or (place := places.of(fact)) is None:
            continue
        if (fact.value, fact.period_from, fact.period_to) in seen:
            continue
        seen.add((fact.value, fact.period_from, fact.period_to))
        written = money(context.document, fact)
        scale = scale_of(context.document, fact)
        yield Reading(
            predicate="HAS_METRIC",
            subject=context.filer.party,
            object=Party(written, written, "Value"),
            start=place.start,
            end=place.end,
            method="xbrl:has_metric",
            qualifiers={
                "metric": entry["metric"],
                "value": shown_number(context.document, fact),
                "unit": f"{scale} {fact.unit.upper()}".strip(),
                "comparator": "=",
                "tag": fact.concept,
            },
            fills={"subject": context.filer},
            valid_from=fact.period_from or fact.period_to,
            valid_to=fact.period_to,
            valid_precision="day",
            # A row of the cash flow statement alone stays a candidate; with the prose it is a fact (``reconciled``).
            quality=0.65,
        )


def stakes(context: DocumentContext, places: Places, latest: date | None) -> Iterator[Reading]:
    """Yield one claim for each share of a named party that the filer holds or acquired."""
    if context.filer is None:
        return
    rules = _rules()["stakes"]
    seen = set()
    for fact in context.document.facts:
        entry = next((e for e in rules["concepts"] if fits(e["concepts"], fact.concept)), None)
        member = next((m for axis, m in fact.dimensions if any(word in local(axis) for word in rules["axes"])), "")
        if entry is None or not member or any(local(axis) in rules["not_axes"] for axis, _ in fact.dimensions):
            continue
        if not number(fact.value) or (place := places.of(fact)) is None:
            continue
        party = party_of_member(context, member, place)
        own = party.identity == context.filer.party.identity
        if not party.named or own or (party.identity, fact.value) in seen:
            continue
        seen.add((party.identity, fact.value))
        earlier = entry["kind"] != "acquired" and latest and fact.period_to and fact.period_to < latest
        yield Reading(
            predicate="OWNS",
            subject=context.filer.party,
            object=party,
            start=place.start,
            end=place.end,
            method="xbrl:owns.stake",
            modality="historical" if earlier else "asserted",
            qualifiers={"kind": entry["kind"], "percent": percent(fact.value), "tag": fact.concept},
            fills={"subject": context.filer},
            valid_from=fact.period_from or fact.period_to,
            valid_to=fact.period_to,
            valid_precision="day",
            quality=0.9,
        )


def _is_current_amount(fact: Fact, latest: date | None) -> bool:
    amount = number(fact.value)
    current = latest is None or fact.period_to is None or fact.period_to >= latest
    return bool(fact.unit and amount and amount > 0 and current)


def _fits(entry: dict[str, Any], fact: Fact, text: str, after: str) -> bool:
    if not fits(entry["concepts"], fact.concept) or (entry.get("whole") and fact.dimensions):
        return False
    if any(fits(entry.get("members", ()), member) for _, member in fact.dimensions):
        return True
    if "without" in entry and re.search(entry["without"], text, re.I):
        return False
    if "after" in entry and not re.match(entry["after"], after, re.I):
        return False
    return "words" not in entry or bool(re.search(entry["words"], text, re.I))


def _counterparty(fact: Fact) -> str:
    return next((member for axis, member in fact.dimensions if "Counterparty" in local(axis)), "")


def _commitment(context: DocumentContext, filer: Filled, fact: Fact, place: Place, entry: dict[str, Any]) -> Reading:
    implied = Party(entry["other"], entry["other"], "AnonymousParty", named=False)
    member = _counterparty(fact)
    named = party_of_member(context, member, place) if member else implied
    other = named if named.named else implied
    qualifiers = {"kind": entry["kind"], "amount": money(context.document, fact), "tag": fact.concept}
    if horizon := _horizon(context, fact):
        qualifiers["horizon"] = horizon
    of_concept = Filled(implied, "construction", fact.start, fact.end)
    fills = {"subject": filer, "object": of_concept} if entry["member"] == "object" else {"subject": of_concept, "object": filer}  # fmt: skip
    return Reading(
        predicate="COMMITS_TO",
        subject=filer.party if entry["member"] == "object" else other,
        object=other if entry["member"] == "object" else filer.party,
        start=place.start,
        end=place.end,
        method="xbrl:commits_to",
        modality=entry.get("modality", "asserted"),
        qualifiers=qualifiers,
        fills=fills,
        valid_from=fact.period_from or fact.period_to,
        valid_to=fact.period_to,
        valid_precision="day",
        quality=0.95,
    )


def _horizon(context: DocumentContext, total: Fact) -> str:
    """Return when the parts of ``total`` fall due, in the order of the buckets; nothing where no parts add up to it."""
    buckets: dict[str, Fact] = {}
    for fact in context.document.facts:
        if fact.period_to != total.period_to or fact.dimensions != total.dimensions or fact.unit != total.unit:
            continue
        due = next((e["due"] for e in _rules()["horizons"] if fits([e["concepts"]], fact.concept)), "")
        if due and _kin(fact.concept, total.concept):
            buckets.setdefault(due, fact)
    amounts = [number(fact.value) or 0 for fact in buckets.values()]
    if not amounts or sum(amounts) != number(total.value):
        return ""
    order = [entry["due"] for entry in _rules()["horizons"]]
    return ", ".join(f"{due} {money(context.document, buckets[due])}" for due in order if due in buckets)


def _kin(part: str, total: str) -> bool:
    """Return whether a bucket is of the total's own family of concepts: both speak of purchases, leases or contracts."""
    family = next((word for word in ("Purchase", "Lease", "Contractual", "Other") if word in local(total)), "")
    return bool(family) and family in local(part)


@cache
def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = load_ontology().lexicons["tags"]
    return rules
