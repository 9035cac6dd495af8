"""RELIEVES in sentences: somebody or something eases a scarcity. What belongs here: that reader.

A verb of relief with the scarcity close behind it, and a subject before the verb: a name, first person, or a technology that the text
describes without naming its maker.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from graph.model import load_ontology
from pipelines.nlp import force
from pipelines.nlp.limits import Hit, scan
from pipelines.nlp.reading import BlockView, Filled, Mention, Reading
from pipelines.records import Party, Polarity

# How far behind the verb the scarcity may stand: beyond it the sentence speaks of something else.
_REACH = 60
# First person counts right before the verb only: "our design eases", not "we believe that customers will avoid".
_OWN = 40
_FIRST_PERSON = re.compile(r"\b(?:we|our)\b", re.I)
_OURS = re.compile(r"\bour (?:[\w-]+ ){1,5}$", re.I)
_STOP = re.compile(r"[.;:!?,]|\b(?:but|while|which|because|whereas)\b")
# "Avoids sending latency": what is avoided is an act.
_ACT = re.compile(r" [a-z]+ing\b")
_DENIED = re.compile(r"\b(?:not|never|no longer|cannot|n't)(?: \w+)?\s$", re.I)
# A description that may stand as the subject: a few words from the start of the sentence up to the verb.
_DESCRIBED = re.compile(
    r"^\W*(?:[A-Z][\w ]{2,30}: )?((?:[A-Za-z][\w/-]*(?: \([^)]*\))?\s){1,6}?)(?:(?:can|could|may|might|will|would|helps?|also|directly|effectively|\w+ly|to) )*$"
)
_NO_SUBJECT = re.compile(
    r"^(?:this|that|it|they|these|those|which|we|he|she|to|if|when|as|in|by|for|and|or|with|there|but|how|why|what|while|efforts|failure|further|thus|thereby|hence|instead)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Subject:
    party: Party
    how: str
    fill: Filled | None = None


@cache
def _mechanism() -> re.Pattern[str]:
    words = "|".join(map(re.escape, load_ontology().predicates["RELIEVES"].reading["mechanism_words"]))
    return re.compile(rf"\b(?:{words}) ([^.;:]{{3,80}})", re.I)


def read(view: BlockView, start: int, end: int, mentions: list[Mention]) -> Iterator[Reading]:
    """Yield what one sentence says about who eases which scarcity."""
    text = view.context.document.text[start:end]
    hits = scan(text)
    for verb, scarcity in _pairs(text, hits):
        subject = _subject(view, text, start, mentions, verb)
        # A filer that lowers its own use or cost eases no scarcity; what a product does may.
        if subject is None or (
            view.context.filer and subject.how == "first_person" and not _OURS.search(text[: verb.start])
        ):
            continue
        polarity: Polarity = "negative" if _DENIED.search(text[: verb.start]) else "positive"
        behind = _mechanism().search(text, scarcity.end)
        yield Reading(
            predicate="RELIEVES",
            subject=subject.party,
            object=Party(scarcity.code, text[scarcity.start : scarcity.end], "Bottleneck", scarcity.code),
            start=start,
            end=end,
            method=f"rule:relieves.{subject.how}",
            polarity=polarity,
            modality=force.modality_of(text[: scarcity.end]),
            qualifiers={"mechanism": behind[1].strip()} if behind else {},
            fills={"subject": subject.fill} if subject.fill else {},
            quality=load_ontology().predicates["RELIEVES"].reading["trust"][subject.how],
        )


def eased(text: str) -> set[str]:
    """Return the codes of the scarcities that a sentence says are eased, whoever eases them."""
    return {scarcity.code for _, scarcity in _pairs(text, scan(text))}


def _pairs(text: str, hits: dict[str, list[Hit]]) -> Iterator[tuple[Hit, Hit]]:
    """Yield the verbs of relief with the first scarcity in their reach, one a code."""
    seen = set()
    for verbs, objects in (("relief", "relieved"), ("provides", "provided")):
        for verb in hits.get(verbs, ()):
            for scarcity in hits.get(objects, ()):
                between = text[verb.end : scarcity.start]
                near = (
                    0 <= scarcity.start - verb.end <= _REACH and not _STOP.search(between) and not _ACT.match(between)
                )
                if near and scarcity.code not in seen:
                    seen.add(scarcity.code)
                    yield verb, scarcity


def _subject(view: BlockView, text: str, start: int, mentions: list[Mention], verb: Hit) -> _Subject | None:
    before = [m for m in mentions if m.end - start <= verb.start and m.party.kind in ("Organization", "Offering")]
    if before:
        return _Subject(before[-1].party, "named")
    if view.first_person and _FIRST_PERSON.search(text[max(0, verb.start - _OWN) : verb.start]):
        return _Subject(view.first_person.party, "first_person", view.first_person)
    described = _DESCRIBED.match(text[: verb.start])
    if described and not _NO_SUBJECT.match(described[1]):
        label = described[1].strip()
        return _Subject(Party(label, label, "AnonymousParty", named=False), "described")
    return None
