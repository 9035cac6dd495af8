"""Why a claim is wrong or a gold claim is missed. What belongs here: the cause, told from both sides' words and parties."""

from collections.abc import Iterable

from tests.score.matching import Stated, same_but_for_polarity, same_fact, same_name, same_words


def cause_of_wrong(found: Stated, golds: list[Stated]) -> str:
    """Return in what a wrong claim differs from the nearest gold claim of its document."""
    return _difference(found, golds) or "states what nobody annotated"


def cause_of_miss(gold: Stated, found: list[Stated]) -> str:
    """Return in what the claims on the words of a missed gold claim differ, or which side its words do not name."""
    here = [claim for claim in found if same_words(gold, claim)]
    return _difference(gold, here) or _unread(gold)


def _difference(one: Stated, others: Iterable[Stated]) -> str:
    near = list(others)
    if any(same_but_for_polarity(one, other) and not same_fact(one, other) for other in near):
        return "polarity"
    if any(_is_turned(one, other) for other in near):
        return "direction"
    if any(_same_pair(one, other) and one.predicate != other.predicate for other in near):
        return "predicate"
    if one.predicate == "HAS_METRIC":
        return _metric_difference(one, near)
    beside = [other for other in near if other.predicate == one.predicate and same_words(one, other)]
    if any(same_name(one.object, other.object) for other in beside):
        return "subject"
    if any(same_name(one.subject, other.subject) for other in beside):
        return "object"
    return "both parties" if beside else ""


def _metric_difference(one: Stated, near: list[Stated]) -> str:
    metrics = [other for other in near if other.predicate == "HAS_METRIC"]
    if any(other.number == one.number for other in metrics):
        return "subject of the metric"
    return "number of the metric" if any(same_words(one, other) for other in metrics) else ""


def _same_pair(one: Stated, other: Stated) -> bool:
    return {one.subject, one.object} == {other.subject, other.object}


def _is_turned(one: Stated, other: Stated) -> bool:
    turned = one.subject == other.object and one.object == other.subject
    return turned and one.predicate == other.predicate and one.subject != one.object


def _unread(gold: Stated) -> str:
    sides = [gold.record["subject"]]
    if gold.predicate not in ("HAS_METRIC", "EXPOSED_TO", "RELIEVES"):
        sides.append(gold.record["object"])
    named = sum(_is_named(side, gold.words) for side in sides)
    if not gold.named:
        return "nothing read, a party unnamed"
    places = {0: "nothing read, no party in the words", len(sides): "nothing read, all parties in the words"}
    return places.get(named, "nothing read, one party in the words")


def _is_named(side: str, words: Iterable[str]) -> bool:
    first = side.lower().split()[0].strip("(),.’'")
    return first in set(words)
