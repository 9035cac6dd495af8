"""Customer and supplier concentration: shares of revenue, receivables, purchases. What belongs here: that reader.

It reads sentences ("Customer A represented 12% of revenue", "no customer accounted for 10% or more"). A header such as "10% or more"
is no fact. A share is one number of one party and one period: of several in a sentence each is a claim of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from pipelines.nlp import share_periods
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
_THROUGH = re.compile(r"\b(?:through|via|including from) (?:direct )?" + _LETTERS.pattern, re.I)
_THRESHOLD = re.compile(r"\s*(?:or (?:more|greater)|and above)", re.I)
# Whom the share goes to, where the sentence names that behind the verb: "attributable to one customer".
_GOES_TO = re.compile(r"\b(?:to|from|by|with) $")
_COUNTED = re.compile(r"\b(two|three|four|five)\b", re.I)
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5}
_TOGETHER = re.compile(r"\b(?:together|in (?:the )?aggregate|combined|collectively|in total)\b", re.I)
_EACH = re.compile(r"\beach\b", re.I)
# Between two shares of one list.
_LISTED = re.compile(r"[\s,;]*(?:and|or)?\s*(?:approximately|about|over|more than)?\s*$", re.I)
# "Such customers" of a sentence before, or a sentence that only points at a table.
_ELSEWHERE = re.compile(
    r"\b(?:set forth|is shown|are shown|as follows|following table|(?:such|these|those) customers)\b", re.I
)
_PLACED = re.compile(r"\bcustomers? (?:\w+ )?(?:outside|in|located|based|from) ", re.I)
# Two reported periods end further apart than this many days.
_PERIODS_APART = 60
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
            yield from _denied(view, text, start, end, filer, code)
        return
    verb = _VERB.search(text)
    # A sentence that ends in a colon announces a table; a place is no customer.
    if not verb or text.rstrip().endswith(":") or _PLACED.search(text[: verb.start()]) or _ELSEWHERE.search(text):
        return
    parties = _parties(text, verb, start, filer, mentions, code)
    for share_of in _shares(view, text, verb.end(), parties):
        reading = _reading(
            start, end, filer, share_of.party.name, share_of.party.named, share_of.share, code, "positive"
        )
        yield _dated(_with(reading, share_of, filer, code), share_of, view)


def _denied(view: BlockView, text: str, start: int, end: int, filer: Filled, code: str) -> Iterator[Reading]:
    """Yield the denial of a large customer for each period that the sentence names, else once."""
    party = Party("customer ≥10%", "customer ≥10%", "AnonymousParty", named=False)
    named = [period for group in share_periods.groups(text, view.context) for period in group if period.first]
    periods: list[share_periods.Period | None] = [*named] or [None]
    for period in periods:
        reading = _reading(start, end, filer, party.name, False, "", code, "negative")
        reading = _dated(reading, _Share(party, "", period), view)
        # A denial of one earlier period alone is what the filing asserts of it.
        reading.modality = "historical" if _past(period, named) else "asserted"
        yield reading


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


@dataclass(frozen=True, slots=True)
class _Share:
    """One share: whose, of which period (None where the sentence does not pair them), and whether a later one stands beside it."""

    party: Party
    share: str
    period: share_periods.Period | None = None
    past: bool = False
    which: str = ""


def _shares(view: BlockView, text: str, at: int, parties: list[Party]) -> Iterator[_Share]:
    """Yield the shares stated after ``at`` by party and period: each list of shares goes to its periods, or to its parties."""
    if not parties:
        return
    runs, groups = _stated(text, at), share_periods.groups(text, view.context)
    if not runs:
        yield from (_Share(party, "") for party in parties)
        return
    every = [period for group in groups for period in group]
    for place, run in enumerate(runs):
        group = groups[0] if len(groups) == 1 else groups[place] if len(groups) == len(runs) else []
        # Without periods of its own a second list tells of something else.
        if place and len(groups) != len(runs):
            return
        for share in _paired(run, group, parties, text):
            yield replace(share, past=_past(share.period, every))


def _past(period: share_periods.Period | None, named: list[share_periods.Period]) -> bool:
    return period is not None and period.year < max(other.year for other in named)


def _paired(run: list[str], group: list[share_periods.Period], parties: list[Party], text: str) -> Iterator[_Share]:
    """Yield the shares of one list: a party's own each, else a period's own each, else an unnamed party's own each."""
    period = group[0] if len({(g.year, g.first, g.last) for g in group}) == 1 else None
    if len(parties) > 1:
        own = len(run) == len(parties)
        shares = run if own else run * len(parties) if len(run) == 1 else [""] * len(parties)
        yield from (_Share(party, share, period) for party, share in zip(parties, shares, strict=True))
    elif len(run) > 1 and len(run) == len(group):
        yield from (_Share(parties[0], share, each) for share, each in zip(run, group, strict=True))
    else:
        count = _members(parties[0], run, text)
        # One share of several periods is that of each.
        several: list[share_periods.Period | None] = [*group] if len(run) == 1 and not period else []
        for each in several or [period]:
            yield from _of_members(parties[0], run, count, each)


def _of_members(party: Party, run: list[str], count: int, period: share_periods.Period | None) -> Iterator[_Share]:
    if not count:
        yield _Share(party, run[0], period)
        return
    shares = run if len(run) > 1 else run * count
    for number, share in enumerate(shares, 1):
        member = replace(party, name=f"{party.name} ({number})")
        yield _Share(member, share, period, which=f"{number} of {len(shares)}")


def _members(party: Party, run: list[str], text: str) -> int:
    """Return how many unnamed parties one label stands for, where each has its own share: "two customers … 17% and 16%"."""
    if party.named or _TOGETHER.search(text):
        return 0
    if len(run) > 1:
        return len(run) if party.surface.lower().endswith("s") else 0
    counted = _COUNTED.search(party.surface)
    return _COUNTS[counted[1].lower()] if counted and _EACH.search(text) else 0


def _stated(text: str, at: int) -> list[list[str]]:
    """Return the lists of shares stated from ``at`` on, in order; a threshold ("10% or more") counts where no other is there."""
    found = [(m, bool(_THRESHOLD.match(text, m.end()))) for m in _SHARE.finditer(text, at)]
    exact = [m for m, threshold in found if not threshold]
    runs: list[list[str]] = []
    for number, m in enumerate(exact):
        between = text[exact[number - 1].end() : m.start()] if number else ""
        # A clause of its own tells of someone else.
        if _VERB.search(between) or "customer" in between:
            break
        if number and _LISTED.match(between):
            runs[-1].append(f"{m[1]}%")
        else:
            runs.append([f"{m[1]}%"])
    return runs or [[f"≥{m[1]}%"] for m, _ in found[:1]]


def _dated(reading: Reading, share: _Share, view: BlockView) -> Reading:
    """Give a reading the period of its share; one that ended before the reported one is history."""
    period, reported = share.period, view.context.document.period_end
    before = bool(period and period.last and reported and (reported - period.last).days > _PERIODS_APART)
    reading.modality = "historical" if share.past or before else "asserted"
    if period and period.first:
        reading.valid_from, reading.valid_to, reading.valid_precision = period.first, period.last, "day"
    elif period and share.past:
        reading.valid_from, reading.valid_to = date(period.year, 1, 1), date(period.year, 12, 31)
        reading.valid_precision = "year"
    return reading


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
    behind = bool(found and found.start() > verb.start())
    if found and (behind or code == "revenue") and len(found[1].split()) == 1:
        return []
    if found and behind and not _GOES_TO.search(text[: found.start()]):
        return []
    return [Party(found[1].strip(), found[1].strip(), "AnonymousParty", named=False)] if found else []


def _code(words: str) -> str:
    lower = words.lower()
    if "receivable" in lower:
        return "receivables"
    if "purchases" in lower:
        return "purchases"
    return "cost" if "cost" in lower else "revenue"


def _with(reading: Reading, share: _Share, filer: Filled, code: str) -> Reading:
    party = share.party
    if share.which:
        reading.qualifiers["which"] = share.which
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
