"""Members: the parties that a cell, the head of an item or a list names. What belongs here: who is named in a span.

A registered name counts wherever it stands outside of brackets. Without one, a piece that is written as a name is an
unregistered organization, and a short phrase around a noun of parties ("national labs") is an unnamed party.
"""

import re
from functools import cache

from graph.model import load_ontology
from pipelines.ids import slug
from pipelines.nlp.mentions import owner_of
from pipelines.nlp.reading import BlockView, Mention
from pipelines.records import Party

_BRACKETED = re.compile(r"\([^()]*\)")
_PIECES = re.compile(r"\s*(?:,|;|/|\s\+\s|\s&\s|•|\band\b|\bor\b|\bplus\b)\s*")
_NAME_WORD = r"(?:[A-Z0-9][\w.’'-]*|&|of|de)"
_NAME = re.compile(rf"[A-Z][\w.’'-]*(?: {_NAME_WORD}){{0,4}}$")
_SITE = re.compile(
    r"(?=.*[A-Za-z]{3})[A-Z][\w.’'-]*(?:[ ,/]+(?:[A-Z0-9][\w.’'-]*|of|the|and|de|campus|site|data|center|cluster|plant|fab))*$"
)
_MARKS = ' \t.:*†‡[]"“”'


@cache
def words(key: str) -> frozenset[str]:
    """Return one word list of the frames lexicon."""
    return frozenset(load_ontology().lexicons["frames"][key])


def organizations(view: BlockView, start: int, end: int) -> list[tuple[Party, Mention]]:
    """Return the organizations that are named inside of ``start``..``end``, offerings lifted to their owners."""
    found = [(owner_of(m.party, view.context.registry), m) for m in view.mentions if start <= m.start and m.end <= end]
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
    if registered:
        return [p for p in parties.values() if p.key]
    surfaces = [m.party.surface for m in view.mentions if start <= m.start and m.end <= end]
    for piece in _PIECES.split(_BRACKETED.sub(" ", text)):
        name = piece.strip(_MARKS)
        if not any(s in name or name in s for s in surfaces) and (party := named(name)):
            parties.setdefault(party.name, party)
    if not parties and found:
        parties = {(p.identity): p for p, _ in found}
    if not parties and (party := unnamed(text.strip(_MARKS))):
        parties[party.name] = party
    return list(parties.values())


def named(piece: str) -> Party | None:
    """Return the unregistered organization that ``piece`` names, or None: capitals, and no word of other things."""
    if not _NAME.match(piece) or len(piece) < 3 or sum(c.isdigit() for c in piece) > len(piece) / 2:
        return None
    parts = [w.lower().strip(".") for w in piece.split()]
    if parts[0] in words("months") or re.search(r"\b(?:19|20)\d\d\b", piece):
        return None
    if len(parts) > 1 and parts[-1] in words("deal_nouns"):
        return named(piece.rsplit(" ", 1)[0])
    if (
        all(w in words("not_names") for w in parts)
        or parts[0] in words("not_names")
        or parts[-1] in words("party_nouns")
    ):
        return None
    return Party(piece, piece, "Organization")


def facility(text: str) -> Party | None:
    """Return the site that a cell or an item's head names, or None: capitals or a number first, and a letter."""
    name = _BRACKETED.sub(" ", text).strip(_MARKS)
    if not _SITE.match(name) or len(name.split()) > 6 or name.split()[0].lower() in words("not_names"):
        return None
    return Party(name, name, "Facility", f"facility:{slug(name)}")


def is_sure_name(piece: str) -> bool:
    """Return whether ``piece`` can hardly be a common noun at the start of an item: several words, or inner capitals."""
    return " " in piece or any(c.isupper() or c.isdigit() for c in piece[1:])


def unnamed(phrase: str) -> Party | None:
    """Return the unnamed party that a short phrase describes, or None."""
    parts = [w.lower().strip(",.") for w in phrase.split()]
    if 0 < len(parts) <= 5 and parts[-1] in words("party_nouns"):
        return Party(phrase, phrase, "AnonymousParty", named=False)
    return None
