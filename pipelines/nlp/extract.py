"""Claims of one document: readers in a fixed order, then checks. What belongs here: the cascade and the record.

Gate → mentions masked → parse only what can hold a claim → readers → domain and range → one claim a statement.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING

from graph.model import Ontology, Registry
from pipelines.ids import stable_id
from pipelines.nlp import (
    concentration,
    exposure,
    framed,
    framed_glosses,
    interests,
    metric_tables,
    metrics,
    prose,
    sites,
    surface,
)
from pipelines.nlp.checks import checked
from pipelines.nlp.frames import build_views, linked_views
from pipelines.nlp.mentions import Lexicon
from pipelines.nlp.names import dictionary_of, with_names
from pipelines.nlp.parties import is_generic
from pipelines.nlp.pipeline import parse
from pipelines.nlp.reading import BlockView, DocumentContext, Mention, Reading
from pipelines.nlp.sentences import sentences
from pipelines.nlp.speakers import first_persons
from pipelines.nlp.topic import filer_of, topic_of
from pipelines.nlp.version import extractor_version
from pipelines.records import MINED_LANGUAGES, Claim, Document, FrameSlot, Party, Tier

if TYPE_CHECKING:
    from spacy.language import Language

_FIRST_PERSON = re.compile(r"\b(?:we|our|us|the Company)\b", re.I)
_FISCAL = re.compile(r"\b(?:fiscal(?: year)? |FY\s?)(20\d\d|\d\d)\b", re.I)
_YEAR = re.compile(r"\b(20[0-4]\d)\b")
# A claim is a fact from here up; below it stays a candidate, queryable and out of the graph.
FACT_FROM = 0.7


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
    readings = [r for view in build_views(context) for r in _readings(view, nlp)]
    readings.extend(r for view in linked_views(context) for r in framed_glosses.read(view))
    readings.extend(interests.read(context))
    fitting = checked((r for r in readings if _fits(r, ontology)), document.text)
    kept = _one_a_statement(fitting)
    return [_claim(context, r) for r in sorted(kept, key=_order)]


def read_context(document: Document, ontology: Ontology, registry: Registry, nlp: "Language") -> DocumentContext:
    """Return what all blocks of ``document`` share: mentions, filer, topic, and whom first person means."""
    context = DocumentContext(document, ontology, registry)
    context.mentions = _lexicon(registry, ontology).find(document)
    context.filer = filer_of(context)
    context.mentions = with_names(context, dictionary_of(nlp))
    context.topic = context.filer or topic_of(context)
    context.first_persons = first_persons(context)
    return context


def _readings(view: BlockView, nlp: "Language") -> Iterator[Reading]:
    yield from framed.read(view)
    if view.block.kind == "table_row":
        yield from metric_tables.read(view)
        return
    for start, end in sentences(view.text, view.block.start):
        mentions = [m for m in view.mentions if start <= m.start and m.end <= end]
        text = view.context.document.text[start:end]
        parsed = cache(partial(parse, nlp, view.context.document.text, start, end, mentions))
        yield from metrics.read(view, start, end, mentions, parsed)
        yield from concentration.read(view, start, end, mentions)
        yield from exposure.read(view, start, end, mentions)
        yield from sites.read(view, start, end, mentions)
        yield from surface.read(view, start, end, mentions)
        if _may_hold(view, text, mentions):
            yield from prose.read(view, parsed())


@cache
def _triggers() -> re.Pattern[str]:
    from graph.model import load_ontology

    words = set()
    for predicate in load_ontology().predicates.values():
        for entry in predicate.reading.get("verbs", ()):
            if isinstance(entry, dict):
                words.update(entry["lemma"])
        for entry in predicate.reading.get("nouns", ()):
            words.update(entry["noun"])
    # Inflected forms share all but the last letters of the lemma; a few irregular ones are named.
    stems = sorted(
        {re.escape(w[: max(3, len(w) - 1)]) for w in words} | {"bought", "sold", "lent", "built", "ran", "led", "made"}
    )
    return re.compile(r"\b(?:" + "|".join(stems) + ")", re.I)


def _may_hold(view: BlockView, text: str, mentions: list[Mention]) -> bool:
    """The gate: at least two parties could be meant, and a trigger is there."""
    parties = len(mentions) + bool(view.first_person and _FIRST_PERSON.search(text))
    return parties > 0 and bool(_triggers().search(text))


def _fits(reading: Reading, ontology: Ontology) -> bool:
    predicate = ontology.predicates[reading.predicate]
    return reading.subject.kind in predicate.domain and reading.object.kind in predicate.range


def _order(reading: Reading) -> tuple[int, str, str, str, str]:
    return reading.start, reading.predicate, reading.subject.name, reading.object.name, reading.method


def _one_a_statement(readings: list[Reading]) -> list[Reading]:
    """Keep the clearest reading of each statement (GUIDE rule 9); the first in the text where two are as clear."""
    best: dict[tuple[object, ...], Reading] = {}
    for reading in sorted(readings, key=lambda r: (-r.quality, *_order(r))):
        q = reading.qualifiers
        slot = (
            reading.predicate,
            reading.subject.name,
            reading.object.name,
            reading.polarity,
            q.get("benchmark"),
            q.get("share"),
            q.get("metric"),
            q.get("value"),
            q.get("amount"),
            # Of two names one statement; "suppliers" may be those of parts and those of cloud services.
            (reading.subject.named and reading.object.named) or q.get("kind"),
        )
        best.setdefault(slot, reading)
    return list(best.values())


def _claim(context: DocumentContext, reading: Reading) -> Claim:
    document = context.document
    block = next(b for b in reversed(document.blocks) if b.start <= reading.start)
    quote = document.text[reading.start : reading.end]
    parts = {"construction": reading.quality, "names": _name_quality(reading, context.ontology)}
    confidence = round(parts["construction"] * parts["names"], 4)
    valid_from, valid_to, precision = _period(reading, quote)
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
        tier=_tier(confidence),
        confidence=confidence,
        confidence_parts=parts,
        method=reading.method,
        extractor_version=extractor_version(),
    )


def _name_quality(reading: Reading, ontology: Ontology) -> float:
    """Registered names count whole, labels of unnamed parties less, generic ones and names that no registry knows least."""
    sides = (reading.subject, reading.object)
    if not any(p.named for p in sides):
        return 0.6
    # "We sell to customers" says what the filer does; "customers may buy from others" says nothing.
    plain = reading.modality == "asserted" and reading.polarity == "positive" and bool(reading.fills)
    return min(_worth(p, ontology, plain) for p in sides)


def _worth(party: Party, ontology: Ontology, plain: bool) -> float:
    if not party.named:
        return 0.7 if is_generic(party, ontology) and not plain else 0.95
    return 0.6 if not party.key and party.kind == "Organization" else 1.0


def _tier(confidence: float) -> Tier:
    return "fact" if confidence >= FACT_FROM else "candidate"


def _discloser(context: DocumentContext, reading: Reading) -> str:
    """Return which side of the claim speaks: the filer or the speaker's firm, else a third party."""
    speakers = {f.party.name for f in reading.fills.values() if f.source in ("filer", "speaker")}
    if context.filer:
        speakers.add(context.filer.party.name)
    for side, party in (("subject", reading.subject), ("object", reading.object)):
        if party.name in speakers:
            return side
    return "third_party"


def _period(reading: Reading, quote: str) -> tuple[date | None, date | None, str]:
    """Return the period that the quote names: a fiscal year (labelled, its dates unknown) or one calendar year."""
    if reading.valid_from:
        return reading.valid_from, reading.valid_to, reading.valid_precision
    fiscal = _FISCAL.search(quote)
    years = {int(y) for y in _YEAR.findall(quote)}
    if fiscal:
        year = int(fiscal[1]) if len(fiscal[1]) == 4 else 2000 + int(fiscal[1])
        return date(year, 1, 1), date(year, 12, 31), "fiscal_year"
    if len(years) == 1:
        (year,) = years
        return date(year, 1, 1), date(year, 12, 31), "year"
    return None, None, "unknown"
