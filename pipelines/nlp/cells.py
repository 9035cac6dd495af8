"""Cells that hold a clause ("Acquires Splunk for $28B"): the surface patterns on them. What belongs here: which cells.

What does not: names and labels in cells (``framed_tables``), numbers (``metric_tables``). Filings keep their clauses in prose.
"""

from collections.abc import Iterator

from pipelines.nlp import surface
from pipelines.nlp.reading import BlockView, Reading

# A cell of fewer words is a name, a label or a number.
_FEWEST_WORDS = 3
# A cell leaves out more than a sentence does: what it says stays a candidate.
_MOST = 0.65
# Frames beyond the row.
_BEYOND = ("topic", "title", "heading", "lead_in", "filer", "speaker")


def read(view: BlockView) -> Iterator[Reading]:
    """Yield what the cells of one table row say that are clauses of their own; the quote is the row."""
    if view.context.document.kind == "filing":
        return
    for cell in view.block.cells:
        if len(view.context.document.text[cell.start : cell.end].split()) < _FEWEST_WORDS:
            continue
        mentions = [m for m in view.mentions if cell.start <= m.start and m.end <= cell.end]
        told_of = any(m.end <= cell.start and m.party.kind == "Organization" for m in view.mentions)
        for reading in surface.read(view, cell.start, cell.end, mentions):
            if told_of and any(fill.source in _BEYOND for fill in reading.fills.values()):
                # The row names whom it tells of, and that is not the page's party.
                continue
            reading.start, reading.end = view.block.start, view.block.end
            reading.quality = min(reading.quality, _MOST)
            yield reading
