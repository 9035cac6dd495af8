"""EXPOSED_TO and RELIEVES in sentences. What belongs here: from scarcities and parties to readings, with their force.

Which scarcity a sentence states is ``limits``'s, whom it limits ``exposed``'s; items and rows whose heading gives the risk are
read elsewhere. How far each construction is trusted is data (``trust`` in ``exposed_to.yml``).
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from graph.model import load_ontology
from pipelines.nlp import exposed, force, relief
from pipelines.nlp.exposed import Exposed
from pipelines.nlp.limits import Limit, limits_in
from pipelines.nlp.reading import BlockView, Mention, Reading
from pipelines.records import Modality, Party, Polarity

_DENIED = re.compile(
    r"(?:\b(?:is|are|was|were|be|do|does|did|have|has|had|will|would) (?:not|no longer|never)|\b(?:no|without|neither)|n['’]t)(?: (?:a|an|any|currently|yet|been|be|face|facing|experienced?|expect|subject to|the|requires?|significantly|materially|main|real))*\s$"
    r"|\(not $",
    re.I,
)
# "A shortage did not limit its output": the denial stands between the scarcity and what it would do.
_DENIED_AFTER = re.compile(
    r"(?: [\w-]+){0,4}? (?:(?:did|do|does|has|have|had|is|are|was|were)(?: not| never|n['’]t)|no longer)"
    r"(?: (?:yet|been|materially|significantly|currently))*"
    r" (?:limit|restrict|affect|impact|constrain|hurt|harm|delay|prevent|disrupt|hamper|hinder|slow|reduc)",
    re.I,
)
# What is said not to fall under the limit, within a statement about something else: no claim.
_SPARED = re.compile(
    r"\bcompl(?:iance|y|ying) with(?: [\w,-]+){0,3}\s$|\bnot (?:subject to|requir\w+|restricted by|covered by|affected by)(?: \w+){0,3}\s$",
    re.I,
)
_MAY = re.compile(r"\b(?:may|might|could|would|can|likely|possibly|potential|potentially|no assurance)\b", re.I)
_IF = re.compile(r"^\W*(?:if|unless|in the event|failure|should (?:we|our))\b|\b(?:if|unless|in the event)\b", re.I)
# "What they can train" tells what is limited, not how surely.
_ASIDE = re.compile(r"\b(?:what|how|where|whether|whom|when) \w+ (?:can|could|may|might)\b", re.I)
_PLANNED = re.compile(r"\bwill\b", re.I)
_NOT_OWN = re.compile(r"\W*(?:see|read|related|next)\b[: ]", re.I)
_CLAUSE = re.compile(r"[;:•]\s")


@cache
def _came_about() -> re.Pattern[str]:
    """Return the pattern of what came about: perfect, passive past, an actor's act, and a simple past with its object."""
    reading = load_ontology().predicates["EXPOSED_TO"].reading
    done, past, actors, acts = ("|".join(reading[key]) for key in ("came_about", "simple_past", "rule_makers", "acts"))
    return re.compile(
        rf"\b(?:has|have|had)(?: (?!to\b)[\w-]+){{0,4}}? (?:{done})\b|\b(?:was|were|did)(?: \w+)? (?:{done}|unable|not)\b"
        rf"|\b(?:we|it|they|{actors}) (?:{acts})\b|\b(?:announced|issued|imposed) (?:[\w-]+ ){{0,4}}(?:requirements|rules|controls|restrictions|sanctions)"
        # No participle behind "be", "is", "are" or an adverb.
        rf"|(?<!be )(?<!is )(?<!are )(?<!ly )(?<!being )\b(?:{past}) (?:our|the|us|some|certain|many|its|their|several|shipments|delays|higher)\b",
        re.I,
    )


@cache
def _again() -> re.Pattern[str]:
    """Return the pattern of what came about and may do so again ("has limited and may limit")."""
    done = "|".join(load_ontology().predicates["EXPOSED_TO"].reading["came_about"])
    return re.compile(
        rf"\b(?:has|have)(?: [\w-]+){{0,3}}? (?:{done})\b[^.;]{{0,60}}?,? and(?:,? in the future,?)? (?:may|could|might|can|will)\b"
        r"|\b(?:has|have) (?:in the past|previously|from time to time|already)\b|\bha(?:s|ve)(?:,? and|, or) (?:may|could|might|will)\b"
        r"|\w+ed,? and (?:may|could|might|will|can)(?: also)? (?:continue|again|in the future)\b",
        re.I,
    )


def _markers() -> tuple[tuple[re.Pattern[str], Modality, str], ...]:
    return (_came_about(), "asserted", "has_occurred"), (_MAY, "hedged", "may"), (_PLANNED, "planned", "may")


def read(view: BlockView, start: int, end: int, mentions: list[Mention]) -> Iterator[Reading]:
    """Yield what one sentence says about scarcities."""
    text = view.context.document.text[start:end]
    yield from relief.read(view, start, end, mentions)
    relieved = relief.eased(text)
    for limit in [] if _NOT_OWN.match(text) else limits_in(text):
        if limit.code not in relieved and not _SPARED.search(text[: limit.begin]):
            yield from _exposed(view, start, end, mentions, limit)


def _exposed(view: BlockView, start: int, end: int, mentions: list[Mention], limit: Limit) -> Iterator[Reading]:
    text = view.context.document.text[start:end]
    clause = _clause(text, limit)
    denied = _DENIED.search(text[: limit.begin]) or _DENIED_AFTER.match(text[limit.end :])
    polarity: Polarity = "negative" if denied else "positive"
    modality, severity = _force(text, clause, limit)
    for who in exposed.exposed_by(view, start, text, mentions, limit):
        yield Reading(
            predicate="EXPOSED_TO",
            subject=who.party,
            object=Party(limit.code, text[limit.start : limit.end], "Bottleneck", limit.code),
            start=start,
            end=end,
            method=f"rule:exposed_to.{limit.how}.{who.how}",
            polarity=polarity,
            modality=modality,
            qualifiers={"severity": severity},
            fills={"subject": who.fill} if who.fill else {},
            quality=_quality(view, who, limit, polarity),
        )


def _quality(view: BlockView, who: Exposed, limit: Limit, polarity: Polarity) -> float:
    trust = load_ontology().predicates["EXPOSED_TO"].reading["trust"]
    kind = "filing" if view.context.filer else "other"
    quality: float = trust[kind].get(f"{limit.how}.{who.how}", 0.6)
    return quality if polarity == "positive" else min(quality, 0.6)


def _clause(text: str, limit: Limit) -> str:
    """Return the part of the sentence between semicolons and colons that holds ``limit``."""
    cuts = [0, *(m.end() for m in _CLAUSE.finditer(text)), len(text)]
    return next(text[a:b] for a, b in pairwise(cuts) if a <= limit.start < b or b == len(text))


def _force(text: str, clause: str, limit: Limit) -> tuple[Modality, str]:
    """Return modality and severity by the marker nearest to the limit; what came about "and may again" came about."""
    clause = _ASIDE.sub(lambda match: " " * len(match[0]), clause)
    at = max(0, clause.find(text[limit.start : limit.end]))
    condition = _IF.search(clause)
    if condition and condition.start() <= at and (condition.start() == 0 or at - condition.end() < 80):
        return "conditional", "may"
    markers: list[tuple[int, Modality, str]] = []
    for pattern, modality, severity in _markers():
        markers += [(_gap(m, at), modality, severity) for m in pattern.finditer(clause)]
    if not markers:
        return force.modality_of(clause), "is"
    _, modality, severity = min(markers, key=lambda marker: marker[0])
    if severity != "has_occurred" and _again().search(clause):
        return "asserted", "has_occurred"
    return modality, severity


def _gap(match: re.Match[str], at: int) -> int:
    return max(match.start() - at, at - match.end(), 0)
