"""EXPOSED_TO and RELIEVES in sentences. What belongs here: from scarcities and parties to readings, with their force.

Which scarcity a sentence states is ``limits``'s, whom it limits ``exposed``'s; items and rows whose heading gives the risk are
read elsewhere. How far each construction is trusted is data (``trust`` in ``exposed_to.yml``).
"""

import re
from collections.abc import Iterator

from graph.model import Ontology, load_ontology
from pipelines.nlp import exposed, force, relief
from pipelines.nlp.exposed import Exposed
from pipelines.nlp.limits import Limit, limits_in
from pipelines.nlp.reading import BlockView, Mention, Reading
from pipelines.records import Modality, Party, Polarity

_DENIED = re.compile(
    r"\b(?:no longer|not|never|without|neither|no|n't)(?: (?:a|an|any|currently|yet|been|be|be|face|facing|experience|experienced|expect|subject to|the|require|requires|significantly|materially|main|real))*\s$|\(not $",
    re.I,
)
_OCCURRED = re.compile(
    r"\b(?:has|have|had)(?: (?!to\b)\w+){0,3}? (?:\w+ed|been|led|caused|become|hurt|hit|not received|grown|driven)\b"
    r"|\b(?:was|were) (?:\w+ )?(?:\w+ed|unable|hit|hurt)\b|\b(?:experienced|impacted|delayed|limited|harmed|led to|announced|suffered|transitioned|incurred|imposed|added|banned|missed|resulted|caused|decreased|constrained us)\b(?! by)",
    re.I,
)
_MAY = re.compile(
    r"\b(?:may|might|could|would|can|likely|possibly|potential|potentially|risk|uncertain|no assurance|ability to)\b",
    re.I,
)
_IF = re.compile(
    r"^\W*(?:if|unless|in the event|failure|should (?:we|our)|when)\b|\b(?:if|unless|in the event)\b", re.I
)
_PLANNED = re.compile(r"\b(?:will|shall|expects? to)\b", re.I)
_CLAUSE = re.compile(r"[;:•]\s")


def may_hold(sentence: str, _ontology: Ontology) -> bool:
    """Return whether ``sentence`` states a scarcity at all."""
    return bool(limits_in(sentence))


def read(view: BlockView, start: int, end: int, mentions: list[Mention]) -> Iterator[Reading]:
    """Yield what one sentence says about scarcities."""
    text = view.context.document.text[start:end]
    eased = list(relief.read(view, start, end, mentions))
    yield from eased
    relieved = {reading.object.name for reading in eased}
    for limit in limits_in(text):
        if limit.code not in relieved:
            yield from _exposed(view, start, end, mentions, limit)


def _exposed(view: BlockView, start: int, end: int, mentions: list[Mention], limit: Limit) -> Iterator[Reading]:
    text = view.context.document.text[start:end]
    clause = _clause(text, limit)
    polarity: Polarity = "negative" if _DENIED.search(text[: limit.start]) else "positive"
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
    quality = trust[kind].get(f"{limit.how}.{who.how}", 0.6)
    return quality if polarity == "positive" else min(quality, 0.6)


def _clause(text: str, limit: Limit) -> str:
    """Return the part of the sentence between semicolons and colons that holds ``limit``."""
    cuts = [0, *(m.end() for m in _CLAUSE.finditer(text)), len(text)]
    return next(text[a:b] for a, b in zip(cuts, cuts[1:], strict=False) if a <= limit.start < b or b == len(text))


def _force(text: str, clause: str, limit: Limit) -> tuple[Modality, str]:
    """Return modality and severity: what came about counts before what may; a condition only where the limit stands in it."""
    if _OCCURRED.search(clause):
        return "asserted", "has_occurred"
    condition = _IF.search(clause)
    at = clause.find(text[limit.start : limit.end])
    if condition and condition.start() <= at and (condition.start() == 0 or at - condition.end() < 80):
        return "conditional", "may"
    if _MAY.search(clause):
        return "hedged", "may"
    if _PLANNED.search(clause):
        return "planned", "may"
    return force.modality_of(clause), "is"
