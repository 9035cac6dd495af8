"""Whether a number is the level of what is measured. What belongs here: changes, thresholds, other sums, suppositions.

What does not: what is measured (``metrics``), or of whom (``measured``). A change, or a limit that belongs to something else,
is no metric; a number that other words part from its measure, or that is only supposed, may be one and stays unsure. Words are
data (``graph/ontology/metrics.yml``).
"""

import re
from functools import cache

from graph.model import load_ontology
from pipelines.nlp.metric_frame import clause_around
from pipelines.nlp.quantities import Quantity

# How many characters before and behind a number its change or limit is said in.
_REACH = 90
_CLOSE = 45
# A part of a number's name, a period, a sign: "(FY26)", "Q3", "12", "–".
_NUMBERED = re.compile(r"[A-Za-z]{0,2}['’]?\d[\w.,%-]*|\W+")
_NAME = re.compile(r"[A-Z][\w&.-]*")
_TO_MORE = re.compile(r" to (?:\S+ ){0,2}?\d")


def is_level(text: str, quantity: Quantity) -> bool:
    """Return whether a sum or a power is no change of a level ("by 120 MW") and no limit of something else ("beyond the $9B")."""
    if quantity.family not in ("money", "power"):
        return True
    before = text[max(0, quantity.start - _REACH) : quantity.start]
    changed, changing, limits, differences = _patterns()
    if changed.search(before) or limits.search(before) or differences.match(text, quantity.end):
        return False
    return not (changing.search(before) and _TO_MORE.match(text, quantity.end))


def is_stated(text: str, quantity: Quantity, start: int, end: int) -> bool:
    """Return whether a sum or a power is said to be the level of what the words from ``start`` to ``end`` measure.

    Nothing but a verb of being, a period and names may stand between them; suppositions and parts of a level say none.
    """
    if quantity.family not in ("money", "power"):
        return True
    between = text[end : quantity.start] if end <= quantity.start else text[quantity.end : start]
    words = _linking()
    tokens = [token.strip("():;,=~≈'’\"*") for token in between.split()]
    if not all(t.lower() in words or _NUMBERED.fullmatch(t) or _NAME.fullmatch(t) for t in tokens):
        return False
    supposed, parts_before, parts_behind = _doubts()
    if re.search(rf"\b{_words('parts_of_level')}\b", between, re.I):
        return False
    if parts_before.search(text[max(0, min(start, quantity.start) - _CLOSE) : quantity.start]):
        return False
    if parts_behind.match(text, max(end, quantity.end)):
        return False
    return not supposed.search(clause_around(text, quantity.start, quantity.end))


@cache
def _words(key: str) -> str:
    words: list[str] = load_ontology().lexicons["metrics"][key]
    return "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")"


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return what changes a number right before it, what changes anything, whose limit it is, and differences behind it."""
    change = _words("change_verbs")
    return (
        re.compile(
            rf"\b{_words('changed_by')} (?:by )?\Z|\b{change}\b(?:(?!\b\w+(?:ed|et)\b|[.;•|]).){{0,60}}\bby \Z", re.I
        ),
        re.compile(rf"\b{change}\b(?:(?!\bfrom\b|[.;•|]).){{0,60}}\Z", re.I),
        re.compile(rf"\b{_words('limits_of_others')} (?:[^\s,;]+ ){{0,2}}\Z", re.I),
        re.compile(rf"\s(?:[\w/-]+ ){{0,2}}?{_words('differences')}\b", re.I),
    )


@cache
def _doubts() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return words of a supposition, and those of a part of a level before and behind a number."""
    return (
        re.compile(rf"\b{_words('supposed')}\b", re.I),
        re.compile(rf"\b(?:{_words('parts_of_level')}|{_words('needed')}) (?:[^\s,;]+ )?\Z", re.I),
        re.compile(rf"(?: [\w-]+){{0,2}} {_words('parts_of_level')}\b", re.I),
    )


@cache
def _linking() -> frozenset[str]:
    return frozenset(load_ontology().lexicons["metrics"]["level_words"])
