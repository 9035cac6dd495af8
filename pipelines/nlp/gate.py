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

# Words, and one sign for each name.
_NAME = "\ufffc"
_WORD = re.compile(rf"[^\W\d_]+|{_NAME}")
_TAKES_UP = frozenset(["it", "its", "company"])
_FIRST_PERSON = frozenset(["we", "us", "our", "ours", "ourselves", "company"])
# The preposition that a slot without one in its name stands behind.
_SLOT_WORDS = {"agent": "by", "competition_from": "from", "dative": "to"}
# So many words behind its preposition a party begins, or behind its verb where it needs none; measured: half of it loses nothing.
_BEHIND_PREPOSITION, _BEHIND_VERB = 15, 8


@dataclass(frozen=True, slots=True)
class Behind:
    """A side that stands behind one of some prepositions or, where ``bare``, right behind the trigger."""

    words: frozenset[str]
    bare: bool
    party: bool


@dataclass(frozen=True, slots=True, eq=False)
class Need:
    """What a pattern needs of a sentence: sides behind words, any of some letters, named parties, parties of any kind.

    ``sought`` holds the nouns of which one must be there where no name is, if the pattern asks for that.
    """

    behind: tuple[Behind, ...]
    letters: tuple[str, ...]
    named: int
    parties: int
    members: int
    places: bool
    sought: frozenset[str]


@dataclass(frozen=True, slots=True)
class Form:
    """A word in any part of speech: the needs that it can trigger, whether it can be a party, and which nouns it can be."""

    needs: tuple[Need, ...]
    is_noun: bool
    is_party: bool
    lemmas: frozenset[str]


class Gate:
    """The needs of all dependency patterns by trigger, for the lemmas of one pipeline; built once."""

    def __init__(self, nlp: "Language") -> None:
        tables = nlp.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
        self._exceptions = list(tables.get_table("lemma_exc").values())
        self._endings = sorted({(old, new) for rules in tables.get_table("lemma_rules").values() for old, new in rules})
        self._needs = _needs()
        self._nouns = frozenset(load_ontology().lexicons["parties"]["nouns"])
        self._forms: dict[str, Form] = {}

    def passes(self, view: BlockView, sentence: Sentence) -> bool:
        """Return whether a dependency pattern could find its trigger and its parties in ``sentence``."""
        words = _words(view.context.document.text, sentence)
        forms = [self._forms.get(word) or self._form(word) for word in words]
        # Each need once, from its first trigger on.
        needs: dict[Need, int] = {}
        for at, form in enumerate(forms):
            for need in form.needs:
                needs.setdefault(need, at)
        if not needs:
            return False
        held = frozenset(words)
        named = len(_named(view, sentence, held))
        unnamed = sum(form.is_noun for form in forms)
        places = sum(m.party.kind == "Place" for m in sentence.mentions)
        text = view.context.document.text[sentence.start : sentence.end].lower()
        return any(
            named >= need.named
            and named + unnamed + need.places * places >= need.parties
            and len(sentence.mentions) >= need.members
            and (not need.letters or any(letters in text for letters in need.letters))
            and (not need.sought or _NAME in held or any(form.lemmas & need.sought for form in forms))
            and all(_stands(side, words, forms, at) for side in need.behind)
            for need, at in needs.items()
        )

    def _form(self, word: str) -> Form:
        lemmas = {word, *(lemma for table in self._exceptions for lemma in table.get(word, ()))}
        lemmas |= {word[: len(word) - len(old)] + new for old, new in self._endings if word.endswith(old)}
        needs = tuple(need for lemma in sorted(lemmas) for need in self._needs.get(lemma, ()))
        is_noun = bool(lemmas & self._nouns)
        is_party = is_noun or word == _NAME or word in _FIRST_PERSON or word in _TAKES_UP
        self._forms[word] = Form(needs, is_noun, is_party, frozenset(lemmas))
        return self._forms[word]


def _stands(side: Behind, words: list[str], forms: list[Form], trigger: int) -> bool:
    """Return whether ``side`` could stand somewhere behind its first trigger, or opens the sentence ("For some clients, we")."""
    if side.bare and any(form.is_party for form in forms[trigger + 1 : trigger + 1 + _BEHIND_VERB]):
        return True
    for at in (0, *range(trigger + 1, len(words))):
        if words[at] in side.words and (
            not side.party or any(form.is_party for form in forms[at + 1 : at + 1 + _BEHIND_PREPOSITION])
        ):
            return True
    return False


def _words(text: str, sentence: Sentence) -> list[str]:
    """Return the words of a sentence in small letters, with one sign in place of each name."""
    pieces, at = [], sentence.start
    for mention in sentence.mentions:
        pieces.append(text[at : mention.start])
        at = mention.end
    pieces.append(text[at : sentence.end])
    return _WORD.findall(f" {_NAME} ".join(pieces).lower())


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
            need = Need((), (), named=2, parties=2, members=1, places=False, sought=frozenset())
            for lemma in pattern["noun"]:
                found.setdefault(lemma, []).append(need)
    return found


def _of_verb(pattern: dict[str, Any], places: bool) -> Need:
    sides = [_behind(pattern[side], True) for side in ("subject", "object")]
    sides.append(_behind(pattern.get("needs", ()), False))
    return Need(
        tuple(side for side in sides if side),
        tuple(pattern.get("needs_word", ())),
        named=2 if pattern.get("named_only") else 1,
        parties=2,
        members=0,
        places=places,
        sought=frozenset(pattern.get("party_nouns", ())),
    )


def _behind(slots: str | list[str], party: bool) -> Behind | None:
    """Return where a side stands, or None where one of its slots needs no preposition."""
    chosen = [slots] if isinstance(slots, str) else slots
    words = [s.removeprefix("prep_") if s.startswith("prep_") else _SLOT_WORDS.get(s) for s in chosen]
    known = frozenset(word for word in words if word)
    return Behind(known, "dative" in chosen, party) if known and all(words) else None


_GATES: dict[int, tuple["Language", Gate]] = {}


def gate_of(nlp: "Language") -> Gate:
    """Return the gate for the lemmas of this pipeline, built once."""
    if id(nlp) not in _GATES:
        _GATES[id(nlp)] = nlp, Gate(nlp)
    return _GATES[id(nlp)][1]
