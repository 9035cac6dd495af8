"""Framed blocks: the claims of list items and table rows. What belongs here: which reader reads which block.

The frame comes first: a heading, lead-in, column, row label or caption gives the predicate (``cues``), another one the
party on the other side (``slots``), the words themselves the members (``members``) or a verbless relation
(``fragments``). Items and rows are read by ``framed_items`` and ``framed_tables``.
"""

from collections.abc import Iterator

from pipelines.nlp import framed_glosses, framed_items, framed_labels, framed_risks, framed_tables
from pipelines.nlp.framed_fragments import fragment_readings
from pipelines.nlp.reading import BlockView, Reading


def read(view: BlockView) -> Iterator[Reading]:
    """Yield the claims of one list item or table row in its frame, and what a paragraph without a subject tells of the frame."""
    if view.block.kind == "table_row":
        yield from framed_tables.read(view)
        yield from framed_glosses.read_row(view)
        yield from framed_labels.read(view)
    elif view.block.kind == "list_item":
        yield from framed_items.read(view)
        yield from framed_glosses.read(view)
        yield from framed_labels.read(view)
    elif view.block.kind == "paragraph":
        yield from framed_risks.paragraph(view)
        # Filings write whole sentences, which the parser reads better.
        if view.context.document.kind != "filing":
            yield from framed_items.labelled(view)
            yield from fragment_readings(view, view.block.start, view.block.end, None)
