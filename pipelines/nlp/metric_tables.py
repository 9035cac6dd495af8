"""HAS_METRIC in tables: what a row's cells measure, and whom they are of. What belongs here: that.

What does not: quantities (``quantities``), metric words and sentences (``metrics``), whom words mean (``measured``). Either the
row's label or the column's header says who is measured; the other, the cell, the caption, the headings and the title say
what. A number without a unit takes that of its label, its header, or the line that says what the table's numbers are in.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from graph.model import load_ontology
from pipelines.nlp.measured import Place, Subject, framed_subject, owned_part, subject_of
from pipelines.nlp.mentions import directory_of
from pipelines.nlp.metrics import (
    Metric,
    compares,
    cue_in,
    fits,
    implied_by,
    is_big,
    is_read,
    meant,
    metrics_of,
    names_a_measure,
    names_another_figure,
    reading,
)
from pipelines.nlp.quantities import Quantity, bare_quantity, quantities
from pipelines.nlp.reading import BlockView, Mention, Reading
from pipelines.nlp.subject_names import own_words, party_of
from pipelines.records import Cell, Party

_PERIOD = re.compile(
    r"(?:(?:FY|CY|H[12]|Q[1-4]|[1-4]Q|fiscal(?: year)?|year|quarter|jan\w*|feb\w*|mar\w*|apr\w*|may|jun\w*|jul\w*|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*)"
    r"[\s'’.-]*)*(?:\d{1,2},?\s)?(?:(?:19|20)?\d\d)?(?:\s?[–—-]\s?(?:19|20)?\d\d)?E?",
    re.I,
)
_RANK = re.compile(r"#?\d{1,2}\.?")
# A cell of more words is read as a sentence, unless it begins with its number.
_LONGEST_VALUE = 9
_LEADING = 3
# So much of a table's head may name the unit of all its numbers.
_LONGEST_HEAD = 400
_SHORTEST_TICKER = 2


@dataclass(frozen=True, slots=True)
class Row:
    """A row's label: its words, the column it stands in (-1: none), and whom it names (None: nobody).

    ``words`` are those of the row, its headers and its nearest heading; ``first_number`` is the column of its first number.
    """

    label: str
    column: int
    subject: Subject | None
    words: str
    first_number: int


def read(view: BlockView) -> Iterator[Reading]:
    """Yield the metrics of a row: of a cell that is a sentence what it says, of any other its first quantity."""
    if len(view.block.cells) < 2 or not any(c.isdigit() for c in view.text):
        return
    row = _row(view)
    for cell in view.block.cells:
        if cell.column != row.column:
            yield from _of_cell(view, row, cell)


def _of_cell(view: BlockView, row: Row, cell: Cell) -> Iterator[Reading]:
    text = view.context.document.text[cell.start : cell.end]
    header = _header(view, cell)
    found = quantities(text)
    leads = bool(found) and found[0].start <= _LEADING
    if len(text.split()) > _LONGEST_VALUE and not (leads and cue_in(header, found[0].family)):
        for metric in metrics_of(text):
            if not is_read(view, metric, text, sentence=True):
                continue
            if subject := meant(metric, _subject_in(view, row, cell, metric), text):
                yield reading(view, cell.start, cell.end, metric, subject, cell.start, header)
        return
    measured = _metric(view, row, header, text, found)
    if measured is None or not is_read(view, measured, row.words, sentence=False):
        return
    if (
        view.context.filer
        and (not found or measured.quantity.family == "percent")
        and not _is_current(row, cell, measured)
    ):
        return
    if subject := meant(measured, _subject(view, row, cell, header, measured), text):
        yield reading(view, view.block.start, view.block.end, measured, subject, cell.start, header)


def _is_current(row: Row, cell: Cell, metric: Metric) -> bool:
    """Return whether a number of accounts is the period's own: those before it are facts of earlier documents, changes are none."""
    return metric.quantity.family != "percent" and (
        metric.quantity.family != "money" or cell.column == row.first_number
    )


def _words(view: BlockView) -> str:
    document, block = view.context.document, view.block
    frames = [i for i in (block.header, *block.headings[-1:]) if i is not None]
    return " | ".join([view.text, *(document.text_of(document.blocks[i]) for i in frames)])


def _first_number(view: BlockView, label: Cell) -> int:
    text = view.context.document.text
    numbers = (
        c.column for c in view.block.cells if c.column != label.column and any(map(str.isdigit, text[c.start : c.end]))
    )
    return next(numbers, -1)


def _subject_in(view: BlockView, row: Row, cell: Cell, metric: Metric) -> Subject | None:
    """Return whom a number of a cell that is a sentence is of: who the cell says, else the row."""
    mentions = _within(view.mentions, cell)
    at = cell.start + metric.quantity.start
    until = cell.start + metric.quantity.end
    place = Place(view, cell.start, cell.end, at, until, mentions, None, is_big(metric), framed=metric.framed)
    return subject_of(place) if mentions or row.subject is None else row.subject


def _row(view: BlockView) -> Row:
    """Return the label of the row: its first cell, the next where that is a rank, or the column that says who is measured."""
    cells = view.block.cells
    text = view.context.document.text
    chosen = cells[0]
    first = text[chosen.start : chosen.end].strip()
    if _RANK.fullmatch(first) and len(cells) > 2:
        chosen = cells[1]
    elif _is_one_of(_header(view, chosen), "source_headers") or _PERIOD.fullmatch(first):
        named = [c for c in cells[1:] if _is_one_of(_header(view, c), "subject_headers")]
        if not named:
            return Row(first, chosen.column, None, _words(view), _first_number(view, chosen))
        chosen = named[0]
    label = text[chosen.start : chosen.end]
    return Row(label, chosen.column, _labelled(view, chosen, label), _words(view), _first_number(view, chosen))


def _is_one_of(header: str, key: str) -> bool:
    words: list[str] = load_ontology().lexicons["metrics"][key]
    return header.strip().lower() in words


def _metric(view: BlockView, row: Row, header: str, text: str, found: list[Quantity]) -> Metric | None:
    """Return what a cell measures: by the label, the header, the cell, else the frame."""
    quantity = found[0] if found else _bare(view, row, header, text)
    if quantity is None or (found and quantity.start > _LEADING and text[: quantity.start].strip("(~≈ ").isdigit()):
        return None
    if not found and quantity.family == "money" and not ((account := cue_in(row.label, "money")) and account.sure):
        # Any line of the accounts is a bare number; only capital expenditure is a metric.
        return None
    if found and quantity.start > _LEADING and not cue_in(text, quantity.family) and re.match(r"\W*[A-Za-z]{3}", text):
        # "Actual cost to construct 1 GW" measures something else than its number.
        return None
    if names_another_figure(row.label) and not cue_in(row.label, quantity.family):
        return None
    if cue := cue_in(header, quantity.family) or cue_in(row.label, quantity.family):
        if not (_is_change(f"{header} {row.label}", text) or fits(text, quantity, cue)):
            return None
        return Metric(
            quantity,
            cue.named(quantity.family),
            cue.sure_in_titles and not _is_no_level(header, row.label),
            cue,
        )
    if names_another_figure(header):
        return None
    return _by_frame(view, header, f"{header} {row.label}", text, quantity)


def _is_change(labels: str, text: str) -> bool:
    growth = load_ontology().lexicons["metrics"]["growth_words"]
    return text.strip()[:1] in tuple("+-−–~") or any(word in growth for word in re.findall(r"[\w/%]+", labels.lower()))


def _bare(view: BlockView, row: Row, header: str, text: str) -> Quantity | None:
    """Return a number without unit, with the unit that label, header, unit line, caption or nearest heading gives."""
    block, document = view.block, view.context.document
    frames = [i for i in (block.unit, block.caption, *reversed(block.headings[-1:])) if i is not None]
    head = [document.text_of(document.blocks[block.header])[:_LONGEST_HEAD]] if block.header is not None else []
    for source in (row.label, header, *(document.text_of(document.blocks[i]) for i in frames), *head):
        if quantity := bare_quantity(text, source):
            return quantity
    return None


def _is_no_level(header: str, label: str) -> bool:
    """Return whether header and label say that their number is another's expectation, an old one, a change or a need."""
    words = set(load_ontology().lexicons["metrics"]["no_level_titles"])
    others = _is_one_of(header, "no_level_headers")
    return others or not words.isdisjoint(re.findall(r"[a-z]+", f"{header} {label}".lower()))


def _holds_levels(header: str) -> bool:
    """Return whether a column below ``header`` surely holds what the frame says is measured: no header, a period, a plain word."""
    words = [word.lower() for word in re.findall(r"[A-Za-z]+", header)]
    levels = load_ontology().lexicons["metrics"]["level_headers"]
    return bool(_PERIOD.fullmatch(header.strip())) or (bool(words) and all(word in levels for word in words))


def _by_frame(view: BlockView, header: str, labels: str, text: str, quantity: Quantity) -> Metric | None:
    """Return what cell, caption, headings or title say is measured; the nearest that speaks."""
    if cue := cue_in(text, quantity.family):
        return Metric(quantity, cue.metric, cue.sure, cue)
    document, block = view.context.document, view.block
    frames = [i for i in (block.caption, *reversed(block.headings)) if i is not None]
    sources = [document.text_of(document.blocks[index]) for index in frames] + [document.title]
    change = quantity.family in ("percent", "multiple")
    if change and not _is_change(labels, ""):
        return None
    if 2 * (quantity.end - quantity.start) + 14 >= len(text) or quantity.start <= _LEADING:
        for source in sources:
            if cue := cue_in(source, "money" if change else quantity.family):
                name = f"{cue.metric} growth" if change else cue.metric
                return Metric(quantity, name, cue.sure and (change or _holds_levels(header)), cue)
    if quantity.family == "multiple" and not compares(text, quantity):
        return None
    cue = implied_by(quantity.family)
    return Metric(quantity, cue.metric, False, cue) if cue else None


def _subject(view: BlockView, row: Row, cell: Cell, header: str, metric: Metric) -> Subject | None:
    """Return whom a cell is of: who its column names, else who the row's label names, else the frame."""
    if column := _of_column(view, cell, header):
        return column
    label_measures = cue_in(row.label, metric.quantity.family)
    if label_measures and not cue_in(header, metric.quantity.family) and (party := own_words(header)):
        return Subject(party, None, False)
    if row.subject and not (is_big(metric) and _is_product(row.subject) and not metric.metric.startswith("power d")):
        return owned_part(view, row.subject, is_big(metric))
    return framed_subject(view, is_big(metric), metric.framed)


def _is_product(subject: Subject) -> bool:
    return subject.party.kind == "Offering"


def _of_column(view: BlockView, cell: Cell, header: str) -> Subject | None:
    if not header or view.block.header is None:
        return None
    title = _header_cell(view, cell)
    mentions = view.context.mentions.get(view.block.header, [])
    named = [m for m in (_within(mentions, title) if title else ()) if m.party.kind in ("Organization", "Offering")]
    if len({party_of(view, m).identity for m in named}) == 1 and 2 * (named[0].end - named[0].start) + 8 >= len(header):
        return Subject(party_of(view, named[0]), None, True)
    if re.match(r"(?:the )?industry\b", header, re.I):
        return Subject(Party("industry", header, "AnonymousParty", named=False), None, False)
    return None


def _header_cell(view: BlockView, cell: Cell) -> Cell | None:
    if view.block.header is None:
        return None
    titles = view.context.document.blocks[view.block.header].cells
    upto = bisect_right(titles, cell.column, key=lambda c: c.column)
    return titles[upto - 1] if upto else None


def _within(mentions: list[Mention], cell: Cell) -> list[Mention]:
    first = bisect_left(mentions, cell.start, key=lambda m: m.start)
    last = bisect_left(mentions, cell.end, key=lambda m: m.start)
    return [m for m in mentions[first:last] if m.end <= cell.end]


def _header(view: BlockView, cell: Cell) -> str:
    title = _header_cell(view, cell)
    return view.context.document.text[title.start : title.end] if title else ""


def _labelled(view: BlockView, cell: Cell, label: str) -> Subject | None:
    """Return who the row's label says is measured: a registered party, else the label's own words, unsure."""
    directory, name = directory_of(view.context.registry), label.strip()
    # Two letters ("AI", "PE") are a word more often than a ticker.
    ticker = directory.ticker(name) if len(name) > _SHORTEST_TICKER else None
    if known := directory.strong(name) or directory.weak(name) or ticker:
        return Subject(Party(known[1], name, "Organization", known[0]), None, True)
    named = [m for m in view.mentions if cell.start <= m.start < cell.end]
    if named and len({party_of(view, m).identity for m in named}) == 1:
        return Subject(party_of(view, named[-1]), None, len(label) < 2 * (named[-1].end - named[-1].start))
    plain = re.sub(r"[^\w\s'’–—.,-]", " ", label).strip()
    if len(named) > 1 or _PERIOD.fullmatch(plain):
        return None
    header = _header(view, cell)
    if _is_one_of(header, "label_headers"):
        party = own_words(label)
        return Subject(party, None, False) if party else None
    if _is_one_of(header, "subject_headers") or own_words(header):
        words = re.sub(r"\s+", " ", re.sub(r"\([^)]*\)", "", label)).strip()
        stops = load_ontology().lexicons["metrics"]["not_subjects"]
        if words and len(words) <= 60 and not all(word in stops for word in words.lower().split()):
            return Subject(own_words(label) or Party(words, label.strip(), "AnonymousParty", named=False), None, False)
    party = own_words(label) or _proper_name(label)
    return Subject(party, None, False) if party else None


def _proper_name(label: str) -> Party | None:
    """Return what a label in capitals without any word of measure names: a site, a region, a product."""
    words = re.sub(r"\s+", " ", re.sub(r"\([^)]*\)|[^\w\s'’&.+-]", " ", label)).strip()
    parts = words.split()
    stops = load_ontology().lexicons["metrics"]["not_subjects"]
    titled = (
        0 < len(parts) <= 5
        and all(p[0].isupper() or p[0].isdigit() or p in ("of", "de", "and") for p in parts)
        and parts[0][0].isupper()
    )
    if not titled or names_a_measure(label) or any(p.lower() in stops for p in parts):
        return None
    return Party(words, label.strip(), "AnonymousParty", named=False)
