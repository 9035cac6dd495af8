"""Members: the parties that a cell, the head of an item or a list names. What belongs here: who is named in a span.

A name counts wherever it stands outside of brackets. Without one, a short phrase that ends in a noun of parties ("national
labs") is an unnamed party. What is a name, registered or not, the document's mentions say.
"""

import re
from bisect import bisect_left
from functools import cache

from graph.model import load_ontology
from pipelines.ids import slug
from pipelines.nlp.mentions import owner_of
from pipelines.nlp.reading import BlockView, Mention
from pipelines.records import Party

_BRACKETED = re.compile(r"\([^()]*\)")
_SITE = re.compile(
    r"(?=.*[A-Za-z]{3})[A-Z][\w.’'-]*(?:[ ,/]+(?:[A-Z0-9][\w.’'-]*|of|the|and|de|campus|site|data|center|cluster|plant|fab))*$"
)
_PIECES = re.compile(r"\s*(?:,|;|/|\s\+\s|\s&\s|•|\band\b|\bor\b|\bplus\b)\s*")
_MARKS = ' \t.:*†‡[]"“”'


@cache
def words(key: str) -> frozenset[str]:
    """Return one word list of the frames lexicon."""
    return frozenset(load_ontology().lexicons["frames"][key])


def organizations(view: BlockView, start: int, end: int) -> list[tuple[Party, Mention]]:
    """Return the organizations that are named inside of ``start``..``end``, offerings lifted to their owners."""
    first = bisect_left(view.mentions, start, key=lambda m: m.start)
    last = bisect_left(view.mentions, end, lo=first, key=lambda m: m.start)
    found = [(owner_of(m.party, view.context.registry), m) for m in view.mentions[first:last] if m.end <= end]
    return [(party, mention) for party, mention in found if party.kind == "Organization"]


def members_in(view: BlockView, start: int, end: int, registered: bool = False) -> list[Party]:
    """Return the parties of ``start``..``end``, each once, in order; names in brackets only where no other is there.

    ``registered`` leaves out what no registry knows, and names in brackets: for frames that also list other things.
    """
    text = view.context.document.text[start:end]
    found = organizations(view, start, end)
    bracketed = [(start + m.start(), start + m.end()) for m in _BRACKETED.finditer(text)]
    outside = [(p, m) for p, m in found if not any(a <= m.start < b for a, b in bracketed)]
    parties = {(p.identity): p for p, _ in outside}
    for piece in _PIECES.split(_BRACKETED.sub(" ", text)):
        # A name too common to count anywhere counts where a cue asks for parties.
        if len(piece) > 1 and (org := view.context.registry.find(piece.strip(_MARKS))):
            parties.pop(piece.strip(_MARKS), None)
            parties.setdefault(org.id, Party(org.name, piece.strip(_MARKS), "Organization", org.id))
    if registered:
        return [p for p in parties.values() if p.key]
    rest = _BRACKETED.sub(" ", text).strip(_MARKS).lower()
    if not parties and found and rest not in words("not_names"):
        parties = {(p.identity): p for p, _ in found}
    if not parties and (party := unnamed(text.strip(_MARKS))):
        parties[party.name] = party
    return list(parties.values())


def facility(text: str) -> Party | None:
    """Return the site that a cell or an item's head names, or None: capitals or a number first, and a letter."""
    name = _BRACKETED.sub(" ", text).strip(_MARKS)
    if not _SITE.match(name) or len(name.split()) > 6 or name.split()[0].lower() in words("not_names"):
        return None
    return Party(name, name, "Facility", f"facility:{slug(name)}")


def unnamed(phrase: str) -> Party | None:
    """Return the unnamed party that a short phrase describes, or None."""
    parts = [w.lower().strip(",.") for w in phrase.split()]
    if 0 < len(parts) <= 5 and parts[-1] in words("party_nouns"):
        return Party(phrase, phrase, "AnonymousParty", named=False)
    return None
