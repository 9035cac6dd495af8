"""Mentions: registered names, offerings and places in text. What belongs here: finding and delimiting them.

What does not: deciding what they do in a sentence. Strong surfaces always count; weak ones only beside a strong surface
of the same organization in the document, tickers only where text writes tickers (in brackets, after a colon or ``$``), and
everywhere on a page whose title begins with one.
"""

import re

import ahocorasick

from graph.model import Ontology, Organization, Registry, strong_surfaces
from pipelines.ids import slug
from pipelines.nlp.candidates import about_a_company, is_form, legal_end, words
from pipelines.nlp.reading import Mention
from pipelines.records import Document, Party

_WORD = re.compile(r"\w")
_EXCHANGE_BEFORE = re.compile(r"(?:Nasdaq|NASDAQ|NYSE)\s?:\s?$")
# "Acme-compatible", "Acme-like" compare with Acme and do not mean it.
_LIKENESS = re.compile(r"-(?:compatible|like|style|class|equivalent|killer)\b")
# "(ETR: ENR)": letters before letters are an exchange.
_OF_AN_EXCHANGE = re.compile(r": ?[A-Z0-9.]{1,8}\)")
_TICKER_BEFORE = re.compile(r"(?:[($:]|Nasdaq|NYSE)\s?$")

_TITLE = re.compile(r"([A-Z]{3,5})(?: ?[—–:|]| -| \(| [A-Z][a-z])")
# "Acme Timber, Ltd." and "Acme Timber (NYSE: ACMT)" are companies of their own beside Acme.
_NEXT_WORD = re.compile(r" (&|[A-Z][\w&’'-]*)")
_LONGEST_TAIL = 3
_LISTED = re.compile(
    r" \((?:NASDAQ|Nasdaq|NYSE|LSE|TSE|TSX|HKEX|KRX|KOSDAQ|ASX|TWSE|TPE|SIX|ETR|FRA|XETRA|Euronext)[^():]{0,20}: ?[A-Z0-9]"
)
_WORD_BEFORE = re.compile(r"\b([A-Z][\w-]+) $")


class Lexicon:
    """An automaton over all surfaces of registry and ontology; letter case counts."""

    def __init__(self, registry: Registry, ontology: Ontology) -> None:
        self._parties: dict[str, tuple[Party, str, str]] = {}
        for org in registry.organizations.values():
            self._add_organization(org)
        for place in ontology.lexicons.get("places", {}).get("terms", ()):
            self._parties.setdefault(place, (Party(place, place, "Place", f"place:{slug(place)}"), "", "strong"))
        lexicon = ontology.lexicons.get("places", {})
        self._places = frozenset(place for key in ("terms", "wider", "regions") for place in lexicon.get(key, ()))
        self._automaton = ahocorasick.Automaton()
        for surface in sorted(self._parties):
            self._automaton.add_word(surface, surface)
        self._automaton.make_automaton()

    def _add_organization(self, org: Organization) -> None:
        party = Party(org.name, org.name, "Organization", org.id)
        offered = {}
        for offering in org.offerings:
            item = Party(offering.name, offering.name, "Offering", f"offering:{slug(offering.name)}")
            offered.update(dict.fromkeys((offering.name, *offering.aliases), item))
        for surface in strong_surfaces(org):
            self._parties.setdefault(surface, (offered.get(surface, party), org.id, "strong"))
        for surface in org.weak_aliases:
            strength = "ticker" if surface in org.tickers else "weak"
            self._parties.setdefault(surface, (party, org.id, strength))

    def find(self, document: Document) -> dict[int, list[Mention]]:
        """Return the mentions of each block, in order and disjoint (the longest at the leftmost place wins)."""
        text = document.text
        hits = self._without_longer(text, [h for h in self._hits(text) if _bounded(text, h[0], h[1])])
        present = {org for _, _, _, org, strength in hits if strength == "strong"}
        titled = _titled(document)
        kept: list[Mention] = []
        end = 0
        for start, stop, surface, org, strength in sorted(hits, key=lambda h: (h[0], -h[1])):
            if start < end or (strength == "weak" and org not in present):
                continue
            if strength == "ticker" and surface != titled and not _written_as_ticker(text, start, stop):
                continue
            party = self._parties[surface][0]
            if party.kind == "Organization" and " " not in surface and _of_a_person(text, start):
                continue
            kept.append(Mention(start, stop, Party(party.name, surface, party.kind, party.key)))
            end = stop
        return _by_block(document, kept)

    def _without_longer(
        self, text: str, hits: list[tuple[int, int, str, str, str]]
    ) -> list[tuple[int, int, str, str, str]]:
        """Return ``hits`` without those that only begin another company's longer name, which the text writes once in full."""
        starts = {start for start, *_ in hits}
        longest = {start: stop for start, stop, *_ in sorted(hits)}
        longer = set()
        for start, stop, surface, _, _ in hits:
            if self._parties[surface][0].kind == "Organization" and stop == longest[start]:
                end = self._longer_end(text, stop)
                if end and starts.isdisjoint(range(start + 1, end)):
                    longer.add(text[start:end])
        return [h for h in hits if not any(h[1] - h[0] < len(name) and text.startswith(name, h[0]) for name in longer)]

    def _longer_end(self, text: str, stop: int) -> int:
        """Return where a name goes on to behind ``stop``, up to its form of company or listing, or 0; a country says where, not who."""
        end = stop
        tail: list[str] = []
        while len(tail) < _LONGEST_TAIL and (word := _NEXT_WORD.match(text, end)) and not is_form(word[1]):
            tail.append(word[1])
            end = word.end()
            if legal_end(text, end) > end or _LISTED.match(text, end):
                return 0 if " ".join(tail) in self._places or _says_more(tail) else end
        return 0

    def _hits(self, text: str) -> list[tuple[int, int, str, str, str]]:
        return [
            (last - len(surface) + 1, last + 1, surface, *self._parties[surface][1:])
            for last, surface in self._automaton.iter(text)
        ]


def _bounded(text: str, start: int, end: int) -> bool:
    # "Lambda@Edge" is a product of somebody else.
    if _LIKENESS.match(text, end) or text[end : end + 1] == "@" or text[max(0, start - 3) : start].lower() == "ex-":
        return False
    before = text[start - 1 : start]
    after = text[end : end + 1]
    return (not _WORD.match(before) and not _WORD.match(after) and before != "-") or (
        before == "-" and not after.isalnum()
    )


def _written_as_ticker(text: str, start: int, end: int) -> bool:
    """Return whether letters stand where text writes tickers; a single letter only behind the name of an exchange."""
    if _OF_AN_EXCHANGE.match(text, end):
        return False
    before = text[max(0, start - 10) : start]
    return bool((_TICKER_BEFORE if end - start > 1 else _EXCHANGE_BEFORE).search(before))


def _titled(document: Document) -> str:
    """Return the letters of a ticker that the title of a company's page begins with ("ACME — Market analysis"), or nothing."""
    first = document.text.split("\n", 1)[0]
    for title in (document.title, first):
        if (found := _TITLE.match(title)) and found[1] not in words("never") and about_a_company(title[found.end(1) :]):
            return found[1]
    return ""


def _of_a_person(text: str, start: int) -> bool:
    """Return whether a name behind a first name is a person's: "Michael Dell"."""
    before = _WORD_BEFORE.search(text, max(0, start - 16), start)
    return before is not None and before[1] in words("first_names") - words("edges") - words("never")


def _by_block(document: Document, mentions: list[Mention]) -> dict[int, list[Mention]]:
    found: dict[int, list[Mention]] = {}
    blocks = iter(document.blocks)
    block = next(blocks, None)
    for mention in mentions:
        while block is not None and block.end <= mention.start:
            block = next(blocks, None)
        if block is not None and mention.end <= block.end:
            found.setdefault(block.index, []).append(mention)
    return found


def _says_more(tail: list[str]) -> bool:
    """Return whether the words behind a name are those of a title or a holding: "Acme Acquires Beta", "Acme Holdings"."""
    told = words("verbs") | words("bought")
    return any(w in words("edges") or w.lower() in told for w in tail) or words("holding").issuperset(tail)


class Directory:
    """Lookups over one registry, built once: owners of offerings, strong names whatever their letter case, tickers."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self._owners: dict[str, Organization] = {}
        self._strong: dict[str, tuple[str, str]] = {}
        self._weak: dict[str, tuple[str, str]] = {}
        self._tickers: dict[str, tuple[str, str]] = {}
        for org in registry.organizations.values():
            for offering in org.offerings:
                self._owners.setdefault(f"offering:{slug(offering.name)}", org)
            for surface in {org.name, *org.aliases, *org.legal_names, *org.brands} - set(org.weak_aliases):
                self._strong.setdefault(surface.casefold(), (org.id, org.name))
            for surface in set(org.weak_aliases) - set(org.tickers):
                self._weak.setdefault(surface, (org.id, org.name))
            for ticker in org.tickers:
                self._tickers.setdefault(ticker, (org.id, org.name))

    def owner(self, offering: str) -> Organization | None:
        """Return the owner of the offering with this key, or None."""
        return self._owners.get(offering)

    def strong(self, name: str) -> tuple[str, str] | None:
        """Return id and name of the organization that ``name`` identifies alone, letter case ignored, or None."""
        return self._strong.get(name.casefold())

    def weak(self, name: str) -> tuple[str, str] | None:
        """Return id and name of the organization with this weak alias, or None; it says little without evidence."""
        return self._weak.get(name)

    def strength(self, name: str) -> str:
        """Return "strong", "weak" or nothing for a name by what the registry says of it."""
        return "strong" if self.strong(name) else "weak" if self.weak(name) else ""

    def ticker(self, letters: str) -> tuple[str, str] | None:
        """Return id and name of the organization with this ticker, or None."""
        return self._tickers.get(letters)


_DIRECTORIES: dict[int, Directory] = {}


def directory_of(registry: Registry) -> Directory:
    """Return the lookups over this registry object, built once."""
    if id(registry) not in _DIRECTORIES:
        _DIRECTORIES[id(registry)] = Directory(registry)
    return _DIRECTORIES[id(registry)]


def owner_of(party: Party, registry: Registry) -> Party:
    """Return the organization that ``party`` stands for: itself, or the owner of an offering with the surface kept."""
    if party.kind != "Offering" or not (org := directory_of(registry).owner(party.key)):
        return party
    return Party(org.name, party.surface, "Organization", org.id)
