"""HAS_METRIC in sentences: a quantity, the words that say what it measures, and whom it is of. What belongs here: that.

What does not: quantities (``quantities``), metric words (``graph/ontology/metrics.yml``), tables (``metric_tables``). A
quantity takes the nearest cue of its own family; where the nearest word names a figure of the accounts there is none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from graph.model import load_ontology
from pipelines.nlp import metric_frame
from pipelines.nlp.measured import Parse, Place, Subject, subject_of
from pipelines.nlp.quantities import Quantity, quantities
from pipelines.nlp.reading import BlockView, Mention, Reading
from pipelines.records import Party

# How far a cue may stand from its quantity, in characters: beyond, it measures something else.
_REACH = 80
# Within so many characters it is surely this one's.
_NEAR = 45
# "$3 billion and $1 billion on ...": the sums of one list are governed alike.
_RESPECTIVELY = re.compile(r"(?:,| and|, and) [$€£]\s?[\d.,]+\d(?: (?:million|billion|trillion))?")
# Money that is raised or lent for what a cue names is not its amount.
_FUNDS = re.compile(r"\b(?:fund|funds|funding|finance|finances|financing|loans?|facility) (?:\S+ ){0,4}$", re.I)
# "$50 million for capital expenditures and $12 million for investments": each sum has the words behind it.
_SUM_BEFORE = re.compile(r"[$€£]\s?[\d.,]*\d(?: \w+)? (?:[\w-]+ ){0,3}?(?:for|of|in|on|related to) (?:\w+ ){0,2}$")
_WORDS_BEHIND = re.compile(
    r"\s(?:[\w-]+ ){0,3}?(?:for|of|in|on|related to) (?!(?:the |fiscal |Q\d|19|20|first|second|third|fourth|each))"
)
_CLAUSE_END = re.compile(r"[;•]|\. |, (?:and|but|while|whereas) ")
# What makes a change of a percentage or multiple beside a sum.
_CHANGE = re.compile(
    r"\b(?:up|increas\w*|grow\w*|grew|rise|rises|rising|rose|higher|more|yoy|y/y|year over year|year-over-year|from|jump\w*|surg\w*|declin\w*|down|doubl\w*|tripl\w*|expected|vs)\b|\+|^>",
    re.I,
)
# "a four-day lead time reduction" is no lead time.
_SAVED = re.compile(r"\s(?:reductions?|improvements?|decreases?|savings?|cuts?)\b", re.I)
# "$200 billion higher than last year" is a difference.
_DIFFERENCE = re.compile(r"\s(?:higher|lower|more|less|above|below|increase|decrease|of upside)\b", re.I)
# Beside these a percentage is one of a change or an advantage, not of a margin or a vote.
_IMPROVES = re.compile(
    r"\b(?:by|up to|over|about|than|of|an?|with|deliver\w*|achiev\w*|improv\w*|increas\w*|reduc\w*|boost\w*|cut\w*|sav\w*|low\w*|fell|drop\w*|gain\w*|down|up)\W{1,3}$",
    re.I,
)
_BETTER = re.compile(
    r"\s(?:[\w-]+ ){0,3}?(?:faster|more|higher|lower|better|greater|less|increase|improvement|reduction|boost|gain|smaller|longer|cheaper|fewer|savings?|speedup|advantage|efficient|leap|jump)\b",
    re.I,
)
# What follows a multiple that compares work or equipment.
_COMPARES = re.compile(
    r"\s(?:\w+ ){0,2}?(?:faster|more|higher|lower|better|greater|less|increase|improvement|reduction|boost|gain|smaller|longer|cheaper|fewer|jump|leap|quicker|speedup|denser|larger)\b",
    re.I,
)
_SURE, _UNSURE = 0.75, 0.6


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry of the metric lexicon: what is measured, and the families of quantities that it can have.

    ``filings``: whether it is read in filings; ``framed``: which frames may say whose it is; ``unless``: words beside which
    its number is none, anywhere or in sentences; ``relative``: whether its percentages are changes or advantages.
    """

    metric: str
    units: tuple[str, ...]
    implied: tuple[str, ...]
    sure: bool
    filings: bool
    framed: str
    unless: re.Pattern[str] | None
    unless_in_sentence: re.Pattern[str] | None
    relative: bool

    def change_needed(self, family: str) -> bool:
        """Return whether a number of ``family`` beside this cue must be said to be a change of it."""
        return family in ("percent", "multiple") and "money" in self.units


@dataclass(frozen=True, slots=True)
class Metric:
    """A quantity, what it measures, and the cue; ``sure`` is false where a weak word or, if not ``said``, the unit alone says it."""

    quantity: Quantity
    metric: str
    sure: bool
    cue: Cue
    said: bool = True

    @property
    def framed(self) -> str:
        """Return which frames may say whose it is: none where the unit alone says what is measured."""
        return self.cue.framed if self.said else "none"


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
            entry.get("framed", "any"),
            _any_of(entry.get("unless", ())),
            _any_of(entry.get("unless_in_sentence", ())),
            entry.get("relative", False),
        )
        for word in entry["words"]:
            words.setdefault(word.lower(), []).append(cue)
        for family in cue.implied:
            implied.setdefault(family, cue)
    for word in entries["not_metrics"]:
        words.setdefault(word.lower(), [])
    for word in [w for w in words if w.startswith("of ")]:
        # "of capex" is a share of it beside a percentage, and capital expenditure beside a sum.
        words[word] = words[word] + words.get(word.removeprefix("of "), [])
    ordered = sorted(words, key=len, reverse=True)
    pattern = re.compile(r"(?<![\w])(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w|-[a-z])", re.I)
    return words, pattern, implied


def _any_of(words: Sequence[str]) -> re.Pattern[str] | None:
    if not words:
        return None
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)", re.I)


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


def names_a_measure(text: str) -> bool:
    """Return whether a short text has any word of a metric, of a figure of the accounts or of the market."""
    return bool(_lexicon()[1].search(text))


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
    best: tuple[int, Cue | None, int, int] | None = None
    for start, end, candidates in cues:
        distance = quantity.start - end if end <= quantity.start else start - quantity.end
        if distance > _REACH or (distance > 0 and _parted(text, quantity, start, end)):
            continue
        cue = next((c for c in candidates if quantity.family in c.units), None)
        if cue and start > quantity.end and quantity.family == "money" and _FUNDS.search(text[quantity.end : start]):
            continue
        if (quantity.family == "time" and _SAVED.match(text, end)) or (cue and not _fits(text, quantity, cue)):
            continue
        # Words for another unit say nothing of this number; words of the accounts say that it is none of ours.
        if (cue or not candidates) and (best is None or distance < best[0]):
            best = distance, cue, start, end
    if best and (chosen := best[1]):
        near = _governs(text, quantity, best[2], best[3]) and not chosen.change_needed(quantity.family)
        return Metric(quantity, chosen.metric, chosen.sure and near, chosen)
    implied = implied_by(quantity.family)
    if quantity.family == "multiple" and not compares(text, quantity):
        return None
    return Metric(quantity, implied.metric, False, implied, said=False) if implied and best is None else None


def _fits(text: str, quantity: Quantity, cue: Cue) -> bool:
    """Return whether the words beside a number let it be one of ``cue``."""
    if cue.change_needed(quantity.family):
        return bool(_CHANGE.search(_around(text, quantity)))
    written = any(map(str.isdigit, text[quantity.start : quantity.end]))
    if cue.relative and written and quantity.family == "percent":
        return bool(_BETTER.match(text, quantity.end) or _IMPROVES.search(text[: quantity.start]))
    return quantity.family != "money" or not _DIFFERENCE.match(text, quantity.end)


def compares(text: str, quantity: Quantity) -> bool:
    """Return whether the words right after a multiple compare work or equipment ("3x faster")."""
    return bool(_COMPARES.match(text, quantity.end))


def _parted(text: str, quantity: Quantity, start: int, end: int) -> bool:
    between = text[end : quantity.start] if end <= quantity.start else text[quantity.end : start]
    if end <= quantity.start and _WORDS_BEHIND.match(text, quantity.end) and _SUM_BEFORE.search(text[:start]):
        return True
    # "Investments of $7 million and capital expenditures of": what follows "and" has a sum of its own.
    if end > quantity.start and re.match(r" and (?![$€£\d])", between):
        return True
    return bool(_CLAUSE_END.search(between)) or (end > quantity.start and ", " in between)


def _governs(text: str, quantity: Quantity, start: int, end: int) -> bool:
    """Return whether no other sum and no long way lies between the cue and the quantity."""
    between = text[end : quantity.start] if end <= quantity.start else text[quantity.end : start]
    between = _RESPECTIVELY.sub("", between)
    return len(between) <= _NEAR and not re.search(r"[$€£]\s?\d", between)


def _around(text: str, quantity: Quantity) -> str:
    return text[max(0, quantity.start - 50) : quantity.end + 30]


def read(
    view: BlockView, start: int, end: int, mentions: list[Mention], parse: Parse | None = None
) -> Iterator[Reading]:
    """Yield the metrics of one sentence; ``parse`` gives its parse on demand."""
    text = view.context.document.text[start:end]
    for metric in metrics_of(text):
        if not is_read(view, metric, text, sentence=True):
            continue
        quantity = metric.quantity
        at, until = start + quantity.start, start + quantity.end
        place = Place(view, start, end, at, until, mentions, parse, is_big(metric), framed=metric.framed)
        if subject := subject_of(place):
            yield reading(view, start, end, metric, subject, start, "")


def is_read(view: BlockView, metric: Metric, words: str, sentence: bool) -> bool:
    """Return whether documents of this kind are read for ``metric``, and ``words`` are not about the market or the accounts."""
    cue = metric.cue
    if view.context.document.kind == "filing" and not cue.filings:
        return False
    barred = (cue.unless, cue.unless_in_sentence if sentence else None)
    return not any(pattern and pattern.search(words) for pattern in barred)


def is_big(metric: Metric) -> bool:
    """Return whether only organizations and sites have what is measured: capital expenditure, megawatts."""
    quantity = metric.quantity
    power = quantity.family == "power" and not quantity.unit.lower().startswith("k")
    return power or metric.metric.startswith("capital expenditure")


def reading(
    view: BlockView, start: int, end: int, metric: Metric, subject: Subject, offset: int, header: str
) -> Reading:
    """Return the claim that ``subject`` has ``metric``, made by the text from ``start`` to ``end``.

    ``offset`` is where the text begins that the quantity's own offsets count from; ``header`` is the column's, if any.
    """
    document, quantity = view.context.document, metric.quantity
    written = f"{quantity.value} {quantity.unit}".strip()
    whole, at = document.text[start:end], offset - start + quantity.start
    until = at + quantity.end - quantity.start
    clause = metric_frame.clause_around(whole, at, until)
    period = metric_frame.period_of(header, clause)
    qualifiers = {
        "metric": metric.metric,
        "value": quantity.value,
        "unit": quantity.unit,
        "comparator": quantity.comparator,
    }
    if baseline := metric_frame.baseline_of(whole, until):
        qualifiers["baseline"] = baseline
    return Reading(
        predicate="HAS_METRIC",
        subject=subject.party,
        object=Party(written, written, "Value"),
        start=start,
        end=end,
        method=f"metric:{metric.metric.replace(' ', '_')}",
        modality=metric_frame.modality_of(
            document, whole[max(0, at - 30) : at], whole[until : until + 8], clause, header
        ),
        qualifiers=qualifiers,
        fills={"subject": subject.fill} if subject.fill else {},
        valid_from=period[0] if period else None,
        valid_to=period[1] if period else None,
        valid_precision=period[2] if period else "",
        quality=_SURE if metric.sure and subject.sure and subject.party.named else _UNSURE,
    )
