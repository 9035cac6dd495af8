"""The verdict on each claim of one document, and what was missed. What belongs here: right, wrong, doubtful. No figures.

A claim is right where the gold states the same; open where the gold leaves it open, or files it under the twin heading;
else wrong. A gold claim is found where any claim states it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from tests.score.matching import Stated, is_twin, same_but_for_polarity, same_fact, same_words, stated

Verdict = Literal["right", "wrong", "open"]
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim of the extractor with its verdict.

    ``quoted`` tells whether it stands on the words that the gold quotes, ``modality`` whether the modality agrees there
    (None where not quoted), ``denied`` whether only the polarity kept it from being right.
    """

    claim: Record
    verdict: Verdict
    quoted: bool = False
    modality: bool | None = None
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Sought:
    """A gold claim with what states it: the claims that agree, and those of them that stand on its words."""

    gold: Record
    found: tuple[Record, ...]
    quoted: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """All verdicts on one or more documents."""

    judged: list[Judged]
    sought: list[Sought]


def judge(golds: Iterable[Record], claims: Iterable[Record], documents: Iterable[str]) -> Verdicts:
    """Return the verdicts on ``claims`` against ``golds`` in each of ``documents`` (key ``doc`` of both)."""
    by_document: dict[str, list[Stated]] = {document: [] for document in documents}
    for record in golds:
        by_document[record["doc"]].append(stated(record))
    systems = [stated(record) for record in claims if record["doc"] in by_document]
    judged = [_judged(by_document[found.record["doc"]], found) for found in systems]
    sought = []
    for document, listed in by_document.items():
        own = [found for found in systems if found.record["doc"] == document]
        sought += [_sought(gold, own) for gold in listed if not gold.doubtful]
    return Verdicts(judged, sought)


def _judged(golds: list[Stated], found: Stated) -> Judged:
    same = [gold for gold in golds if same_fact(gold, found)]
    if not same:
        if any(is_twin(gold, found) for gold in golds):
            return Judged(found.record, "open")
        denied = any(same_but_for_polarity(gold, found) for gold in golds if not gold.doubtful)
        return Judged(found.record, "wrong", denied=denied)
    if all(gold.doubtful for gold in same):
        return Judged(found.record, "open")
    quoted = [gold for gold in same if same_words(gold, found)]
    modality = quoted[0].record["modality"] == found.record["modality"] if quoted else None
    return Judged(found.record, "right", bool(quoted), modality)


def _sought(gold: Stated, systems: list[Stated]) -> Sought:
    same = [found for found in systems if same_fact(gold, found)]
    quoted = tuple(found.record for found in same if same_words(gold, found))
    return Sought(gold.record, tuple(found.record for found in same), quoted)
