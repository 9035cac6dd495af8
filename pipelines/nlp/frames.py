"""Frames: what a block may take from around it. What belongs here: building :class:`BlockView` for each block.

Who the first person is: the filer of a filing, the speaker's firm of a turn, else nobody. What a page is about: the
front matter's topic, or the one organization that its title names.
"""

import re
from collections.abc import Iterator
from functools import cache

from graph.model import load_ontology
from pipelines.nlp.cues import cue_of, plain
from pipelines.nlp.mentions import owner_of
from pipelines.nlp.reading import BlockView, DocumentContext, Filled, Mention
from pipelines.records import Block, Party


def build_views(context: DocumentContext) -> Iterator[BlockView]:
    """Yield the view of every block that can hold a claim, in reading order."""
    focus: Filled | None = None
    document = context.document
    for block in document.blocks:
        if block.kind == "heading":
            focus = None
        if block.kind in ("heading", "title", "code", "speaker", "table_header") or _skipped(context, block):
            continue
        mentions = context.mentions.get(block.index, [])
        first_person = context.filer or _speaker(context, block)
        yield BlockView(context, block, mentions, first_person, _heading_parties(context, block), focus)
        if block.kind == "paragraph" and (named := _organizations(context, mentions)):
            focus = Filled(named[0][0], "focus", named[0][1].start, named[0][1].end)


def topic_of(context: DocumentContext) -> Filled | None:
    """Return what the document is about: its stated topic, else the only organization that its title names."""
    document = context.document
    if document.topic and (org := context.registry.find(document.topic)):
        party = Party(org.name, document.topic, "Organization", org.id)
        return Filled(party, "topic", *_place(document.text, document.topic, org.name))
    start, end = _place(document.text, document.title)
    named: dict[str, Filled] = {}
    for block in document.blocks[:3]:
        for party, mention in _organizations(context, context.mentions.get(block.index, [])):
            if start <= mention.start < end:
                named.setdefault(party.key, Filled(party, "title", mention.start, mention.end))
    if not named and (org := context.registry.find(document.title)):
        at = _place(document.text, document.title)
        return Filled(Party(org.name, document.title, "Organization", org.id), "title", *at)
    return next(iter(named.values())) if len(named) == 1 else None


def filer_of(context: DocumentContext) -> Filled | None:
    """Return the organization that files: by CIK, else by name; an unregistered filer keeps its own name."""
    document = context.document
    if document.kind != "filing":
        return None
    found = context.registry.by_cik(document.filer_cik) or context.registry.find(document.filer.rstrip("."))
    if found is None and document.filer:
        words = document.filer.replace(",", " ").split()
        found = context.registry.find(
            " ".join(w for w in words if w.lower().rstrip(".") not in ("inc", "corp", "ltd", "co", "holdings", "plc"))
        )
    if found:
        return Filled(
            Party(found.name, document.filer or found.name, "Organization", found.id),
            "filer",
            *_place(document.text, document.filer),
        )
    if document.filer:
        return Filled(
            Party(document.filer, document.filer, "Organization"), "filer", *_place(document.text, document.filer)
        )
    return None


def _place(text: str, *surfaces: str) -> tuple[int, int]:
    """Return where the first of ``surfaces`` that occurs stands in the text; the text's first line where none does."""
    for surface in surfaces:
        at = text.find(surface) if surface else -1
        if at >= 0:
            return at, at + len(surface)
    return 0, max(1, text.find("\n"))


def _organizations(context: DocumentContext, mentions: list[Mention]) -> list[tuple[Party, Mention]]:
    owners = [(owner_of(m.party, context.registry), m) for m in mentions]
    return [(party, mention) for party, mention in owners if party.kind == "Organization"]


def _heading_parties(context: DocumentContext, block: Block) -> list[Filled]:
    found = []
    for index in reversed(block.headings):
        named = _organizations(context, context.mentions.get(index, []))
        if len({party.key for party, _ in named}) == 1:
            party, mention = named[0]
            found.append(Filled(party, "heading", mention.start, mention.end))
    return found


def _speaker(context: DocumentContext, block: Block) -> Filled | None:
    if block.speaker is None:
        return None
    named = _organizations(context, context.mentions.get(block.speaker, []))
    if named:
        return Filled(named[0][0], "speaker", named[0][1].start, named[0][1].end)
    line = context.document.text_of(context.document.blocks[block.speaker]).lower()
    if context.topic and context.document.kind == "transcript" and "analyst" not in line and "operator" not in line:
        return Filled(context.topic.party, "topic", context.topic.start, context.topic.end)
    return None


def _skipped(context: DocumentContext, block: Block) -> bool:
    document = context.document
    titles = [document.text_of(document.blocks[index]) for index in block.headings]
    # "Related" with "Competitors" below it: a heading that gives a predicate makes its list a statement again.
    return any(is_skipped(title) for title in titles) and not (
        cue_of(titles[-1], "headings") and not is_skipped(titles[-1])
    )


@cache
def is_skipped(heading: str) -> bool:
    """Return whether what stands below ``heading`` is not the document's own statement (GUIDE rule 10)."""
    title = re.sub(r"^(?:part |section )?\d+[.:)]\s*", "", plain(heading))
    return title in load_ontology().lexicons["frames"]["skipped_sections"]
