"""Force: polarity, modality and severity of a statement. What belongs here: reading them off words and trees.

The words are data (``graph/ontology/force.yml``); scope is the clause of the trigger, not the whole sentence.
"""

import re
from functools import cache
from typing import TYPE_CHECKING

from graph.model import load_ontology
from pipelines.records import Modality, Polarity

if TYPE_CHECKING:
    from spacy.tokens import Token


@cache
def pattern(kind: str) -> re.Pattern[str]:
    """Return the pattern of one list of the force lexicon."""
    words = sorted(load_ontology().lexicons["force"][kind], key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)", re.I)


# "We entered and may continue to enter": the first half is asserted, the second says nothing less.
_CONTINUED = re.compile(r"\b(?:and|or) (?:may|might|will|expects? to|intends? to|plans? to) continue to \w+", re.I)
# The month is no hedge: "May 2026", a cell "May".
_MONTH = re.compile(r"\bMay(?=,? \d|\s*[|)]|$)")
# "Is being used to train": a use of today, no habit of the past.
_PUT_TO_USE = re.compile(
    r"(?<=\bis |\bbe )used to\b|(?<=\bare )used to\b|(?<=\bbeen )used to\b|(?<=\bbeing )used to\b", re.I
)
# What was told of before is no past: "the previously announced deal"; nor is another name: "formerly known as Acme", "(formerly Acme)".
_TOLD_BEFORE = re.compile(
    r"\bpreviously(?=[ -](?:announced|disclosed|reported|mentioned|described|discussed|noted|stated|large)\b)"
    r"|\bformerly(?=,? known as\b|,? called\b| [A-Z\ue000-\ue0ff])"
)
# "Our current and potential competitors": some are there.
_BOTH = re.compile(r"\b(?:current|existing|actual) (?:and|or|and/or) (?:potential|prospective|possible)\b", re.I)
_DENIED = re.compile(
    r"\b(?:not(?! only| limited to)|no longer|never|neither|nor|none of|no(?! assurance)|without|cannot|would have(?= \w+ed\b))\b|n[’']t\b",
    re.I,
)


def polarity_of_words(clause: str) -> Polarity:
    """Return "negative" where the words of ``clause`` deny it."""
    return "negative" if _DENIED.search(clause) or _not_quite().search(clause) else "positive"


@cache
def _not_quite() -> re.Pattern[str]:
    lexicon = load_ontology().lexicons["force"]
    return re.compile(rf"\b(?:{'|'.join(lexicon['missed'])}) (?:{'|'.join(lexicon['missed_verbs'])})\b", re.I)


def modality_of(clause: str) -> Modality:
    """Return the modality that the words of ``clause`` give; "asserted" where none does."""
    for spoken_of, plain in (
        (_CONTINUED, ""),
        (_PUT_TO_USE, "used"),
        (_MONTH, ""),
        (_TOLD_BEFORE, ""),
        (_BOTH, "current"),
    ):
        clause = spoken_of.sub(plain, clause)
    if pattern("conditional").search(clause) and re.match(r"(?:if|unless|in the event)\b", clause.strip(), re.I):
        return "conditional"
    if re.search(r"\bwould have \w", clause, re.I):
        return "historical"
    for kind in ("hedged", "planned", "historical"):
        if pattern(kind).search(clause):
            return kind
    return "hedged" if _prospect().search(clause) else "asserted"


def modality_of_trigger(trigger: "Token", clause: str) -> Modality:
    """Return the modality that the words of ``clause`` and those before a noun as trigger give ("a potential investment in")."""
    told = modality_of(clause)
    if trigger.pos_ == "NOUN" and told != "historical" and any(child.dep_ == "poss" for child in trigger.children):
        # "Due to our reliance on Acme, we may lose": what is ours is there.
        told = "asserted"
    before = [child for child in trigger.children if child.dep_ in ("amod", "compound")]
    prospective = load_ontology().lexicons["force"]["prospective"]
    if told == "asserted" and any(child.lower_ in prospective for child in before):
        return "asserted" if any(child.lower_ in ("current", "existing", "actual") for child in before) else "hedged"
    return told


@cache
def _prospect() -> re.Pattern[str]:
    """Return the pattern of what there is not yet: "potential competitor"."""
    lexicon = load_ontology().lexicons["force"]
    kinds, nouns = "|".join(lexicon["prospective"]), "|".join(lexicon["prospective_nouns"])
    return re.compile(rf"\b(?:{kinds}) (?:[\w-]+ ){{0,2}}?(?:{nouns})s?\b", re.I)


def clause_of(token: "Token", text: str) -> str:
    """Return the words of the clause that ``token`` heads or stands in, without subordinate clauses."""
    head = token
    while head.pos_ not in ("VERB", "AUX") and head.head.i != head.i:
        head = head.head
    governors = [head]
    while head.dep_ in ("xcomp", "acomp", "conj", "ccomp") and head.head.i != head.i:
        head = head.head
        governors.append(head)
    words = [child for g in governors for child in (*g.lefts, g, *g.rights)]
    kept = {
        w.i for w in words if w.dep_ in ("aux", "auxpass", "neg", "advmod", "ROOT", "acomp", "xcomp", "conj", "mark")
    }
    kept |= {part.i for w in words if w.dep_ == "advmod" for part in w.lefts}
    kept |= {g.i for g in governors}
    return " ".join(token.doc[i].text for i in sorted(kept)) if text else ""


def polarity_of(token: "Token") -> Polarity:
    """Return "negative" when the trigger, its governors up to the clause, or its subject is negated."""
    head = token
    while True:
        if _missed(head):
            return "negative"
        if _counterfactual(head) or _refused(head) or (head.dep_ == "pcomp" and head.head.lower_ == "without"):
            return "negative"
        if any(child.dep_ == "neg" or _no_longer(child) for child in head.children):
            return "negative"
        if any(c.dep_ in ("nsubj", "nsubjpass", "dobj") and _none(c) for c in head.children):
            return "negative"
        reaches = head.dep_ in ("xcomp", "acomp", "attr", "prep", "pobj", "conj", "ccomp") and head.pos_ != "VERB"
        # "We have no agreement", "we do not have agreements": what is had is denied with the having.
        reaches = reaches or (head.dep_ == "dobj" and head.pos_ == "NOUN" and head.head.lemma_ == "have")
        if not reaches and head.dep_ != "xcomp":
            return "positive"
        if head.head.i == head.i:
            return "positive"
        head = head.head


def _counterfactual(verb: "Token") -> bool:
    """Return whether the verb stands for what did not come about: "would have acquired"."""
    helpers = [child.lower_ for child in verb.children if child.dep_ == "aux"]
    return helpers[:2] == ["would", "have"]


def _missed(verb: "Token") -> bool:
    """Return whether an adverb says that it did not come about: "almost acquired"."""
    missed = load_ontology().lexicons["force"]["missed"]
    return verb.pos_ == "VERB" and any(c.dep_ == "advmod" and c.lower_ in missed for c in verb.children)


def _refused(verb: "Token") -> bool:
    """Return whether the verb is the complement of one of refusal: "declined to lease", "stopped buying"."""
    return verb.dep_ == "xcomp" and verb.head.lemma_ in load_ontology().lexicons["force"]["refusals"]


def only_possible(verb: "Token") -> bool:
    """Return whether the verb tells what somebody can, must or fails to do ("our ability to sell"), not that it is done."""
    words = load_ontology().lexicons["force"]["possibility"]
    while verb.dep_ in ("acl", "xcomp", "ccomp", "pcomp", "prep", "conj") and verb.head.i != verb.i:
        joined, verb = verb.dep_ == "conj", verb.head
        # "Makes it difficult to ship": the word stands beside the clause.
        beside = () if joined else [c for c in verb.children if c.dep_ in ("acomp", "oprd", "ccomp")]
        if any(word.lemma_.lower() in words for word in (verb, *beside)):
            return True
    return False


def main_statement(verb: "Token") -> bool:
    """Return whether the verb says what its sentence is there to say, not what a relative clause, an aim or a means mentions."""
    begins = load_ontology().lexicons["force"]["begin"]
    while verb.head.i != verb.i:
        governor = verb.head
        if verb.dep_ == "xcomp" and governor.lemma_ not in begins:
            return False
        if verb.dep_ not in ("conj", "xcomp"):
            return False
        verb = governor
    return verb.pos_ in ("VERB", "AUX")


def _no_longer(adverb: "Token") -> bool:
    return adverb.lower_ == "longer" and any(child.lower_ == "no" for child in adverb.lefts)


def _none(noun: "Token") -> bool:
    return any(child.dep_ == "det" and child.lower_ in ("no", "neither") for child in noun.children)
