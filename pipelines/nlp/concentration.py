"""Customer and supplier concentration: shares of revenue, receivables, purchases. What belongs here: that reader.

It reads sentences ("Customer A represented 12% of revenue", "no customer accounted for 10% or more") and table rows under a
heading of that kind. A header such as "10% or more" is no fact.
"""

import re
from collections.abc import Iterator

from pipelines.nlp.reading import BlockView, Filled, Mention, Reading
from pipelines.records import Party

_SHARE = re.compile(r"(\d{1,3}(?:\.\d+)?)\s?%")
_VERB = re.compile(
    r"\b(?:accounted for|represent(?:ed|s|ing)?|comprised|constituted|contributed|attributable to|made up)\b", re.I
)
_BENCHMARK = re.compile(
    r"\b(accounts? receivable|receivables?|purchases|cost of (?:revenue|sales|goods)|(?:net )?(?:revenues?|sales))\b",
    re.I,
)
_UNNAMED = re.compile(
    r"\b((?:one|two|three|four|five|our largest|a single|another|our (?:top|ten|five|three|two) \w*)?\s*"
    r"(?:direct |indirect |largest |significant |end )*customers?(?: [A-H]\b)?)",
    re.I,
)
_NONE = re.compile(r"\b(?:no|none of our|not have any)\b[^.]{0,60}?\bcustomers?\b", re.I)
_SUPPLIER = re.compile(r"\b((?:one|two|three|a single)\s+(?:\w+ )?(?:suppliers?|vendors?))", re.I)


def read(view: BlockView, start: int, end: int, mentions: list[Mention]) -> Iterator[Reading]:
    """Yield the shares that one sentence states of the first person's (or the topic's) customers and suppliers."""
    text = view.context.document.text[start:end]
    share, benchmark = _SHARE.search(text), _BENCHMARK.search(text)
    filer = view.first_person or view.context.topic
    if not share or not benchmark or filer is None:
        return
    code = _code(benchmark[1])
    if _NONE.search(text):
        if "customer" in text.lower() and int(float(share[1])) <= 10:
            yield _reading(start, end, filer, "customer ≥10%", False, "", code, "negative")
        return
    if not _VERB.search(text):
        return
    named = [m for m in mentions if m.party.kind == "Organization" and m.party.identity != filer.party.identity]
    lead = text[: _VERB.search(text).start()]  # type: ignore[union-attr]
    subjects = [m for m in named if m.start - start < len(lead)]
    for mention in subjects:
        yield _party_reading(start, end, filer, mention.party, share[1], code)
    if (not subjects and code in ("revenue", "receivables") and (found := _UNNAMED.search(text))) or (
        not subjects and code == "purchases" and (found := _SUPPLIER.search(text))
    ):
        yield _reading(start, end, filer, found[1].strip(), False, share[1], code, "positive")


def _code(words: str) -> str:
    lower = words.lower()
    if "receivable" in lower:
        return "receivables"
    if "purchases" in lower:
        return "purchases"
    return "cost" if "cost" in lower else "revenue"


def _party_reading(start: int, end: int, filer: Filled, party: Party, share: str, code: str) -> Reading:
    reading = _reading(start, end, filer, party.name, True, share, code, "positive")
    reading.object = party
    if code in ("purchases", "cost"):
        reading.subject, reading.object = party, filer.party
        reading.fills = {"object": filer}
    return reading


def _reading(
    start: int, end: int, filer: Filled, label: str, named: bool, share: str, code: str, polarity: str
) -> Reading:
    other = Party(label, label, "AnonymousParty", named=named)
    supplies = code in ("purchases", "cost")
    return Reading(
        predicate="SUPPLIES",
        subject=other if supplies else filer.party,
        object=filer.party if supplies else other,
        start=start,
        end=end,
        method="rule:supplies.concentration",
        polarity="negative" if polarity == "negative" else "positive",
        modality="asserted",
        qualifiers={"role": "other", "benchmark": code, **({"share": f"{share}%"} if share else {})},
        fills={"object" if supplies else "subject": filer},
        quality=0.9,
    )
