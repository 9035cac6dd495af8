"""Which party a noun stands for. What belongs here: names, first person, unnamed parties, product to owner.

What does not: the noun's place in the clause (``clauses``). No guess: a noun that means no known kind of party gives none.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.model import Ontology
from pipelines.nlp.focus import in_focus
from pipelines.nlp.mentions import owner_of
from pipelines.nlp.pipeline import Parsed
from pipelines.nlp.reading import BlockView, Filled
from pipelines.records import Party

if TYPE_CHECKING:
    from spacy.tokens import Token

# "Customer A" is one and the same customer wherever it stands.
_LETTERED = re.compile(r"\w (?:[A-Z]|\d)$")
_FIRST_PERSON = {"we", "us", "our", "ours", "ourselves"}


@dataclass(slots=True)
class Meant:
    """A party with the token that carries it, and the frame that supplied it when the words alone do not."""

    party: Party
    token: "Token"
    fill: Filled | None = None


def party_of(noun: "Token", parsed: Parsed, view: BlockView, lift: bool = True) -> Meant | None:
    """Return whom ``noun`` means, or None; ``lift`` turns a product, or a noun with a name before it, into its owner."""
    mention = parsed.mention_of.get(noun.i)
    if mention is not None:
        party = owner_of(mention.party, view.context.registry) if lift else mention.party
        return Meant(party, noun)
    if _first_person(noun, view):
        fill = view.first_person
        return Meant(fill.party, noun, fill) if fill else None
    if _takes_up(noun):
        fill = in_focus(view, parsed.start, parsed.span(noun, noun)[0])
        return Meant(fill.party, noun, fill) if fill else None
    if lift and (named := _modifier(noun, parsed, view)):
        return named
    described = noun if _is_unnamed(noun, view) else _counted(noun, view)
    if described is not None:
        label = _label(described, parsed, view)
        return Meant(Party(label, label, "AnonymousParty", named=False), noun)
    return None


def _counted(noun: "Token", view: BlockView) -> "Token | None":
    """Return the party noun behind an amount: "suppliers" for "a limited number of suppliers"."""
    if noun.lemma_.lower() not in view.context.ontology.lexicons["parties"]["amounts"]:
        return None
    below = [child for of in noun.children if of.lower_ == "of" for child in of.children if child.dep_ == "pobj"]
    return next((child for child in below if _is_unnamed(child, view)), None)


def is_generic(party: Party, ontology: Ontology) -> bool:
    """Return whether an unnamed party's label describes nobody in particular: "our customers", not "two direct customers"."""
    words = ontology.lexicons["parties"]["generic"]
    return not party.named and not _LETTERED.search(party.name) and all(w in words for w in party.name.lower().split())


def takes_up(party: Party, ontology: Ontology) -> bool:
    """Return whether an unnamed party's label only points back, or to nobody yet: "those customers", "any company"."""
    lexicon, label = ontology.lexicons["parties"], f"{party.name.lower()} "
    if party.named:
        return False
    # "The impacted customer": one, and told of before.
    the_one = label.startswith("the ") and label.split()[-1] in lexicon["nouns"]
    return the_one or " any " in label or label.startswith(tuple(f"{word} " for word in lexicon["taken_up"]))


def is_cut(party: Party, ontology: Ontology) -> bool:
    """Return whether an unnamed party's label broke off before its noun: "enterprise" of "enterprise cloud companies"."""
    words = party.name.split()
    lexicon = ontology.lexicons["parties"]
    return (
        not party.named
        and len(words) > 0
        and words[-1] in lexicon["cut"]
        and words[0].lower() not in lexicon["singular"]
    )


def _first_person(noun: "Token", view: BlockView) -> bool:
    if noun.lower_ in _FIRST_PERSON:
        return True
    if noun.lower_ == "company" and noun.text == "Company" and view.context.filer is not None:
        return any(child.lower_ == "the" for child in noun.children)
    # "our business", "our products": what is ours stands for us, unless it is a party of its own.
    if noun.lemma_.lower() in view.context.ontology.lexicons["parties"]["not_ours"]:
        return False
    return not _is_unnamed(noun, view) and any(c.dep_ == "poss" and c.lower_ == "our" for c in noun.children)


def _takes_up(noun: "Token") -> bool:
    """Return whether ``noun`` is "it", "its" or a plain "the company", which stand for a party in focus."""
    if noun.lower_ in ("it", "its"):
        return True
    return noun.text == "company" and [child.lower_ for child in noun.children if child.i < noun.i] == ["the"]


def _modifier(noun: "Token", parsed: Parsed, view: BlockView) -> Meant | None:
    """Return the owner for "NVIDIA GPUs" and "Microsoft's data centers"."""
    if noun.pos_ not in ("NOUN", "PROPN") or _is_unnamed(noun, view):
        return None
    for child in noun.children:
        mention = parsed.mention_of.get(child.i)
        if child.dep_ in ("compound", "poss", "nmod", "amod") and mention and mention.party.kind == "Organization":
            return Meant(Party(mention.party.name, mention.party.surface, "Organization", mention.party.key), noun)
    return None


def _is_unnamed(noun: "Token", view: BlockView) -> bool:
    words = view.context.ontology.lexicons["parties"]
    return noun.lemma_.lower() in words["nouns"] and noun.pos_ in ("NOUN", "PROPN")


def _label(noun: "Token", parsed: Parsed, view: BlockView) -> str:
    """Return the words of the text: determiner and adjectives kept, "a limited number of" too, what follows dropped."""
    left = noun.left_edge
    if noun.dep_ == "pobj" and noun.head.lower_ == "of":
        amount = noun.head.head
        if amount.lemma_.lower() in view.context.ontology.lexicons["parties"]["amounts"]:
            left = amount.left_edge
    start, end = parsed.span(left, noun)
    return view.context.document.text[start:end][:120]
