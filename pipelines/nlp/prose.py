"""The dependency reader: one engine for the patterns of the ontology files. No trigger word is written here.

A verb pattern names a trigger by lemma and the slots that hold subject and object; a noun pattern names a relational
noun ("customer", "supplier", "competitor"), whose owner is one side and whose members are the other.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any

from graph.model import Predicate, load_ontology
from pipelines.nlp import force
from pipelines.nlp.clauses import arguments, members
from pipelines.nlp.parties import Meant, party_of
from pipelines.nlp.pipeline import Parsed
from pipelines.nlp.reading import BlockView, Reading
from pipelines.records import Party

if TYPE_CHECKING:
    from spacy.tokens import Token

_SOLE = re.compile(
    r"\b(?:sole|single|only)[- ](?:source|sourced|supplier|vendor|provider|maker)|\bsolely\b|\bno alternative\b", re.I
)

Triggers = dict[tuple[str, str], list["Token"]]


def read(view: BlockView, parsed: Parsed) -> Iterator[Reading]:
    """Yield what the patterns of all predicates find in one parsed sentence."""
    triggers = _triggers(parsed)
    for predicate in view.context.ontology.predicates.values():
        verbs = predicate.reading.get("verbs", ())
        if verbs and isinstance(verbs[0], dict):
            for pattern in verbs:
                yield from _verb(view, parsed, triggers, predicate, pattern)
        for pattern in predicate.reading.get("nouns", ()):
            yield from _noun(view, parsed, triggers, predicate, pattern)


def _triggers(parsed: Parsed) -> Triggers:
    """Return the words of a sentence by lemma and part of speech, without those of names."""
    found: Triggers = {}
    for token in parsed.tokens:
        if token.i not in parsed.mention_of:
            found.setdefault((token.lemma_.lower(), token.pos_), []).append(token)
    return found


def _tokens(triggers: Triggers, lemmas: list[str], kinds: tuple[str, ...]) -> list["Token"]:
    found = [token for lemma in lemmas for kind in kinds for token in triggers.get((lemma, kind), ())]
    return sorted(found, key=lambda token: token.i)


def _verb(
    view: BlockView, parsed: Parsed, triggers: Triggers, predicate: Predicate, pattern: dict[str, Any]
) -> Iterator[Reading]:
    tokens = _tokens(triggers, pattern["lemma"], (pattern.get("pos", "VERB"),))
    if not tokens:
        return
    sentence = parsed.tokens.text.lower()
    if (words := pattern.get("needs_word")) and not any(word in sentence for word in words):
        return
    for token in tokens:
        if "needs" in pattern and not arguments(token, pattern["needs"]):
            continue
        if token.lower_ in pattern.get("not_forms", ()) or _means_other(token, pattern):
            continue
        if pattern.get("not_object") and _takes(token, pattern["not_object"], parsed):
            continue
        lift = not pattern.get("bare_object", False)
        subjects = _parties(token, pattern["subject"], view, parsed, pattern, True)
        objects = _parties(token, pattern["object"], view, parsed, pattern, lift)
        for subject, object_ in product(subjects, objects):
            yield from _reading(view, parsed, predicate, pattern, token, subject, object_)


def _is_sought(noun: "Token", sought: list[str], parsed: Parsed, view: BlockView) -> bool:
    """Return whether ``noun`` is one of the kinds of party that the pattern is about, or the name of a company."""
    if mention := parsed.mention_of.get(noun.i):
        org = view.context.registry.organizations.get(mention.party.key)
        # "We engaged with the Commission" is no trade.
        return org is None or org.segment != "government"
    return noun.lemma_.lower() in sought


def _means_other(trigger: "Token", pattern: dict[str, Any]) -> bool:
    """Return whether what the trigger gives is no ware: "provide customers the ability", "make commitments to"."""
    given = [noun for slot in ("dobj", "prep_with") for noun in arguments(trigger, slot)]
    return any(noun.lemma_.lower() in pattern.get("not_given", ()) for noun in given)


def _takes(trigger: "Token", kind: str, parsed: Parsed) -> bool:
    """Return whether the direct object of ``trigger`` is a mention of this kind: "acquired A from B" is no purchase."""
    found = [parsed.mention_of.get(noun.i) for noun in arguments(trigger, "dobj")]
    return any(mention is not None and mention.party.kind == kind for mention in found)


def _parties(
    token: "Token", slots: str | list[str], view: BlockView, parsed: Parsed, pattern: dict[str, Any], lift: bool
) -> list[Meant]:
    found: dict[str, Meant] = {}
    sought = pattern.get("party_nouns") if slots == pattern["subject"] else None
    for slot in [slots] if isinstance(slots, str) else slots:
        for noun in arguments(token, slot):
            if sought and not _is_sought(noun, sought, parsed, view):
                continue
            joined = [m for m in members(noun) if not sought or _is_sought(m, sought, parsed, view)]
            group = [meant for m in joined if (meant := party_of(m, parsed, view, lift))]
            named = [meant for meant in group if meant.party.named]
            # "foundries, such as A and B": the list names who they are, the noun before it adds nobody.
            for meant in named or group:
                found.setdefault(meant.party.identity, meant)
    return [meant for meant in found.values() if meant.party.named or not pattern.get("named_only")]


def _noun(
    view: BlockView, parsed: Parsed, triggers: Triggers, predicate: Predicate, pattern: dict[str, Any]
) -> Iterator[Reading]:
    for token in _tokens(triggers, pattern["noun"], ("NOUN", "PROPN")):
        owner = _owner(token, view, parsed)
        if owner is None:
            continue
        for member in _members(token, view, parsed):
            if member.party.identity == owner.party.identity:
                continue
            pair = (owner, member) if pattern["owner"] == "subject" else (member, owner)
            yield from _reading(view, parsed, predicate, pattern, token, *pair)


def _owner(noun: "Token", view: BlockView, parsed: Parsed) -> Meant | None:
    for slot in ("poss", "prep_of", "prep_to"):
        for token in arguments(noun, slot):
            if slot == "poss" and token.dep_ != "poss":
                continue
            if (meant := party_of(token, parsed, view)) and meant.party.named:
                return meant
    return None


def _members(noun: "Token", view: BlockView, parsed: Parsed) -> list[Meant]:
    nouns = [m for m in members(noun) if m.i != noun.i]
    head = noun.head
    if noun.dep_ in ("nsubj", "nsubjpass") and head.lemma_ in ("include", "be", "comprise"):
        nouns += [m for child in head.children if child.dep_ in ("dobj", "attr") for m in members(child)]
    elif noun.dep_ == "attr" and head.lemma_ in ("be", "become", "remain"):
        nouns += [m for child in head.children if child.dep_ == "nsubj" for m in members(child)]
    elif noun.dep_ == "appos":
        nouns.append(head)
    meant = [party_of(token, parsed, view) for token in nouns if token.i in parsed.mention_of]
    return [m for m in meant if m is not None and m.party.kind == "Organization"]


def _reading(
    view: BlockView,
    parsed: Parsed,
    predicate: Predicate,
    pattern: dict[str, Any],
    trigger: "Token",
    subject: Meant,
    object_: Meant,
) -> Iterator[Reading]:
    if subject.party.identity == object_.party.identity:
        return
    clause = force.clause_of(trigger, view.text)
    qualifiers: dict[str, Any] = {"kind": pattern["kind"]} if "kind" in pattern else {}
    if predicate.name == "SUPPLIES":
        qualifiers["role"] = role_beside(predicate, parsed.tokens.text, object_.party)
    if predicate.name == "DEPENDS_ON" and object_.party.kind == "Place":
        qualifiers["kind"] = "geographic"
    if predicate.name == "DEPENDS_ON" and _SOLE.search(parsed.tokens.text):
        qualifiers["sole_source"] = "true"
    fills = {side: m.fill for side, m in (("subject", subject), ("object", object_)) if m.fill}
    mentioned = force.only_possible(trigger) or _in_passing(predicate, trigger, subject, object_)
    yield Reading(
        predicate=predicate.name,
        subject=subject.party,
        object=object_.party,
        start=parsed.start,
        end=parsed.end,
        method=f"rule:{predicate.name.lower()}.{pattern['id']}",
        polarity=force.polarity_of(trigger),
        modality=force.modality_of_trigger(trigger, clause),
        qualifiers=qualifiers,
        fills=fills,
        quality=min(pattern.get("quality", _quality(subject, object_)), 0.65 if mentioned else 1.0),
    )


def _in_passing(predicate: Predicate, trigger: "Token", subject: Meant, object_: Meant) -> bool:
    """Return whether trade with somebody unnamed is only mentioned: "the products that we sell to our customers"."""
    named = subject.party.named and object_.party.named
    return predicate.name == "SUPPLIES" and not named and not force.main_statement(trigger)


def _quality(subject: Meant, object_: Meant) -> float:
    """Return how sure a pattern is of these two: two names most, two descriptions least (of whom do they speak?)."""
    return (0.6, 0.75, 0.9)[subject.party.named + object_.party.named]


def role_of(predicate: Predicate, text: str) -> str:
    """Return the role of SUPPLIES whose words ``text`` holds, in the ontology's order; "other" where none does."""
    words = text.lower()
    for idiom in predicate.reading.get("not_roles", ()):
        words = words.replace(idiom, "")
    return next((role for role, pattern in _roles(predicate.name) if pattern.search(words)), "other")


def role_beside(predicate: Predicate, text: str, buyer: Party) -> str:
    """Return the role that ``text`` gives apart from the words for the buyer: what they sell to makers of boards is no board."""
    return role_of(predicate, text if buyer.named else text.replace(buyer.surface, ""))


@cache
def _roles(name: str) -> list[tuple[str, re.Pattern[str]]]:
    roles = load_ontology().predicates[name].reading.get("roles", {})
    return [(role, re.compile(rf"\b(?:{'|'.join(map(re.escape, cues))})\b")) for role, cues in roles.items()]
