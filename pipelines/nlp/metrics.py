"""HAS_METRIC in sentences: a quantity, the words that say what it measures, and whom it is of. What belongs here: that.

What does not: quantities (``quantities``), metric words (``graph/ontology/metrics.yml``), tables (``metric_tables``). A
quantity takes the nearest cue of its own family; where the nearest word names a figure of the accounts there is none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from graph.model import load_ontology
from pipelines.nlp import metric_frame
from pipelines.nlp.levels import is_level, is_stated
from pipelines.nlp.measured import Parse, Place, Subject, subject_of
from pipelines.nlp.quantities import Quantity, quantities, work_of
from pipelines.nlp.reading import BlockView, Mention, Reading
from pipelines.nlp.subject_names import is_group
from pipelines.records import Party

# How far a cue may stand from its quantity, in characters: beyond, it measures something else.
_REACH = 80
# Within so many characters it is surely this one's.
_NEAR = 45
# "$3 billion and $1 billion on ...": the sums of one list are governed alike.
_SURROUNDINGS = 400
_RESPECTIVELY = re.compile(r"(?:,| and|, and) [$€£]\s?[\d.,]+\d(?: (?:million|billion|trillion))?")
# Money that is raised or lent for what a cue names is not its amount.
_FUNDS = re.compile(r"\b(?:fund|funds|funding|finance|finances|financing|loans?|facility) (?:\S+ ){0,4}$", re.I)
# "$50 million for capital expenditures and $12 million for investments": each sum has the words behind it.
_SUM_BEFORE = re.compile(r"[$€£]\s?[\d.,]*\d(?: \w+)? (?:[\w-]+ ){0,3}?(?:for|of|in|on|related to) (?:\w+ ){0,2}$")
# "$4 billion in capital expenditures": nothing stands nearer.
_GOVERNED = re.compile(r" (?:in|of|on|for) (?:our |its |total )?")
_ANOTHER_VERB = re.compile(r",? and (?:\w+ly )?\w+(?:ed|id) ")
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
# What stands behind one of these is the other's number.
_COMPARED_WITH = re.compile(r"\b(?:compared (?:with|to)|versus|vs\.?|than) (?:[^\s,;]+ ){0,3}\Z")
# What follows a multiple that compares work or equipment.
_COMPARES = re.compile(
    r"\s(?:\w+ ){0,2}?(?:faster|more|higher|lower|better|greater|less|increase|improvement|reduction|boost|gain|smaller|longer|cheaper|fewer|jump|leap|quicker|speedup|denser|larger)\b",
    re.I,
)
# What compares work without a word for it.
_FASTER = re.compile(
    r"\s(?:\w+ ){0,2}?(?:faster|quicker|speedup|denser|cheaper|more (?:performant|powerful|efficient))\b", re.I
)
_SURE, _UNSURE = 0.75, 0.6


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry of the metric lexicon: what is measured, and the families of quantities that it can have.

    ``filings``: whether it is read in filings; ``framed``: which frames may say whose it is; ``unless``: words beside which
    its number is none, anywhere or in sentences; ``relative``: whether its percentages are changes or advantages;
    ``sure_in_titles``: whether a header or label with it is sure.
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
    sure_in_titles: bool

    def change_needed(self, family: str) -> bool:
        """Return whether a number of ``family`` beside this cue must be said to be a change of it."""
        return family in ("percent", "multiple") and "money" in self.units

    def named(self, family: str) -> str:
        """Return what a number of ``family`` measures: the growth of it where only a change can be meant."""
        return f"{self.metric} growth" if self.change_needed(family) else self.metric


@dataclass(frozen=True, slots=True)
class Metric:
    """A quantity, what it measures, and the cue; ``sure`` is false where a weak word or, if not ``said``, the unit alone says it.

    ``stated`` says that the number is surely the level of what the cue measures.
    """

    quantity: Quantity
    metric: str
    sure: bool
    cue: Cue
    said: bool = True
    stated: bool = True

    @property
    def framed(self) -> str:
        """Return which frames may say whose it is: none where the unit alone says what is measured."""
        return self.cue.framed if self.said else "none"


@cache
def _lexicon() -> tuple[dict[str, list[Cue]], re.Pattern[str], dict[str, Cue], frozenset[str]]:
    """Return cues by word, the pattern of all words, cues by implied family, and the words of accounts and market."""
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
            entry.get("sure", True) or entry.get("sure_in_titles", False),
        )
        for word in entry["words"]:
            words.setdefault(word.lower(), []).append(cue)
        for family in cue.implied:
            implied.setdefault(family, cue)
    for word in entries["not_metrics"]:
        words.setdefault(word.lower(), [])
    for word in [w for w, cues in words.items() if cues and w.startswith("of ")]:
        # "of capex" is a share of it beside a percentage, and capital expenditure beside a sum.
        words[word] = words[word] + words.get(word.removeprefix("of "), [])
    ordered = sorted(words, key=len, reverse=True)
    pattern = re.compile(r"(?<![\w])(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w|-[a-z])", re.I)
    return words, pattern, implied, frozenset(word.lower() for word in entries["not_metrics"])


def _any_of(words: Sequence[str]) -> re.Pattern[str] | None:
    if not words:
        return None
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)", re.I)


def cue_in(text: str, family: str) -> Cue | None:
    """Return the first cue for ``family`` in a short text (a header, a label, a heading); None where there is none."""
    words, pattern, _, _ = _lexicon()
    for match in pattern.finditer(text):
        for cue in words[match[0].lower()]:
            if family in cue.units:
                return cue
    return None


def names_another_figure(text: str) -> bool:
    """Return whether a short text names a figure of the accounts or the market."""
    _, pattern, _, accounts = _lexicon()
    return any(match[0].lower() in accounts for match in pattern.finditer(text))


def names_a_measure(text: str) -> bool:
    """Return whether a short text has any word of a metric, of a figure of the accounts or of the market."""
    return bool(_lexicon()[1].search(text))


def implied_by(family: str) -> Cue | None:
    """Return the cue that a unit of ``family`` gives by itself."""
    return _lexicon()[2].get(family)


def metrics_of(text: str) -> list[Metric]:
    """Return what each quantity of a sentence measures, where its words say so."""
    found = [quantity for quantity in quantities(text) if is_level(text, quantity)]
    if not found:
        return []
    cues = [(match.start(), match.end(), match[0].lower()) for match in _lexicon()[1].finditer(text)]
    return [metric for quantity in found if (metric := _metric(text, quantity, cues))]


def _metric(text: str, quantity: Quantity, cues: list[tuple[int, int, str]]) -> Metric | None:
    words, _, _, accounts = _lexicon()
    best: tuple[int, Cue | None, int, int] | None = None
    for start, end, word in cues:
        distance = quantity.start - end if end <= quantity.start else start - quantity.end
        if _GOVERNED.fullmatch(text, quantity.end, max(start, quantity.end)):
            distance = 0
        if distance > _REACH or (distance > 0 and _parted(text, quantity, start, end)):
            continue
        cue = next((c for c in words[word] if quantity.family in c.units), None)
        if cue and start > quantity.end and quantity.family == "money" and _FUNDS.search(text[quantity.end : start]):
            continue
        if (quantity.family in ("time", "money") and _SAVED.match(text, end)) or (
            cue and not fits(text, quantity, cue)
        ):
            continue
        # Words for another unit say nothing of this number; words of the accounts say that it is none of ours.
        if (cue or word in accounts) and (best is None or distance < best[0]):
            best = distance, cue, start, end
    if best and (chosen := best[1]):
        near = _governs(text, quantity, best[2], best[3]) and not chosen.change_needed(quantity.family)
        near = near and is_stated(text, quantity, best[2], best[3])
        compared = chosen.relative and quantity.family == "multiple" and compares(text, quantity)
        return Metric(quantity, chosen.named(quantity.family), (chosen.sure or compared) and near, chosen, stated=near)
    implied = implied_by(quantity.family)
    if quantity.family == "multiple" and not compares(text, quantity):
        return None
    if implied is None or best is not None or not fits(text, quantity, implied):
        return None
    return Metric(quantity, implied.metric, False, implied, said=False)


def fits(text: str, quantity: Quantity, cue: Cue) -> bool:
    """Return whether the words beside a number let it be one of ``cue``."""
    if cue.change_needed(quantity.family):
        return bool(_CHANGE.search(_around(text, quantity)))
    if cue.relative and _COMPARED_WITH.search(text, max(0, quantity.start - _NEAR), quantity.start):
        return False
    written = any(map(str.isdigit, text[quantity.start : quantity.end]))
    if cue.relative and written and quantity.family == "percent":
        return bool(
            _BETTER.match(text, quantity.end) or _IMPROVES.search(text[max(0, quantity.start - _NEAR) : quantity.start])
        )
    return quantity.family != "money" or not _DIFFERENCE.match(text, quantity.end)


def compares(text: str, quantity: Quantity) -> bool:
    """Return whether the words right after a multiple compare work or equipment ("3x faster")."""
    return bool(_COMPARES.match(text, quantity.end))


def _parted(text: str, quantity: Quantity, start: int, end: int) -> bool:
    between = text[end : quantity.start] if end <= quantity.start else text[quantity.end : start]
    if (
        end <= quantity.start
        and _WORDS_BEHIND.match(text, quantity.end)
        and _SUM_BEFORE.search(text[max(0, start - _REACH) : start])
    ):
        return True
    # "$4 billion in capital expenditures and returned $6 billion": another verb has another sum.
    if (
        end <= quantity.start
        and _ANOTHER_VERB.search(between)
        and re.search(r"[$€£]\s?\d", text[max(0, start - _NEAR) : start])
    ):
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
        if subject := meant(metric, subject_of(place), text):
            yield reading(view, start, end, metric, subject, start, "")


def is_read(view: BlockView, metric: Metric, words: str, sentence: bool) -> bool:
    """Return whether documents of this kind are read for ``metric``, and ``words`` are not about the market or the accounts."""
    cue = metric.cue
    if view.context.document.kind == "filing" and not cue.filings:
        return False
    barred = (cue.unless, cue.unless_in_sentence if sentence else None)
    return not any(pattern and _says(pattern, words) for pattern in barred)


@lru_cache(maxsize=32)
def _says(pattern: re.Pattern[str], words: str) -> bool:
    """Return whether ``words`` (a row's, for each of its cells) have one of ``pattern``."""
    return bool(pattern.search(words))


def meant(metric: Metric, subject: Subject | None, words: str) -> Subject | None:
    """Return whom a number in ``words`` is of: ``subject``, the industry where money is spent on things, or nobody.

    A multiple that only its comparative says to be one is a product's, or of work that is faster.
    """
    if subject is None:
        return None
    if not metric.said and metric.quantity.family == "multiple" and subject.party.kind != "Offering":
        return subject if _FASTER.match(words, metric.quantity.end) else None
    spent = metric.metric.startswith("capital expenditure") and metric.quantity.family == "money"
    if not spent or subject.party.named or is_group(subject.party.name):
        return subject
    return Subject(Party("industry", subject.party.surface, "AnonymousParty", named=False), subject.fill, False)


def is_big(metric: Metric) -> bool:
    """Return whether only organizations and sites have what is measured: capital expenditure, megawatts."""
    quantity = metric.quantity
    power = quantity.family == "power" and not quantity.unit.lower().startswith("k")
    return power or metric.metric.startswith(("capital expenditure", "backlog", "capacity growth"))


def reading(
    view: BlockView, start: int, end: int, metric: Metric, subject: Subject, offset: int, header: str
) -> Reading:
    """Return the claim that ``subject`` has ``metric``, made by the text from ``start`` to ``end``.

    ``offset`` is where the text begins that the quantity's own offsets count from; ``header`` is the column's, if any.
    """
    document, quantity = view.context.document, metric.quantity
    written = f"{quantity.value} {quantity.unit}".strip()
    # A row of thousands of cells is not read anew for each: the number's surroundings are enough.
    first = max(start, offset + quantity.start - _SURROUNDINGS)
    whole, at = document.text[first : min(end, offset + quantity.end + _SURROUNDINGS)], offset - first + quantity.start
    until = at + quantity.end - quantity.start
    clause = metric_frame.clause_around(whole, at, until)
    period = metric_frame.period_of(header, clause)
    qualifiers = {
        "metric": metric.metric,
        "value": quantity.value,
        "unit": quantity.unit or (work_of(header) if quantity.family == "amount" else ""),
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
        quality=_SURE if _is_sure(metric, subject) and not _is_lender(view, subject) else _UNSURE,
    )


def _is_lender(view: BlockView, subject: Subject) -> bool:
    """Return whether the subject is in finance: its sums are estimates and loans more often than its own spending."""
    organization = view.context.registry.organizations.get(subject.party.key)
    return organization is not None and organization.segment == "finance"


def _is_sure(metric: Metric, subject: Subject) -> bool:
    """Return whether words and subject leave no doubt; of work compared only a product's, of megawatts a speaker's own."""
    if not (subject.sure and subject.party.named) or (metric.cue.relative and subject.party.kind != "Offering"):
        return False
    spoken = subject.fill is not None and subject.fill.source == "speaker"
    if not metric.cue.sure and subject.fill is not None and not spoken:
        return False
    return metric.sure or (spoken and metric.said and metric.stated and metric.quantity.family == "power")
