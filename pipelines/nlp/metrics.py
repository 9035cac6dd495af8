"""HAS_METRIC in sentences: a quantity, the words that say what it measures, and whom it is of. What belongs here: that.

What does not: quantities (``quantities``), metric words (``graph/ontology/metrics.yml``), tables (``metric_tables``). A
quantity takes the nearest cue of its own family; where the nearest word names a figure of the accounts there is none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from graph.model import load_ontology
from pipelines.nlp import force
from pipelines.nlp.mentions import owner_of
from pipelines.nlp.quantities import Quantity, quantities
from pipelines.nlp.reading import BlockView, Filled, Mention, Reading
from pipelines.records import Party

# How far a cue may stand from its quantity, in characters: beyond, it measures something else.
_REACH = 80
_FIRST_PERSON = re.compile(r"\b(?:we|our|us)\b", re.I)
_CLAUSE_END = re.compile(r"[;•]|\. |, (?:and|but|while|whereas) ")
_SURE, _UNSURE = 0.75, 0.6


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry of the metric lexicon: what is measured, and the families of quantities that it can have."""

    metric: str
    units: tuple[str, ...]
    implied: tuple[str, ...]
    sure: bool
    filings: bool


@dataclass(frozen=True, slots=True)
class Metric:
    """A quantity and what it measures; ``sure`` is false where only the unit or a weak word says so.

    ``filings`` is false for measures that are not read in filings.
    """

    quantity: Quantity
    metric: str
    sure: bool
    filings: bool = True


@cache
def _lexicon() -> tuple[dict[str, list[Cue]], re.Pattern[str], dict[str, Cue]]:
    """Return cues by word, the pattern of all words (those that are no metric too), and cues by implied family."""
    words: dict[str, list[Cue]] = {}
    implied: dict[str, Cue] = {}
    entries = load_ontology().lexicons["metrics"]
    for entry in entries["metrics"]:
        cue = Cue(
            entry["metric"],
            tuple(entry["units"]),
            tuple(entry.get("implied", ())),
            entry.get("sure", True),
            entry.get("filings", True),
        )
        for word in entry["words"]:
            words.setdefault(word.lower(), []).append(cue)
        for family in cue.implied:
            implied.setdefault(family, cue)
    for word in entries["not_metrics"]:
        words.setdefault(word.lower(), [])
    ordered = sorted(words, key=len, reverse=True)
    pattern = re.compile(r"(?<![\w])(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w)", re.I)
    return words, pattern, implied


def cue_in(text: str, family: str) -> Cue | None:
    """Return the first cue for ``family`` in a short text (a header, a label, a heading); None where there is none."""
    words, pattern, _ = _lexicon()
    for match in pattern.finditer(text):
        for cue in words[match[0].lower()]:
            if family in cue.units:
                return cue
    return None


def names_another_figure(text: str) -> bool:
    """Return whether a short text names a figure of the accounts or the market."""
    words, pattern, _ = _lexicon()
    return any(not words[match[0].lower()] for match in pattern.finditer(text))


def implied_by(family: str) -> Cue | None:
    """Return the cue that a unit of ``family`` gives by itself."""
    return _lexicon()[2].get(family)


def metrics_of(text: str) -> list[Metric]:
    """Return what each quantity of a sentence measures, where its words say so."""
    words, pattern, _ = _lexicon()
    found = quantities(text)
    if not found:
        return []
    cues = [(match.start(), match.end(), words[match[0].lower()]) for match in pattern.finditer(text)]
    return [metric for quantity in found if (metric := _metric(text, quantity, cues))]


def _metric(text: str, quantity: Quantity, cues: list[tuple[int, int, list[Cue]]]) -> Metric | None:
    best: tuple[int, Cue | None] | None = None
    for start, end, candidates in cues:
        distance = quantity.start - end if end <= quantity.start else start - quantity.end
        if distance > _REACH or (distance > 0 and _parted(text, quantity, start, end)):
            continue
        cue = next((c for c in candidates if quantity.family in c.units), None)
        # Words for another unit say nothing of this number; words of the accounts say that it is none of ours.
        if (cue or not candidates) and (best is None or distance < best[0]):
            best = distance, cue
    if best and best[1]:
        return Metric(quantity, best[1].metric, best[1].sure, best[1].filings)
    implied = implied_by(quantity.family)
    return Metric(quantity, implied.metric, False, implied.filings) if implied and best is None else None


def _parted(text: str, quantity: Quantity, start: int, end: int) -> bool:
    between = text[end : quantity.start] if end <= quantity.start else text[quantity.end : start]
    return bool(_CLAUSE_END.search(between))


def read(view: BlockView, start: int, end: int, mentions: list[Mention]) -> Iterator[Reading]:
    """Yield the metrics of one sentence."""
    text = view.context.document.text[start:end]
    for metric in metrics_of(text):
        if not is_read(view, metric):
            continue
        at = start + metric.quantity.start
        if subject := _subject(view, text, mentions, at):
            party, fill, sure = subject
            yield reading(view, start, end, metric, party, fill, _SURE if metric.sure and sure else _UNSURE)


def is_read(view: BlockView, metric: Metric) -> bool:
    """Return whether documents of this kind are read for ``metric``."""
    return view.context.document.kind != "filing" or metric.filings


def _subject(
    view: BlockView, text: str, mentions: list[Mention], at: int
) -> tuple[Party, Filled | None, bool] | None:
    """Return whom the quantity at ``at`` is of, with the frame that says so, and whether that is sure."""
    measured = [m for m in mentions if m.party.kind in ("Organization", "Offering", "Facility")]
    before = [m for m in measured if m.end <= at]
    names = {party_of(view, m).identity for m in measured}
    if before or measured:
        mention = before[-1] if before else measured[0]
        return party_of(view, mention), None, len(names) == 1
    if view.first_person and _FIRST_PERSON.search(text):
        return view.first_person.party, view.first_person, True
    return framed_subject(view)


def framed_subject(view: BlockView) -> tuple[Party, Filled | None, bool] | None:
    """Return the party that headings, topic or focus give to a sentence that names none."""
    filled = view.heading_parties[0] if view.heading_parties else view.context.topic or view.context.filer
    return (filled.party, filled, filled.source != "topic") if filled else None


def party_of(view: BlockView, mention: Mention) -> Party:
    """Return the offering itself, else the organization that the mention stands for."""
    return mention.party if mention.party.kind == "Offering" else owner_of(mention.party, view.context.registry)


def reading(
    view: BlockView,
    start: int,
    end: int,
    metric: Metric,
    party: Party,
    fill: Filled | None,
    quality: float,
) -> Reading:
    """Return the claim that ``party`` has ``metric``, made by the text from ``start`` to ``end``."""
    quantity = metric.quantity
    written = f"{quantity.value} {quantity.unit}".strip()
    return Reading(
        predicate="HAS_METRIC",
        subject=party,
        object=Party(written, written, "Value"),
        start=start,
        end=end,
        method=f"metric:{metric.metric.replace(' ', '_')}",
        modality=force.modality_of(view.context.document.text[start:end]),
        qualifiers={
            "metric": metric.metric,
            "value": quantity.value,
            "unit": quantity.unit,
            "comparator": quantity.comparator,
        },
        fills={"subject": fill} if fill else {},
        quality=quality,
    )
