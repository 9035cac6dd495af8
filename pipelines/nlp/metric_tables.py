"""HAS_METRIC in tables: what a row's cell measures by its header, its label or the frame above. What belongs here: that.

What does not: quantities (``quantities``), metric words and sentences (``metrics``). A row's first cell is either who is
measured or what is measured; the header, the caption, the headings and the title say the rest, nearest first.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.model import load_ontology
from pipelines.nlp.metrics import Metric, cue_in, framed_subject, implied_by, is_read, metrics_of, names_another_figure, party_of, reading
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
# A cell of more words is read as a sentence.
_LONGEST_VALUE = 9
# A number of the accounts without its unit, which the table's head gives.
_ACCOUNT = re.compile(r"\$?\s?\(?\s?(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s?\)?")
_SCALE = re.compile(r"\bin (thousands|millions|billions)", re.I)


def read(view: BlockView) -> Iterator[Reading]:
    """Yield the metrics of a row: of a cell that is a sentence what it says, of any other its first quantity."""
    cells = view.block.cells
    if len(cells) < 2:
        return
    row = _row(view)
    for cell in cells:
        if cell.column != row.column:
            for metric, by_label in _metrics(view, row, cell):
                if is_read(view, metric):
                    yield from _readings(view, row, metric, by_label)


@dataclass(frozen=True, slots=True)
class Row:
    """A row's label: its words, the column it stands in (-1: none), and the metric that it names by family."""

    label: str
    column: int
    subject: tuple[Party, Filled | None, bool] | None


def _row(view: BlockView) -> Row:
    """Return the label of the row: the first cell, or the column whose header says who is measured."""
    document, cells = view.context.document, view.block.cells
    chosen = cells[0]
    if _is_one_of(_header(view, chosen), "source_headers"):
        named = [c for c in cells[1:] if _is_one_of(_header(view, c), "subject_headers")]
        if not named:
            return Row("", -1, framed_subject(view))
        chosen = named[0]
    label = document.text[chosen.start : chosen.end]
    return Row(label, chosen.column, _labelled(view, chosen, label))


def _is_one_of(header: str, key: str) -> bool:
    words = load_ontology().lexicons["metrics"][key]
    return header.strip().lower() in words


def _metrics(view: BlockView, row: Row, cell: Cell) -> Iterator[tuple[Metric, bool]]:
    """Yield what a cell measures, and whether the row's label names what (true) or whom (false)."""
    text = view.context.document.text[cell.start : cell.end]
    if len(text.split()) > _LONGEST_VALUE:
        yield from ((metric, False) for metric in metrics_of(text))
        return
    header = _header(view, cell)
    found = quantities(text)
    if not found:
        if (bare := _ACCOUNT.fullmatch(text)) and (cue := cue_in(row.label, "money")) and cue.sure:
            yield Metric(Quantity(0, len(text), bare[1], _scale(view), "money", "="), cue.metric, True), True
        return
    quantity = found[0]
    if (cue := cue_in(row.label, quantity.family)) and not cue_in(header, quantity.family):
        yield Metric(quantity, cue.metric, cue.sure, cue.filings), True
    elif not names_another_figure(header) and not names_another_figure(row.label):
        if metric := _by_frame(view, header, text, quantity):
            yield metric, False


def _scale(view: BlockView) -> str:
    """Return the unit that the table's head gives to bare numbers: million, thousand, or nothing."""
    document = view.context.document
    frames = [i for i in (view.block.header, view.block.caption, *reversed(view.block.headings[-1:])) if i is not None]
    for index in frames:
        if scale := _SCALE.search(document.text_of(document.blocks[index])):
            return scale[1].lower().removesuffix("s")
    return ""


def _readings(view: BlockView, row: Row, metric: Metric, label_is_metric: bool) -> Iterator[Reading]:
    subject = framed_subject(view) if label_is_metric else row.subject
    if subject is None:
        return
    party, fill, known = subject
    quality = _SURE if metric.sure and known else _UNSURE
    yield reading(view, view.block.start, view.block.end, metric, party, fill, quality)


def _by_frame(view: BlockView, header: str, text: str, quantity: Quantity) -> Metric | None:
    """Return what header, cell, caption, headings or title say is measured; the nearest that speaks."""
    for source in (header, text):
        if cue := cue_in(source, quantity.family):
            return Metric(quantity, cue.metric, cue.sure, cue.filings)
    document, block = view.context.document, view.block
    frames = [i for i in (block.caption, *reversed(block.headings)) if i is not None]
    sources = [document.text_of(document.blocks[index]) for index in frames] + [document.title]
    change = quantity.family in ("percent", "multiple")
    if change and not any(word in header.lower().split() for word in load_ontology().lexicons["metrics"]["growth_words"]):
        return None
    if 2 * (quantity.end - quantity.start) + 14 >= len(text):
        for source in sources:
            if cue := cue_in(source, "money" if change else quantity.family):
                name = f"{cue.metric} growth" if change else cue.metric
                return Metric(quantity, name, cue.sure, cue.filings)
    cue = implied_by(quantity.family)
    return Metric(quantity, cue.metric, False, cue.filings) if cue else None


def _header(view: BlockView, cell: Cell) -> str:
    if view.block.header is None:
        return ""
    document = view.context.document
    titles = [c for c in document.blocks[view.block.header].cells if c.column <= cell.column]
    return document.text[titles[-1].start : titles[-1].end] if titles else ""


def _labelled(view: BlockView, cell: Cell, label: str) -> tuple[Party, Filled | None, bool] | None:
    """Return who the row's label says is measured: a registered party, else the label's own words, unsure."""
    if (org := view.context.registry.find(label.strip())) is not None:
        return Party(org.name, label.strip(), "Organization", org.id), None, True
    named = [m for m in view.mentions if cell.start <= m.start < cell.end]
    if named and len({party_of(view, m).identity for m in named}) == 1:
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
