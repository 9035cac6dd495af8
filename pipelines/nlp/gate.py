"""The gate: which sentences are worth the parser. What belongs here: what a dependency pattern needs at least, off the words.

What does not: what a sentence says (``prose``). A sentence passes where it holds the trigger of a pattern, the prepositions
of its slots, and as many parties as the pattern joins. All that the patterns need is read off the ontology files.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from graph.model import load_ontology
from pipelines.nlp.mentions import owner_of
from pipelines.nlp.reading import BlockView, Mention, Sentence

if TYPE_CHECKING:
    from spacy.language import Language

_WORD = re.compile(r"[^\W\d_]+")
_TAKES_UP = frozenset(["it", "its", "company"])
_FIRST_PERSON = frozenset(["we", "us", "our", "ours", "ourselves", "company"])
# The preposition that a slot without one in its name stands behind.
_SLOT_WORDS = {"agent": "by", "competition_from": "from"}


@dataclass(frozen=True, slots=True)
class Need:
    """What a pattern needs of a sentence: words (one of each group), any of some letters, named parties, parties of any kind."""

    words: tuple[frozenset[str], ...]
    letters: tuple[str, ...]
    named: int
    parties: int
    members: int
    places: bool


class Gate:
    """The needs of all dependency patterns by trigger, for the lemmas of one pipeline; built once."""

    def __init__(self, nlp: "Language") -> None:
        tables = nlp.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
        self._exceptions = list(tables.get_table("lemma_exc").values())
        self._endings = sorted({(old, new) for rules in tables.get_table("lemma_rules").values() for old, new in rules})
        self._needs = _needs()
        self._nouns = frozenset(load_ontology().lexicons["parties"]["nouns"])
        self._forms: dict[str, tuple[tuple[Need, ...], bool]] = {}

    def passes(self, view: BlockView, sentence: Sentence) -> bool:
        """Return whether a dependency pattern could find its trigger and its parties in ``sentence``."""
        words = _words(view.context.document.text, sentence)
        needs: list[Need] = []
        unnamed = 0
        for word in words:
            found, is_party = self._forms.get(word) or self._form(word)
            needs.extend(found)
            unnamed += is_party
        if not needs:
            return False
        held = frozenset(words)
        named = _named(view, sentence, held)
        places = sum(m.party.kind == "Place" for m in sentence.mentions)
        text = view.context.document.text[sentence.start : sentence.end].lower()
        return any(
            len(named) >= need.named
            and len(named) + unnamed + need.places * places >= need.parties
            and len(sentence.mentions) >= need.members
            and all(group & held for group in need.words)
            and (not need.letters or any(letters in text for letters in need.letters))
            for need in dict.fromkeys(needs)
        )

    def _form(self, word: str) -> tuple[tuple[Need, ...], bool]:
        """Return the needs that ``word`` can trigger in any part of speech, and whether it can be a noun for a party."""
        lemmas = {word, *(lemma for table in self._exceptions for lemma in table.get(word, ()))}
        lemmas |= {word[: len(word) - len(old)] + new for old, new in self._endings if word.endswith(old)}
        found = tuple(need for lemma in sorted(lemmas) for need in self._needs.get(lemma, ()))
        self._forms[word] = found, bool(lemmas & self._nouns)
        return self._forms[word]


def _words(text: str, sentence: Sentence) -> list[str]:
    """Return the words of a sentence in small letters, without those of its names."""
    pieces, at = [], sentence.start
    for mention in sentence.mentions:
        pieces.append(text[at : mention.start])
        at = mention.end
    pieces.append(text[at : sentence.end])
    return _WORD.findall(" ".join(pieces).lower())


def _named(view: BlockView, sentence: Sentence, words: frozenset[str]) -> set[str]:
    """Return the parties with a name that the sentence could mean: those it names, first person, and what "it" takes up."""
    named = _organizations(view, sentence.mentions)
    if view.first_person and words & _FIRST_PERSON:
        named.add(view.first_person.party.identity)
    if words & _TAKES_UP:
        named |= _organizations(view, (m for m in view.mentions if m.end <= sentence.start))
        named |= {filled.party.identity for filled in view.heading_parties[:1]}
    return named


def _organizations(view: BlockView, mentions: Iterable[Mention]) -> set[str]:
    return {owner_of(m.party, view.context.registry).identity for m in mentions if m.party.kind != "Place"}


@cache
def _needs() -> dict[str, list[Need]]:
    """Return what the patterns of the ontology need, by lemma of their trigger."""
    found: dict[str, list[Need]] = {}
    for predicate in load_ontology().predicates.values():
        places = "Place" in predicate.range
        for pattern in predicate.reading.get("verbs", ()):
            if isinstance(pattern, dict):
                for lemma in pattern["lemma"]:
                    found.setdefault(lemma, []).append(_of_verb(pattern, places))
        for pattern in predicate.reading.get("nouns", ()):
            # The owner has a name, and the other side is a name that the sentence writes.
            need = Need((), (), named=2, parties=2, members=1, places=False)
            for lemma in pattern["noun"]:
                found.setdefault(lemma, []).append(need)
    return found


def _of_verb(pattern: dict[str, Any], places: bool) -> Need:
    slots = (pattern["subject"], pattern["object"], pattern.get("needs", ()))
    groups = [_slot_words(side) for side in slots if side]
    named = 2 if pattern.get("named_only") else 1
    words = tuple(group for group in groups if group)
    return Need(words, tuple(pattern.get("needs_word", ())), named, 2, 0, places)


def _slot_words(slots: str | list[str]) -> frozenset[str]:
    """Return the prepositions of which one must be there, or nothing where a slot needs none."""
    words = set()
    for slot in [slots] if isinstance(slots, str) else slots:
        word = slot.removeprefix("prep_") if slot.startswith("prep_") else _SLOT_WORDS.get(slot)
        if word is None:
            return frozenset()
        words.add(word)
    return frozenset(words)


_GATES: dict[int, tuple["Language", Gate]] = {}


def gate_of(nlp: "Language") -> Gate:
    """Return the gate for the lemmas of this pipeline, built once."""
    if id(nlp) not in _GATES:
        _GATES[id(nlp)] = nlp, Gate(nlp)
    return _GATES[id(nlp)][1]
