"""HAS_METRIC in tables: what a row's cell measures by its header, its label or the frame above. What belongs here: that.

What does not: quantities (``quantities``), metric words and sentences (``metrics``). A row's first cell is either who is
measured or what is measured; the header, the caption, the headings and the title say the rest, nearest first.
"""

import re
from collections.abc import Iterator

from graph.model import load_ontology
from pipelines.nlp.metrics import Cue, Metric, cue_in, framed_subject, implied_by, party_of, reading
from pipelines.nlp.quantities import Quantity, quantities
from pipelines.nlp.reading import BlockView, Filled, Reading
from pipelines.records import Cell, Party

_SURE, _UNSURE = 0.75, 0.6
_PERIOD = re.compile(
    r"(?:(?:FY|CY|H[12]|Q[1-4]|[1-4]Q|fiscal(?: year)?|year|quarter|jan\w*|feb\w*|mar\w*|apr\w*|may|jun\w*|jul\w*|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*)"
    r"[\s'’.-]*)*(?:\d{1,2},?\s)?(?:(?:19|20)?\d\d)?(?:[–—-](?:19|20)?\d\d)?E?",
    re.I,
)
_LONGEST_LABEL = 60


def read(view: BlockView) -> Iterator[Reading]:
    """Yield one metric for the first quantity of each cell of a row."""
    cells = view.block.cells
    if len(cells) < 2:
        return
    text = view.context.document.text
    label = text[cells[0].start : cells[0].end]
    for cell in cells[1:]:
        found = quantities(text[cell.start : cell.end])
        if not found:
            continue
        yield from _cell(view, cell, label, found[0])


def _cell(view: BlockView, cell: Cell, label: str, quantity: Quantity) -> Iterator[Reading]:
    header = _header(view, cell)
    words = view.context.document.text[cell.start : cell.end]
    by_label = cue_in(label, quantity.family)
    cue, sure = _cue(view, header, words, quantity.family)
    subject = _labelled(view, label) if by_label is None or cue_in(header, quantity.family) else None
    if subject is None and by_label is not None:
        framed = framed_subject(view)
        if framed is None:
            return
        cue, sure = by_label, by_label.sure
        subject = framed[0], framed[1], framed[2]
    if cue is None or subject is None:
        return
    party, fill, known = subject
    metric = Metric(quantity, cue.metric, sure)
    yield reading(view, view.block.start, view.block.end, metric, party, fill, _SURE if sure and known else _UNSURE)


def _cue(view: BlockView, header: str, words: str, family: str) -> tuple[Cue | None, bool]:
    """Return what the header, the cell's own words, caption, headings or title say is measured; the first that speaks."""
    for source in (header, words):
        if cue := cue_in(source, family):
            return cue, cue.sure
    if _names_another_figure(header):
        return None, False
    document = view.context.document
    frames = [view.block.caption] if view.block.caption is not None else []
    frames += list(reversed(view.block.headings))
    for index in frames:
        if index is not None and (cue := cue_in(document.text_of(document.blocks[index]), family)):
            return cue, cue.sure
    if cue := implied_by(family):
        return cue, False
    if cue := cue_in(document.title, family):
        return cue, cue.sure
    return None, False


def _names_another_figure(header: str) -> bool:
    figures = load_ontology().lexicons["metrics"]["not_metrics"]
    lower = f" {header.lower()} "
    return any(f" {figure.lower()} " in lower for figure in figures)


def _header(view: BlockView, cell: Cell) -> str:
    if view.block.header is None:
        return ""
    document = view.context.document
    titles = [c for c in document.blocks[view.block.header].cells if c.column <= cell.column]
    return document.text[titles[-1].start : titles[-1].end] if titles else ""


def _labelled(view: BlockView, label: str) -> tuple[Party, Filled | None, bool] | None:
    """Return who the row's label says is measured: a registered party, else the label's own words, unsure."""
    if (org := view.context.registry.find(label.strip())) is not None:
        return Party(org.name, label.strip(), "Organization", org.id), None, True
    first = view.block.cells[0]
    named = [m for m in view.mentions if first.start <= m.start < first.end]
    if named and len({party_of(view, m).key or m.party.name for m in named}) == 1:
        return party_of(view, named[0]), None, len(label) < 2 * (named[0].end - named[0].start)
    if _is_no_subject(label) or len(named) > 1:
        framed = framed_subject(view)
        return (framed[0], framed[1], False) if framed else None
    return Party(label.strip(), label.strip(), "AnonymousParty", named=False), None, False


def _is_no_subject(label: str) -> bool:
    plain = re.sub(r"[^\w\s'’–—.,-]", " ", label).strip()
    words = plain.lower().split()
    stops = load_ontology().lexicons["metrics"]["not_subjects"]
    return (
        not words
        or len(plain) > _LONGEST_LABEL
        or bool(_PERIOD.fullmatch(plain))
        or not re.search(r"[A-Za-z]{2}", plain)
        or all(word in stops for word in words)
    )
