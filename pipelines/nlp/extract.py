"""Claims of one document: readers in a fixed order, then checks. What belongs here: the cascade and the record.

Gate → mentions masked → parse only what can hold a claim → readers → domain and range → one claim a statement.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from graph.model import Ontology, Registry
from pipelines.ids import stable_id
from pipelines.nlp import (
    amounts,
    cells,
    concentration,
    concentration_rows,
    exposure,
    framed,
    framed_glosses,
    framed_headings,
    framed_labels,
    interests,
    metric_tables,
    metrics,
    prose,
    sites,
    surface,
    system_costs,
    tagged,
    trust,
)
from pipelines.nlp.checks import checked
from pipelines.nlp.fiscal import fiscal_years
from pipelines.nlp.frames import build_views, heading_views, linked_views
from pipelines.nlp.gate import gate_of
from pipelines.nlp.mentions import Lexicon
from pipelines.nlp.names import dictionary_of, with_names
from pipelines.nlp.pipeline import Parses
from pipelines.nlp.reading import BlockView, DocumentContext, Reading, Sentence
from pipelines.nlp.reconciled import reconcile
from pipelines.nlp.sentences import sentences
from pipelines.nlp.speakers import first_persons
from pipelines.nlp.topic import filer_of, topic_of
from pipelines.nlp.version import extractor_version
from pipelines.records import MINED_LANGUAGES, Claim, Document, FrameSlot

if TYPE_CHECKING:
    from spacy.language import Language

_FISCAL = re.compile(r"\b(?:fiscal(?: year)? |FY\s?)(20\d\d|\d\d)\b", re.I)
_PART_OF_YEAR = re.compile(r"\b(?:quarters?|half|(?:three|six|nine) months)\b", re.I)
_YEAR = re.compile(r"\b(20[0-4]\d)\b")
_LONGEST_ROW = 20_000


_LEXICONS: dict[int, tuple[Registry, Lexicon]] = {}


def _lexicon(registry: Registry, ontology: Ontology) -> Lexicon:
    """Return the lexicon of this registry object, built once."""
    if id(registry) not in _LEXICONS:
        _LEXICONS[id(registry)] = registry, Lexicon(registry, ontology)
    return _LEXICONS[id(registry)][1]


def extract_claims(document: Document, ontology: Ontology, registry: Registry, nlp: "Language") -> list[Claim]:
    """Return the claims of ``document`` in text order; a document in another language than English has none.

    One that is too short to tell its language (empty) is read.
    """
    if document.language not in MINED_LANGUAGES:
        return []
    context = read_context(document, ontology, registry, nlp)
    readings = list(_readings(context, nlp))
    readings.extend(r for view in linked_views(context) for r in framed_glosses.read(view))
    for view in heading_views(context):
        readings.extend([*framed_headings.read(view), *framed_labels.read(view)])
    readings.extend(interests.read(context))
    readings = reconcile(amounts.settled(context, readings), list(tagged.read(context)))
    kept = _one_a_statement(checked((r for r in readings if _fits(r, ontology)), document.text))
    version = extractor_version(str(nlp.path))
    return _told_apart([_claim(context, r, version) for r in sorted(kept, key=_order)])


def read_context(document: Document, ontology: Ontology, registry: Registry, nlp: "Language") -> DocumentContext:
    """Return what all blocks of ``document`` share: mentions, filer, topic, and whom first person means."""
    context = DocumentContext(document, ontology, registry)
    context.mentions = _lexicon(registry, ontology).find(document)
    context.filer = filer_of(context)
    context.mentions = with_names(context, dictionary_of(nlp))
    context.topic = context.filer or topic_of(context)
    context.first_persons = first_persons(context)
    context.fiscal_years = fiscal_years(document)
    return context


def _readings(context: DocumentContext, nlp: "Language") -> Iterator[Reading]:
    views = [(view, _sentences(view)) for view in build_views(context) if not _broken(view)]
    gate = gate_of(nlp)
    held = [(view, sentence) for view, found in views for sentence in found if gate.passes(view, sentence)]
    parses = Parses(nlp, context.document.text)
    parses.read([sentence for _, sentence in held])
    for view, sentence in held:
        yield from prose.read(view, parses.of(sentence))
    for view, found in views:
        yield from framed.read(view)
        yield from concentration_rows.read(view)
        if view.block.kind == "table_row":
            yield from metric_tables.read(view)
            yield from cells.read(view)
        for sentence in found:
            yield from _in_sentence(view, sentence, parses)


def _broken(view: BlockView) -> bool:
    """Return whether a table row is so long that it is a page laid out as one cell or one line, which no reader can take."""
    return view.block.kind == "table_row" and view.block.end - view.block.start > _LONGEST_ROW


def _sentences(view: BlockView) -> list[Sentence]:
    """Return the sentences of a block with their mentions; a table row has none."""
    if view.block.kind == "table_row":
        return []
    starts = [mention.start for mention in view.mentions]
    found = []
    for start, end in sentences(view.text, view.block.start):
        inside = view.mentions[bisect_left(starts, start) : bisect_left(starts, end)]
        found.append(Sentence(start, end, [mention for mention in inside if mention.end <= end]))
    return found


def _in_sentence(view: BlockView, sentence: Sentence, parses: Parses) -> Iterator[Reading]:
    """Yield what the readers find in one sentence that ask for its parse seldom or never."""
    start, end, mentions = sentence.start, sentence.end, sentence.mentions
    costs = list(system_costs.read(view, start, end, mentions))
    yield from costs
    # What a named system cost is not also its owner's cost.
    taken = {reading.object.name for reading in costs}
    measured = metrics.read(view, start, end, mentions, partial(parses.of, sentence))
    yield from (reading for reading in measured if reading.object.name not in taken)
    yield from concentration.read(view, start, end, mentions)
    yield from exposure.read(view, start, end, mentions)
    yield from sites.read(view, start, end, mentions)
    yield from surface.read(view, start, end, mentions)


def _told_apart(claims: list[Claim]) -> list[Claim]:
    """Return ``claims`` with an id each: where one row says the same words of several periods, the period tells them apart."""
    same = Counter(claim.claim_id for claim in claims)
    found: dict[str, Claim] = {}
    for claim in claims:
        if same[claim.claim_id] > 1:
            period = [day.isoformat() if day else "" for day in (claim.valid_from, claim.valid_to)]
            claim = replace(claim, claim_id=stable_id("c_", claim.claim_id, *period))
        found.setdefault(claim.claim_id, claim)
    return list(found.values())


def _fits(reading: Reading, ontology: Ontology) -> bool:
    predicate = ontology.predicates[reading.predicate]
    return reading.subject.kind in predicate.domain and reading.object.kind in predicate.range


def _order(reading: Reading) -> tuple[int, str, str, str, str]:
    return reading.start, reading.predicate, reading.subject.name, reading.object.name, reading.method


def _one_a_statement(readings: list[Reading]) -> list[Reading]:
    """Keep the clearest reading of each statement (GUIDE rule 9).

    Where two are as clear, what is asserted stands before what may be, then the first in the text.
    """
    best: dict[tuple[object, ...], Reading] = {}
    for reading in sorted(readings, key=lambda r: (-r.quality, r.modality != "asserted", *_order(r))):
        q = reading.qualifiers
        slot = (
            reading.predicate,
            reading.subject.name,
            # A site is the same whichever way round its words stand.
            reading.object.key if reading.object.kind == "Facility" else reading.object.name,
            reading.polarity,
            q.get("benchmark"),
            q.get("share"),
            q.get("metric"),
            q.get("value"),
            q.get("amount"),
            # A figure of each period is a statement of its own.
            (reading.valid_from, reading.valid_to),
            # Of two names one statement; "suppliers" may be those of parts and those of cloud services.
            (reading.subject.named and reading.object.named) or q.get("kind"),
        )
        best.setdefault(slot, reading)
    return list(best.values())


def _claim(context: DocumentContext, reading: Reading, version: str) -> Claim:
    document = context.document
    # Blocks are in the order of the text.
    block = document.blocks[bisect_right(document.blocks, reading.start, key=lambda b: b.start) - 1]
    quote = document.text[reading.start : reading.end]
    parts = trust.parts(context, reading)
    confidence = trust.confidence(parts)
    valid_from, valid_to, precision = _period(context, reading, quote)
    return Claim(
        claim_id=stable_id(
            "c_",
            document.sha256,
            reading.start,
            reading.end,
            reading.predicate,
            reading.subject.surface,
            reading.object.surface,
            reading.polarity,
            reading.qualifiers,
        ),
        document_sha256=document.sha256,
        block=block.index,
        subject=reading.subject,
        predicate=reading.predicate,
        object=reading.object,
        polarity=reading.polarity,
        modality=reading.modality,
        qualifiers=reading.qualifiers,
        char_start=reading.start,
        char_end=reading.end,
        quote=quote,
        section=block.section,
        frame=tuple(FrameSlot(slot, f.source, f.start, f.end) for slot, f in sorted(reading.fills.items())),
        valid_from=valid_from,
        valid_to=valid_to,
        valid_precision=precision,
        disclosed_by=_discloser(context, reading),
        tier=trust.tier(context, reading, confidence),
        confidence=confidence,
        confidence_parts=parts,
        method=reading.method,
        extractor_version=version,
    )


def _discloser(context: DocumentContext, reading: Reading) -> str:
    """Return which side of the claim speaks: the filer or the speaker's firm, else a third party."""
    speakers = {f.party.name for f in reading.fills.values() if f.source in ("filer", "speaker")}
    if context.filer:
        speakers.add(context.filer.party.name)
    for side, party in (("subject", reading.subject), ("object", reading.object)):
        if party.name in speakers:
            return side
    return "third_party"


def _period(context: DocumentContext, reading: Reading, quote: str) -> tuple[date | None, date | None, str]:
    """Return the period that the quote names: a fiscal year, with its days where the filing's tags state them, or one calendar year."""
    if reading.valid_from:
        return reading.valid_from, reading.valid_to, reading.valid_precision
    fiscal = _FISCAL.search(quote)
    years = {int(y) for y in _YEAR.findall(quote)}
    if fiscal:
        year = int(fiscal[1]) if len(fiscal[1]) == 4 else 2000 + int(fiscal[1])
        if year in context.fiscal_years and not _PART_OF_YEAR.search(quote):
            return *context.fiscal_years[year], "day"
        return date(year, 1, 1), date(year, 12, 31), "fiscal_year"
    if len(years) == 1:
        (year,) = years
        return date(year, 1, 1), date(year, 12, 31), "year"
    return None, None, "unknown"
