"""Arguments of a trigger word in a dependency tree. What belongs here: tree walks by name of slot.

What does not: which trigger means what (``graph/ontology``), or which party a noun stands for (``parties``). Labels are
those of spaCy's English models (ClearNLP).
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_LISTING = {"as", "including", "like", "include"}


def arguments(trigger: "Token", slot: str) -> list["Token"]:
    """Return the nouns that fill ``slot`` of ``trigger``: nsubj, dobj, agent, poss, dative, prep_<word>, governor_nsubj.

    In a passive clause nsubj means the agent and dobj the passive subject.
    """
    if slot == "nsubj":
        return _agent(trigger) if _passive(trigger) else _subject(trigger)
    if slot == "dobj":
        return _passive_subject(trigger) if _passive(trigger) else _children(trigger, "dobj", "attr")
    if slot == "agent":
        return _agent(trigger) or _participle_agent(trigger)
    if slot == "owner_of_nsubjpass":
        return [child for noun in _passive_subject(trigger) for child in _children(noun, "poss")]
    if slot == "poss":
        return _children(trigger, "poss", "compound", "nmod")
    if slot == "dative":
        return [*_children(trigger, "dative"), *_prepositional(trigger, "to")]
    if slot == "governor_nsubj":
        return _governor_subject(trigger)
    if slot == "competition_from":
        return [n for obj in _children(trigger, "dobj") for n in _prepositional(obj, "from")]
    if slot.startswith("prep_"):
        return _prepositional(trigger, slot.removeprefix("prep_"))
    return []


def members(noun: "Token") -> Iterator["Token"]:
    """Yield ``noun``, what is joined to it, what stands beside it, and what "such as" or "including" lists under it."""
    queue, seen = [noun], set()
    while queue:
        token = queue.pop(0)
        if token.i in seen:
            continue
        seen.add(token.i)
        yield token
        for child in token.children:
            if child.dep_ in ("conj", "appos") and child.pos_ in ("NOUN", "PROPN", "PRON", "X", "NUM"):
                if _opens_clause(child):
                    continue
                queue.append(child)
            elif child.dep_ == "prep" and child.lower_ in _LISTING:
                queue.extend(_children(child, "pobj"))


def _opens_clause(noun: "Token") -> bool:
    """Return whether a finite verb stands right behind ``noun``: "A owns B, C owns D" lists nothing under A."""
    after = noun.i + 1
    if after < len(noun.doc) and noun.doc[after].text == "(":
        after = next((t.i + 1 for t in noun.doc[after : after + 6] if t.text == ")"), after)
    return after < len(noun.doc) and noun.doc[after].tag_ in ("VBZ", "VBP", "VBD") and noun.doc[noun.i - 1].text == ","


def _children(token: "Token", *labels: str) -> list["Token"]:
    return [child for child in token.children if child.dep_ in labels]


def _passive(trigger: "Token") -> bool:
    return any(child.dep_ in ("nsubjpass", "auxpass") for child in trigger.children)


def _subject(trigger: "Token") -> list["Token"]:
    """Return the subject, borrowed from the governor for joined, infinitive and relative clauses."""
    token = trigger
    for _ in range(4):
        if found := _children(token, "nsubj"):
            return found if found[0].lower_ not in ("that", "which", "who") else _antecedent(token) or found
        if token.dep_ in ("relcl", "acl"):
            return [token.head]
        if token.dep_ not in ("conj", "xcomp", "acomp", "advcl", "pcomp", "prep") or token.head.i == token.i:
            # A copula carries the subject of its adjective.
            return _children(token.head, "nsubj") if token.dep_ in ("acomp", "attr") else []
        token = token.head
    return []


def _antecedent(verb: "Token") -> list["Token"]:
    return [verb.head] if verb.dep_ == "relcl" else []


def _passive_subject(trigger: "Token") -> list["Token"]:
    return _children(trigger, "nsubjpass")


def _agent(trigger: "Token") -> list["Token"]:
    return [noun for by in _children(trigger, "agent") for noun in _children(by, "pobj")]


def _participle_agent(trigger: "Token") -> list["Token"]:
    return _prepositional(trigger, "by") if trigger.tag_ == "VBN" else []


def _prepositional(trigger: "Token", word: str) -> list["Token"]:
    """Return the objects of ``word`` below the trigger, its object, or an adjective or noun between them."""
    places = [trigger, *_children(trigger, "dobj", "prep", "xcomp", "oprd", "advmod")]
    return [
        noun
        for place in places
        for prep in place.children
        if prep.dep_ in ("prep", "dative", "agent") and prep.lower_ == word
        for noun in _children(prep, "pobj")
    ]


def _governor_subject(noun: "Token") -> list["Token"]:
    token = noun
    for _ in range(4):
        if token.pos_ in ("VERB", "AUX"):
            return arguments(token, "nsubj")
        if token.head.i == token.i:
            return []
        token = token.head
    return []
