"""What a document is about, and who files it. What belongs here: that choice, with the words that show it.

A topic is an organization or nothing: a page about a product, a concept or an industry has none. In this order: the filer, the stated
topic, the one organization of the title, of the address, or the one named far more often than any other from the start on.
"""

import re
from collections import Counter
from collections.abc import Iterator

from pipelines.nlp import name_cues
from pipelines.nlp.candidates import Candidate, candidates
from pipelines.nlp.mentions import directory_of, owner_of
from pipelines.nlp.names import usual_name
from pipelines.nlp.reading import DocumentContext, Filled, Mention
from pipelines.records import Party

# A filing's own name stands in its first pages.
_COVER = 60_000
_COVER_BLOCKS = 60
_OPENING_BLOCKS = 8
_OFTEN = 5
_SHARE = 0.6
_TODAY = re.compile(
    r"(?: \([^)]{0,40}\))?,? (?:today|this week|has today) (?:announced|reported|unveiled|introduced|launched|said)|(?: \([^)]{0,40}\))? (?:announced|reported) today"
)


def filer_of(context: DocumentContext) -> Filled | None:
    """Return the organization that files: by CIK, by name, or as it calls itself ("we"); an unregistered one keeps its name."""
    document = context.document
    if document.kind != "filing":
        return None
    stated = usual_name(document.filer)
    found = context.registry.by_cik(document.filer_cik) or context.registry.find(document.filer.rstrip("."))
    found = found or context.registry.find(stated)
    if found:
        party = Party(found.name, document.filer or found.name, "Organization", found.id)
        return Filled(party, "filer", *place(document.text, document.filer))
    if not document.filer or (document.filer.isupper() and " " not in document.filer):
        # No name, or only a ticker: the text says whom "we" means.
        return _self_named(context) or _on_cover(context) or _stated(context, stated)
    return _stated(context, stated)


def _stated(context: DocumentContext, name: str) -> Filled | None:
    if not name:
        return None
    text, filer = context.document.text, context.document.filer
    return Filled(Party(_cased(name, text), filer, "Organization"), "filer", *place(text, filer))


def _cased(name: str, text: str) -> str:
    """Return a name given in capitals as the text writes it: "ACME WIDGETS" as "Acme Widgets"."""
    found = re.search(rf"\b{re.escape(name)}\b", text, re.I) if name.isupper() else None
    titled = re.search(rf"\b{re.escape(name.title())}\b", text) if name.isupper() else None
    return titled[0] if titled else found[0] if found else name


def _self_named(context: DocumentContext) -> Filled | None:
    document = context.document
    for candidate in candidates(document, {}):
        if candidate.start > _COVER:
            return None
        if name_cues.names_the_speaker(candidate, document.text):
            return _as_filer(context, candidate)
    return None


def _on_cover(context: DocumentContext) -> Filled | None:
    """Return the company that stands alone, with its form, in a line of the cover."""
    for candidate in candidates(context.document, {}):
        if candidate.block.index > _COVER_BLOCKS:
            return None
        if candidate.legal and (candidate.start, candidate.end) == (candidate.block.start, candidate.block.end):
            return _as_filer(context, candidate)
    return None


def _as_filer(context: DocumentContext, candidate: Candidate) -> Filled:
    surface, name = context.document.text[candidate.start : candidate.end], usual_name(candidate.name)
    known = directory_of(context.registry).strong(candidate.name) or directory_of(context.registry).strong(name)
    party = Party(known[1], surface, "Organization", known[0]) if known else None
    party = party or Party(_cased(name, context.document.text), surface, "Organization")
    return Filled(party, "filer", candidate.start, candidate.end)


def topic_of(context: DocumentContext) -> Filled | None:
    """Return the organization that the document is about, or None where no single one is."""
    return _stated_topic(context) or _of_title(context) or announcer_of(context) or _most_named(context)


def _stated_topic(context: DocumentContext) -> Filled | None:
    document = context.document
    if not document.topic:
        return None
    if org := context.registry.find(document.topic):
        party = Party(org.name, document.topic, "Organization", org.id)
        return Filled(party, "topic", *place(document.text, document.topic, org.name))
    named = _first_named(context, document.topic)
    return Filled(named.party, "topic", named.start, named.end) if named else None


def _of_title(context: DocumentContext) -> Filled | None:
    document = context.document
    named = {} if document.title in document.text else _of_words(context, document.title)
    named = named or _in_title(context)
    if not named and (titled := _first_named(context, document.title)):
        return Filled(titled.party, "title", titled.start, titled.end)
    return next(iter(named.values())) if len(named) == 1 else None


def _in_title(context: DocumentContext) -> dict[str, Filled]:
    """Return the organizations of the title's own place in the opening, else of the first line."""
    document = context.document
    start, end = place(document.text, document.title)
    named: dict[str, Filled] = {}
    for block in document.blocks[:3]:
        for party, mention in organizations(context, block.index):
            # A title that names a product is about the product.
            if mention.party.kind == "Organization" and start <= mention.start < end:
                named.setdefault(party.identity, Filled(party, "title", mention.start, mention.end))
    return named


def _of_words(context: DocumentContext, title: str) -> dict[str, Filled]:
    """Return the registered organizations that a title names which is no part of the text."""
    parts = re.findall(r"[^\W_][\w.&-]*", title)
    directory = directory_of(context.registry)
    found: dict[str, Filled] = {}
    for at in range(len(parts)):
        for length in range(4, 0, -1):
            words = " ".join(parts[at : at + length])
            if words[:1].isupper() and (org := directory.strong(words)):
                party = Party(org[1], words, "Organization", org[0])
                found.setdefault(party.identity, Filled(party, "title", *place(context.document.text, words, org[1])))
                break
    return found


def announcer_of(context: DocumentContext) -> Filled | None:
    """Return the organization of a press release: the one before "today announced" in its opening."""
    text = context.document.text
    for block in context.document.blocks[:_OPENING_BLOCKS]:
        for party, mention in organizations(context, block.index):
            if mention.party.kind == "Organization" and _TODAY.match(text, mention.end):
                return Filled(party, "topic", mention.start, mention.end)
    return None


def _most_named(context: DocumentContext) -> Filled | None:
    """Return the organization that makes up most of the document's mentions and that its opening names."""
    counts: Counter[str] = Counter()
    first: dict[str, Filled] = {}
    opening: set[str] = set()
    for index in sorted(context.mentions):
        for party, mention in organizations(context, index):
            counts[party.identity] += 1
            first.setdefault(party.identity, Filled(party, "topic", mention.start, mention.end))
            if index < _OPENING_BLOCKS:
                opening.add(party.identity)
    if not counts:
        return None
    best, number = max(counts.items(), key=lambda item: (item[1], item[0]))
    often = number >= _OFTEN and number >= _SHARE * counts.total()
    return first[best] if often and best in opening else None


def _first_named(context: DocumentContext, name: str) -> Mention | None:
    """Return the first mention of an unregistered organization with exactly this name."""
    return next(
        (m for _, ms in sorted(context.mentions.items()) for m in ms if m.party.kind == "Organization" and m.party.name == name),
        None,
    )  # fmt: skip


def organizations(context: DocumentContext, index: int) -> Iterator[tuple[Party, Mention]]:
    """Yield the organizations that a block names, an offering as its owner, with the mention."""
    for mention in context.mentions.get(index, ()):
        party = owner_of(mention.party, context.registry)
        if party.kind == "Organization":
            yield party, mention


def place(text: str, *surfaces: str) -> tuple[int, int]:
    """Return where the first of ``surfaces`` that occurs stands in the text; the text's first line where none does."""
    for surface in surfaces:
        at = text.find(surface) if surface else -1
        if at >= 0:
            return at, at + len(surface)
    return 0, max(1, text.find("\n"))
