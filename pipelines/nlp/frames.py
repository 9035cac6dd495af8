"""Frames: what a block may take from around it. What belongs here: building :class:`BlockView` for each block.

What does not: whom first person means (``speakers``), or what the page is about (``topic``).
"""

import re
from collections.abc import Iterator
from functools import cache

from graph.model import load_ontology
from pipelines.nlp.cautionary import cautionary_blocks
from pipelines.nlp.cues import cue_of, plain
from pipelines.nlp.mentions import owner_of
from pipelines.nlp.reading import BlockView, DocumentContext, Filled, Mention
from pipelines.records import Block, Party

_NO_STATEMENTS = ("heading", "title", "code", "speaker", "table_header")


def build_views(context: DocumentContext) -> Iterator[BlockView]:
    """Yield the view of every block that can hold a claim, in reading order."""
    focus: Filled | None = None
    document = context.document
    notices = cautionary_blocks(document)
    for block in document.blocks:
        if block.kind == "heading":
            focus = None
        if block.kind in _NO_STATEMENTS or block.index in notices or _skipped(context, block):
            continue
        mentions = context.mentions.get(block.index, [])
        yield _view(context, block, focus)
        if block.kind == "paragraph" and (named := _organizations(context, mentions)):
            focus = Filled(named[0][0], "focus", named[0][1].start, named[0][1].end)


def linked_views(context: DocumentContext) -> Iterator[BlockView]:
    """Yield the views of the items below headings such as "Related": no statements but for the gloss beside a name."""
    linked = load_ontology().lexicons["frames"]["linked_sections"]
    document = context.document
    for block in document.blocks:
        if block.kind != "list_item" or not block.headings or not _skipped(context, block):
            continue
        if all(plain(t) in linked for t in _titles(context, block) if is_skipped(t)):
            yield _view(context, block, None)


def heading_views(context: DocumentContext) -> Iterator[BlockView]:
    """Yield the views of headings that stand below another: a list may be laid out as headings."""
    for block in context.document.blocks:
        if (
            block.kind == "heading"
            and block.headings
            and context.mentions.get(block.index)
            and not _skipped(context, block)
        ):
            yield _view(context, block, None)


def _view(context: DocumentContext, block: Block, focus: Filled | None) -> BlockView:
    mentions, first_person = context.mentions.get(block.index, []), context.first_persons.get(block.index)
    return BlockView(context, block, mentions, first_person, _heading_parties(context, block), focus)


def _titles(context: DocumentContext, block: Block) -> list[str]:
    return [context.document.text_of(context.document.blocks[index]) for index in block.headings]


def _organizations(context: DocumentContext, mentions: list[Mention]) -> list[tuple[Party, Mention]]:
    owners = [(owner_of(m.party, context.registry), m) for m in mentions]
    return [(party, mention) for party, mention in owners if party.kind == "Organization"]


def _heading_parties(context: DocumentContext, block: Block) -> list[Filled]:
    found = []
    for index in reversed(block.headings):
        named = _organizations(context, context.mentions.get(index, []))
        if len({party.identity for party, _ in named}) == 1:
            party, mention = named[0]
            found.append(Filled(party, "heading", mention.start, mention.end))
    return found


def _skipped(context: DocumentContext, block: Block) -> bool:
    titles = _titles(context, block)
    # "Related" with "Competitors" below it: a heading that gives a predicate makes its list a statement again.
    return any(is_skipped(title) for title in titles) and not (
        cue_of(titles[-1], "headings") and not is_skipped(titles[-1])
    )


@cache
def is_skipped(heading: str) -> bool:
    """Return whether what stands below ``heading`` is not the document's own statement (GUIDE rule 10)."""
    title = re.sub(r"^(?:part |section )?\d+[.:)]\s*", "", plain(heading))
    return title in load_ontology().lexicons["frames"]["skipped_sections"]
