"""Tags and text that say the same: one claim. What belongs here: when a reading of a tag and one of the words speak of one thing.

The tag gives period and number, the words give their own label or the clearer sentence; ``also`` names the method that agrees. Where
both speak of one thing in one sentence and the numbers differ, both are kept, each with the other's number as ``mismatch``.
"""

import re
from collections.abc import Iterable
from decimal import Decimal

from pipelines.nlp.reading import Reading
from pipelines.nlp.tag_places import number

# Confidence of the construction where tag and words agree, and of words that a tag contradicts.
_AGREED = 0.98
_CONTRADICTED = 0.6
# A tag below this is doubtful whatever the words say.
_SURE = 0.9
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12, "k": 3, "m": 6, "mn": 6, "b": 9, "bn": 9, "t": 12, "tn": 12}  # fmt: skip
_SCALE = re.compile(r"(" + "|".join(sorted(_SCALES, key=len, reverse=True)) + r")\b", re.I)
_LETTERED = re.compile(r"\b[A-Z]$")


def reconcile(words: Iterable[Reading], tags: list[Reading]) -> list[Reading]:
    """Return ``tags`` and those of ``words`` that no tag says, too; those that one contradicts keep the tag's number."""
    kept = []
    words = list(words)
    # A tag that one share of a sentence agrees with contradicts none of the others in it.
    told = {id(tag) for tag in tags for reading in words if _same(reading, tag)}
    for reading in words:
        same = [tag for tag in tags if _same(reading, tag)]
        for tag in same:
            _agree(tag, reading)
        if same:
            _relabel(reading, [tag for tag in tags if _of_one_sentence(reading, tag)])
            continue
        _contradict(reading, [tag for tag in tags if _of_one_sentence(reading, tag) and id(tag) not in told])
        kept.append(reading)
    return kept + tags


def _same(reading: Reading, tag: Reading) -> bool:
    if reading.predicate != tag.predicate or reading.polarity != tag.polarity:
        return False
    if tag.predicate == "SUPPLIES":
        return _same_share(reading, tag)
    if tag.predicate == "COMMITS_TO":
        return _same_amount(reading, tag)
    if tag.predicate == "HAS_METRIC":
        same_metric = reading.qualifiers.get("metric") == tag.qualifiers["metric"]
        return (
            same_metric and reading.subject.identity == tag.subject.identity and _agreeing(_value(reading), _value(tag))
        )
    same_party = reading.object.identity == tag.object.identity
    return same_party and reading.qualifiers.get("percent") in (None, tag.qualifiers["percent"])


def _same_share(reading: Reading, tag: Reading) -> bool:
    share = str(reading.qualifiers.get("share", ""))
    if reading.qualifiers.get("benchmark") != tag.qualifiers.get("benchmark") or not _same_side(reading, tag):
        return False
    if not _same_period(reading, tag):
        return False
    if not share:
        return "share" not in tag.qualifiers
    stated = _percents(share)
    told = _percents(str(tag.qualifiers.get("share", "")))
    if not _same_label(reading, tag) or not told:
        return False
    if share.startswith("≥"):
        return _overlap(reading, tag) and told[0] >= stated[0]
    return told[0] in stated


def _same_period(reading: Reading, tag: Reading) -> bool:
    """Return whether the days agree, where the words tell them; words that name one day mean the period that ends on it."""
    if reading.valid_from is None:
        return True
    instant = reading.valid_from == reading.valid_to
    return reading.valid_to == tag.valid_to and (instant or reading.valid_from == tag.valid_from)


def _same_side(reading: Reading, tag: Reading) -> bool:
    return reading.subject.identity == tag.subject.identity or reading.object.identity == tag.object.identity


def _same_label(reading: Reading, tag: Reading) -> bool:
    """Return whether two labels may mean one party: "Customer A" and "Customer B" may not, "one customer" and either may."""
    for of_words, of_tag in ((reading.subject, tag.subject), (reading.object, tag.object)):
        if of_words.named and of_tag.named and of_words.identity != of_tag.identity:
            return False
        letters = (_LETTERED.search(of_words.name), _LETTERED.search(of_tag.name))
        if letters[0] and letters[1] and letters[0][0] != letters[1][0]:
            return False
    return True


def _same_amount(reading: Reading, tag: Reading) -> bool:
    amount = str(reading.qualifiers.get("amount", ""))
    return _same_side(reading, tag) and _same_label(reading, tag) and _agreeing(amount, tag.qualifiers["amount"])


def _agree(tag: Reading, reading: Reading) -> None:
    """Let ``tag`` stand for ``reading``, too; of a metric the sentence of the words is the clearer one."""
    if tag.predicate == "HAS_METRIC":
        tag.quality = _AGREED
        if "also" not in tag.qualifiers:
            tag.start, tag.end, tag.object = reading.start, reading.end, reading.object
            tag.qualifiers |= {key: reading.qualifiers[key] for key in ("value", "unit") if key in reading.qualifiers}
    elif tag.quality >= _SURE:
        tag.quality = _AGREED
    tag.qualifiers.setdefault("also", reading.method)


def _relabel(reading: Reading, tags: list[Reading]) -> None:
    """Give ``tags`` the words' own label where all tags of the sentence mean one unnamed party."""
    if len({(tag.subject.name, tag.object.name) for tag in tags}) != 1:
        return
    for tag in tags:
        tag.subject = tag.subject if tag.subject.named else reading.subject
        tag.object = tag.object if tag.object.named else reading.object


def _of_one_sentence(reading: Reading, tag: Reading) -> bool:
    """Return whether words and tag tell of one kind of thing, of parties that may be one, in one sentence."""
    return (
        reading.predicate == tag.predicate
        and reading.predicate in ("SUPPLIES", "COMMITS_TO")
        and reading.qualifiers.get("benchmark") == tag.qualifiers.get("benchmark")
        and _overlap(reading, tag)
        and _same_side(reading, tag)
        and _same_label(reading, tag)
    )


def _contradict(reading: Reading, tags: list[Reading]) -> None:
    """Mark a share that the sentence's tags do not have; an amount that no tag has may be another one."""
    share = reading.qualifiers.get("share")
    # A row may hold columns that no tag has.
    if reading.predicate != "SUPPLIES" or not share or not tags or reading.method.startswith("table:"):
        return
    for tag in tags:
        tag.qualifiers["mismatch"] = share
    reading.qualifiers["mismatch"] = " and ".join(str(tag.qualifiers.get("share", "")) for tag in tags)
    reading.quality = min(reading.quality, _CONTRADICTED)


def _overlap(reading: Reading, tag: Reading) -> bool:
    return reading.start < tag.end and tag.start < reading.end


def _percents(share: str) -> list[Decimal]:
    return [value for found in _NUMBER.findall(share) if (value := number(found.replace(",", ""))) is not None]


def _agreeing(words: str, tag: str) -> bool:
    """Return whether ``words`` round what ``tag`` says: "$3.4 billion" of "$3,390 million"."""
    (stated, step), (told, _) = _money(words), _money(tag)
    return stated is not None and told is not None and abs(stated - told) <= step / 2


def _money(amount: str) -> tuple[Decimal | None, Decimal]:
    """Return an amount's value and its last shown digit's."""
    found = _NUMBER.search(amount)
    value = number(found[0].replace(",", "")) if found else None
    if found is None or value is None:
        return None, Decimal(0)
    scale = _SCALE.search(amount, found.end())
    power = Decimal(10) ** (_SCALES[scale[1].lower()] if scale else 0)
    return value * power, power / Decimal(10) ** len(found[0].partition(".")[2])


def _value(reading: Reading) -> str:
    return f"{reading.qualifiers.get('value', '')} {reading.qualifiers.get('unit', '')}"
