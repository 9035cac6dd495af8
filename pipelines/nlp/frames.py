"""Frames: what a block may take from around it. What belongs here: building :class:`BlockView` for each block.

What does not: whom first person means (``speakers``), or what the page is about (``topic``).
"""

from collections.abc import Iterator

from pipelines.nlp.mentions import owner_of
from pipelines.nlp.reading import BlockView, DocumentContext, Filled, Mention
from pipelines.records import Block, Party

# Sections whose text is not the document's own statement (GUIDE rule 10).
SKIPPED_HEADINGS = ("references", "sources", "source", "further reading", "table of contents", "related", "see also", "footnotes",
                    "signatures", "exhibit index", "links", "bibliography")  # fmt: skip


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
        first_person = context.first_persons.get(block.index)
        yield BlockView(context, block, mentions, first_person, _heading_parties(context, block), focus)
        if block.kind == "paragraph" and (named := _organizations(context, mentions)):
            focus = Filled(named[0][0], "focus", named[0][1].start, named[0][1].end)


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
    document = context.document
    return any(
        document.text_of(document.blocks[index]).strip().lower().rstrip(":") in SKIPPED_HEADINGS
        for index in block.headings
    )
