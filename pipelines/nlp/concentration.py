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
    r"\b(accounts? receivable|receivables?|purchases(?! our| products| from)|cost of (?:revenue|sales|goods)|(?:net )?(?:revenues?|sales))\b",
    re.I,
)
_UNNAMED = re.compile(
    r"\b((?:one|two|three|four|five|our largest|a single|another|our (?:top|ten|five|three|two) \w*)?\s*"
    r"(?:direct |indirect |largest |significant |end )*customers?(?: [A-L]\b)?)",
    re.I,
)
_LETTERS = re.compile(r"\bcustomers? [A-L]\b(?:(?:, and |, | and |, or | or )(?:customer )?[A-L]\b)*", re.I)
# Whom the goods pass through is not who has the share.
_THROUGH = re.compile(r"\b(?:through|via) " + _LETTERS.pattern, re.I)
_THRESHOLD = re.compile(r"\s*(?:or (?:more|greater)|and above)", re.I)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SEVERAL = re.compile(r"\b(?:two|three|four|five) (?:\w+ ){0,2}(?:customers|suppliers|vendors|distributors)\b", re.I)
# "Such customers" of a sentence before, or a sentence that only points at a table.
_ELSEWHERE = re.compile(
    r"\b(?:set forth|is shown|are shown|as follows|following table|(?:such|these|those) customers)\b", re.I
)
_PLACED = re.compile(r"\bcustomers? (?:\w+ )?(?:outside|in|located|based|from) ", re.I)
_NONE = re.compile(r"\b(?:no|none of our|not have any)\b[^.]{0,60}?\bcustomers?\b", re.I)
_SUPPLIER = re.compile(r"\b((?:one|two|three|a single)\s+(?:\w+ )?(?:suppliers?|vendors?))", re.I)


def read(view: BlockView, start: int, end: int, mentions: list[Mention]) -> Iterator[Reading]:
    """Yield the shares that one sentence states of the first person's (or the topic's) customers and suppliers."""
    text = view.context.document.text[start:end]
    share = _SHARE.search(text)
    # "Purchases by A were 10% of our revenues": what the share is of stands behind it.
    benchmark = (share and _BENCHMARK.search(text, share.end())) or _BENCHMARK.search(text)
    filer = view.first_person or view.context.topic
    if not share or not benchmark or filer is None:
        return
    code = _code(benchmark[1])
    # "One customer reached 10%, when none had the year before" denies nothing of this year.
    if denies(text) and denies(text[: share.start()] + " customers"):
        if "customer" in text.lower() and int(float(share[1])) <= 10:
            yield _reading(start, end, filer, "customer ≥10%", False, "", code, "negative")
        return
    verb = _VERB.search(text)
    # A sentence that ends in a colon announces a table; a place is no customer.
    if not verb or text.rstrip().endswith(":") or _PLACED.search(text[: verb.start()]) or _ELSEWHERE.search(text):
        return
    stated = _stated(text[verb.end() :])
    parties = _parties(text, verb, start, filer, mentions, code)
    for number, party in enumerate(parties):
        for share_text, past in _shares_of(number, len(parties), stated, text):
            reading = _reading(start, end, filer, party.name, party.named, share_text, code, "positive")
            reading.modality = "historical" if past else "asserted"
            yield _with(reading, party, filer, code)


def denies(text: str) -> bool:
    """Return whether a sentence says that no customer reaches a share."""
    return bool(_NONE.search(text))


def benchmark_of(text: str) -> str:
    """Return the code of what a share in ``text`` is of ("revenue"), or nothing where it says nothing of the kind."""
    found = _BENCHMARK.search(text)
    return _code(found[1]) if found else ""


def unnamed(text: str) -> str:
    """Return the label of the unnamed customers or suppliers that a sentence tells of: "one customer"; nothing where it has none."""
    found = _UNNAMED.search(text) or _SUPPLIER.search(text)
    return found[1].strip() if found else ""


def _stated(text: str) -> list[str]:
    """Return the shares stated after the verb, in order; a threshold ("10% or more") counts where no other is there."""
    found = [(m[1], bool(_THRESHOLD.match(text, m.end()))) for m in _SHARE.finditer(text)]
    exact = [f"{share}%" for share, threshold in found if not threshold]
    return exact or [f"≥{share}%" for share, _ in found[:1]]


def _shares_of(number: int, count: int, stated: list[str], text: str) -> list[tuple[str, bool]]:
    """Return the shares of the ``number``-th of ``count`` parties, each with whether it is an earlier period's."""
    if not stated:
        return [("", False)]
    if count > 1 and len(stated) == count:
        return [(stated[number], False)]
    periods = len(dict.fromkeys(_YEAR.findall(text)))
    if count == 1 and len(stated) == periods > 1:
        return [(share, place > 0) for place, share in enumerate(stated)]
    if count == 1 and len(stated) > 1 and _SEVERAL.search(text):
        return [(" and ".join(stated), False)]
    return [(stated[0] if count == 1 or len(stated) == 1 else "", False)]


def _parties(
    text: str, verb: "re.Match[str]", start: int, filer: Filled, mentions: list[Mention], code: str
) -> list[Party]:
    """Return who has the shares: the companies named before the verb, "Customers A and B", or an unnamed label."""
    named = [m.party for m in mentions if m.party.kind == "Organization" and m.start - start < verb.start()]
    if others := {p.identity: p for p in named if p.identity != filer.party.identity}:
        return list(others.values())
    if letters := _LETTERS.search(_THROUGH.sub("", text[: verb.start()])):
        labels = [f"Customer {letter}" for letter in re.findall(r"\b[A-L]\b", letters[0])]
        return [Party(label, label, "AnonymousParty", named=False) for label in labels]
    pattern = {"revenue": _UNNAMED, "receivables": _UNNAMED, "purchases": _SUPPLIER}.get(code)
    # What follows the verb is whom the share goes to only where it is counted: "to a single customer", not "by customer location".
    found = (pattern.search(text[: verb.start()]) or pattern.search(text, verb.end())) if pattern else None
    if found and (found.start() > verb.start() or code == "revenue") and len(found[1].split()) == 1:
        return []
    return [Party(found[1].strip(), found[1].strip(), "AnonymousParty", named=False)] if found else []


def _code(words: str) -> str:
    lower = words.lower()
    if "receivable" in lower:
        return "receivables"
    if "purchases" in lower:
        return "purchases"
    return "cost" if "cost" in lower else "revenue"


def _with(reading: Reading, party: Party, filer: Filled, code: str) -> Reading:
    if code in ("purchases", "cost"):
        reading.subject, reading.object = party, filer.party
        reading.fills = {"object": filer}
    else:
        reading.object = party
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
        qualifiers={"role": "other", "benchmark": code, **({"share": share} if share else {})},
        fills={"object" if supplies else "subject": filer},
        quality=0.9,
    )
