"""Whom a member of a tag means. What belongs here: "CustomerAMember" is an unnamed party, "DellTechnologiesMember" a company.

A member names a company where the registry knows its words or the sentence names a company in the same letters; a member of
words that describe ("TwoCustomersMember") stays unnamed.
"""

import re
from functools import cache

from graph.model import load_ontology
from pipelines.nlp.mentions import directory_of, owner_of
from pipelines.nlp.reading import DocumentContext
from pipelines.nlp.tag_places import Place, local
from pipelines.records import Party

_WORDS = re.compile(r"[A-Z]\.(?:[A-Z]\.)+|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
_LETTERS = re.compile(r"[^a-z0-9]")
# Shorter names begin too many words by chance.
_SHORTEST = 3


def words_of(member: str) -> str:
    """Return the words of a member: "Customer A" for "acme:CustomerAMember"."""
    name = re.sub(r"(?:Member|Axis)$", "", local(member))
    # One capital before a word is a word of its own where a word stands before it: "Customer A", not "US".
    return " ".join(_WORDS.findall(re.sub(r"(?<=[a-z])([A-Z])(?=$|[A-Z][a-z])", r" \1 ", name)))


def party_of_member(context: DocumentContext, member: str, place: Place) -> Party:
    """Return the organization that ``member`` names, by the registry or by a name of the sentence; else an unnamed party."""
    words = words_of(member)
    if known := directory_of(context.registry).strong(words):
        return Party(known[1], words, "Organization", known[0])
    if named := _in_place(context, words, place):
        return named
    if not _describes(words) and (written := _written(context.document.text[place.start : place.end], words)):
        return Party(written, written, "Organization")
    return Party(words, words, "AnonymousParty", named=False)


def _in_place(context: DocumentContext, words: str, place: Place) -> Party | None:
    """Return the organization that the sentence names with the letters that ``words`` begin with."""
    letters = _squeezed(words)
    for mention in context.mentions.get(place.block.index, ()):
        party = owner_of(mention.party, context.registry)
        if party.kind != "Organization" or not place.start <= mention.start < place.end:
            continue
        if context.filer and party.identity == context.filer.party.identity:
            continue
        names = (_squeezed(context.document.text[mention.start : mention.end]), _squeezed(party.name))
        if any(len(name) >= _SHORTEST and letters.startswith(name) for name in names):
            return party
    return None


def _written(text: str, words: str) -> str:
    """Return ``words`` as ``text`` writes them, a legal form apart, where they begin in capitals there."""
    parts = words.split()
    for count in range(len(parts), 0, -1):
        pattern = r"[\s,.&-]*".join(map(re.escape, parts[:count]))
        found = re.search(rf"\b{pattern}s?\b", text, re.I)
        if found and found[0][:1].isupper() and len(found[0]) >= _SHORTEST:
            return found[0]
    return ""


def _describes(words: str) -> bool:
    return any(word in _describing() for word in words.lower().split())


@cache
def _describing() -> frozenset[str]:
    lexicons = load_ontology().lexicons
    nouns = [*lexicons["parties"]["nouns"], *lexicons["parties"]["plain_nouns"]]
    return frozenset([*lexicons["tags"]["described"], *nouns, *(f"{noun}s" for noun in nouns)])


def _squeezed(name: str) -> str:
    return _LETTERS.sub("", name.lower())
