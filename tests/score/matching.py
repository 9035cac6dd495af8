"""When a claim of the extractor is one that the gold holds. What belongs here: that comparison, by the annotation guide.

Two claims agree when predicate, parties and polarity do. A supply seen from its two ends (SUPPLIES a → b, DEPENDS_ON b → a)
is one fact; rivals and partners have no direction; a metric agrees by its number; of a claim with an unnamed party the named
end decides. Names agree without forms of company, and where ``names.yml`` lists them as one. No file is read here and nothing is counted.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

from graph.model import load_ontology

SYMMETRIC = frozenset(p.name for p in load_ontology().predicates.values() if p.symmetric)
SCARCITIES = frozenset({"EXPOSED_TO", "RELIEVES"})
# One deal under two headings of the guide: what the gold files under one counts neither for nor against under the other.
TWINS = ({"COMMITS_TO", "SUPPLIES"}, {"OWNS", "FINANCES"}, {"COMMITS_TO", "DEPENDS_ON"})
SAME_WORDS = 0.5
TOLERANCE = 0.01

_NAMES = Path(__file__).parent / "names.yml"
_BRACKETS = re.compile(r"\(.*?\)")
_SIGNS = re.compile(r"[^\w+]+")
_NUMBER = re.compile(r"-?\d[\d,]*\.?\d*")
_MINIMUM = 5


@dataclass(frozen=True)
class Stated:
    """One claim, of the gold or of the extractor, in the form in which claims are compared; ``record`` is its JSON object."""

    predicate: str
    subject: str
    object: str
    polarity: str
    named: bool
    record: dict[str, Any]

    @cached_property
    def words(self) -> Counter[str]:
        """Return the words of the quote, counted."""
        return Counter(re.findall(r"\w+", self.record["quote"].lower()))

    @cached_property
    def number(self) -> float | None:
        """Return the number that a metric states."""
        value = self.record.get("qualifiers", {}).get("value", self.record.get("object"))
        found = _NUMBER.search(str(value))
        return float(found[0].replace(",", "")) if found else None

    @property
    def doubtful(self) -> bool:
        """Return whether the annotators left open if this is a claim."""
        return bool(self.record.get("doubtful"))


def stated(record: dict[str, Any]) -> Stated:
    """Return the comparable form of a record of the annotation guide."""
    return Stated(
        record["predicate"],
        normal(record["subject"]),
        normal(record["object"]),
        record["polarity"],
        record.get("named", True),
        record,
    )


def same_fact(gold: Stated, found: Stated) -> bool:
    """Return whether both state the same, wherever in the document."""
    return gold.polarity == found.polarity and same_but_for_polarity(gold, found)


def same_but_for_polarity(gold: Stated, found: Stated) -> bool:
    """Return whether both are of the same parties under the same predicate, one perhaps denying it."""
    if gold.predicate != found.predicate:
        if {gold.predicate, found.predicate} != {"SUPPLIES", "DEPENDS_ON"}:
            return False
        found = _turned(found)
    if gold.predicate == "HAS_METRIC":
        return _same_number(gold.number, found.number) and same_name(gold.subject, found.subject)
    if gold.predicate in SCARCITIES:
        code, other = gold.object.split(" ")[0], found.object.split(" ")[0]
        return code == other and same_name(gold.subject, found.subject)
    either = gold.predicate in SYMMETRIC
    return _same_ends(gold, found) or (either and _same_ends(gold, _turned(found)))


def same_words(gold: Stated, found: Stated) -> bool:
    """Return whether the quotes share at least half of the words of the shorter one."""
    shorter = min(gold.words.total(), found.words.total())
    return (gold.words & found.words).total() >= SAME_WORDS * max(1, shorter)


def is_twin(gold: Stated, found: Stated) -> bool:
    """Return whether gold files the same words of the same two parties under the other heading of one deal."""
    return (
        {gold.predicate, found.predicate} in TWINS
        and {gold.subject, gold.object} == {found.subject, found.object}
        and same_words(gold, found)
    )


def same_name(one: str, other: str) -> bool:
    """Return whether two normal names mean the same party: equal, or one the other's first words ("Acme", "Acme Cloud")."""
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _MINIMUM and longer.startswith(f"{shorter} ")


@cache
def normal(name: str) -> str:
    """Return a name without case, signs and forms of company; under its usual one where several are in use."""
    short = _without_forms(_plain(name))
    return _usual().get(short, short)


def _plain(name: str) -> str:
    return _SIGNS.sub(" ", _BRACKETS.sub(" ", name.lower().replace("&", " and "))).strip()


def _without_forms(plain: str) -> str:
    return " ".join(word for word in plain.split() if word not in _forms()) or plain


@cache
def _forms() -> frozenset[str]:
    lexicon = load_ontology().lexicons["names"]
    return frozenset({*(form.lower() for form in (*lexicon["legal"], *lexicon["holding"])), "the", "group"})


@cache
def _usual() -> dict[str, str]:
    listed: dict[str, list[str]] = yaml.safe_load(_NAMES.read_text(encoding="utf-8"))
    return {_without_forms(_plain(name)): _plain(usual) for usual, names in listed.items() for name in (usual, *names)}


def _turned(claim: Stated) -> Stated:
    return replace(claim, subject=claim.object, object=claim.subject)


def _same_number(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return False
    return abs(one - other) <= TOLERANCE * max(abs(one), abs(other))


def _same_ends(gold: Stated, found: Stated) -> bool:
    if gold.named != found.named:
        return False
    if gold.named:
        return same_name(gold.subject, found.subject) and same_name(gold.object, found.object)
    return gold.subject == found.subject or gold.object == found.object
