"""EXPOSED_TO and RELIEVES: a named scarcity beside a word of limit, or of relief. What belongs here: that reader.

Terms are data (``bottlenecks.yml``, ``exposed_to.yml``, ``relieves.yml``). The subject is who the sentence is about: the
first person, else the one organization or offering it names first, else nobody (no claim is made of a guess).
"""

import re
from collections.abc import Iterator
from functools import cache

from graph.model import Ontology, load_ontology
from pipelines.nlp import force
from pipelines.nlp.reading import BlockView, Filled, Mention, Reading
from pipelines.records import Party, Polarity

_FIRST_PERSON = re.compile(r"\b(?:we|us|our)\b", re.I)
_NEAR = 160
# How far after the word of relief the scarcity may stand: beyond it the sentence speaks of something else.
_RELIEF_REACH = 60
_DENIED = re.compile(r"\b(?:not|never|no longer)(?: \w+)?\s$", re.I)


@cache
def _terms() -> list[tuple[str, str, re.Pattern[str]]]:
    found = []
    for b in load_ontology().bottlenecks.values():
        words = sorted(b.reading.get("terms", ()), key=len, reverse=True)
        flags = re.NOFLAG if all(w.isupper() for w in words) else re.I
        found.append(
            (b.code, b.name, re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, words)) + r")(?!\w)", flags))
        )
    return found


@cache
def _words(predicate: str, key: str) -> re.Pattern[str]:
    words = sorted(load_ontology().predicates[predicate].reading[key], key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)", re.I)


def may_hold(sentence: str, _ontology: Ontology) -> bool:
    """Return whether ``sentence`` names a scarcity at all."""
    return any(pattern.search(sentence) for _, _, pattern in _terms())


def read(view: BlockView, start: int, end: int, mentions: list[Mention]) -> Iterator[Reading]:
    """Yield what one sentence says about scarcities."""
    text = view.context.document.text[start:end]
    subject = _subject(view, text, mentions)
    if subject is None:
        return
    for code, _name, pattern in _terms():
        term = pattern.search(text)
        if not term:
            continue
        near = text[max(0, term.start() - _NEAR) : term.end() + _NEAR]
        party, fill = subject
        if relief := _words("RELIEVES", "verbs").search(text):
            reach = text[relief.end() : relief.end() + _RELIEF_REACH]
            opens = mentions and not fill and mentions[0].start - start < relief.start()
            if party.named and opens and pattern.search(reach):
                polarity: Polarity = "negative" if _DENIED.search(text[: relief.start()]) else "positive"
                yield _reading("RELIEVES", start, end, party, fill, code, text, 0.72, polarity)
            continue
        if limit := _words("EXPOSED_TO", "limits").search(near):
            polarity = "negative" if _DENIED.search(near[: limit.start()]) else "positive"
            yield _reading("EXPOSED_TO", start, end, party, fill, code, text, _quality(fill, start, mentions), polarity)


def _quality(fill: Filled | None, start: int, mentions: list[Mention]) -> float:
    """Return how sure the subject is: the filer's own words, a name that opens the sentence, any other name."""
    if fill and fill.source == "filer":
        return 0.85
    return 0.72 if mentions and mentions[0].start - start < 12 else 0.6


def _subject(view: BlockView, text: str, mentions: list[Mention]) -> tuple[Party, Filled | None] | None:
    if _FIRST_PERSON.search(text) and view.first_person:
        return view.first_person.party, view.first_person
    named = [m for m in mentions if m.party.kind == "Organization"]
    if len({m.party.identity for m in named}) == 1 and named[0].start - view.block.start < 200:
        return named[0].party, None
    return None


def _reading(
    predicate: str,
    start: int,
    end: int,
    party: Party,
    fill: Filled | None,
    code: str,
    text: str,
    quality: float,
    polarity: Polarity,
) -> Reading:
    modality = force.modality_of(text)
    qualifiers = {"severity": force.severity_of(text, modality)} if predicate == "EXPOSED_TO" else {"mechanism": ""}
    return Reading(
        predicate=predicate,
        subject=party,
        object=Party(code, code, "Bottleneck", code),
        start=start,
        end=end,
        method=f"rule:{predicate.lower()}.{'limit' if predicate == 'EXPOSED_TO' else 'relief'}",
        polarity=polarity,
        modality=modality,
        qualifiers={k: v for k, v in qualifiers.items() if v},
        fills={"subject": fill} if fill else {},
        quality=quality,
    )
