"""Records that walk from stage to stage. What belongs here: their fields. What does not: how they are made or stored.

A :class:`Document` is canonical text plus blocks; each block carries its frame as references to other blocks, so that
whatever fills a slot that the quote leaves open (title, heading, lead-in, column, row label, speaker) has a span.
All offsets are characters of ``Document.text``, half open.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

BlockKind = Literal[
    "title", "heading", "paragraph", "list_item", "table_header", "table_row", "caption", "speaker", "code"
]
DocumentKind = Literal["filing", "article", "note", "transcript"]
Polarity = Literal["positive", "negative"]
Modality = Literal["asserted", "hedged", "conditional", "planned", "historical"]
Tier = Literal["fact", "candidate"]
# found: its heading was there and the checks hold; failed: a check refused it; missing: no heading of it.
SectionStatus = Literal["found", "failed", "missing"]
# Documents in other languages are kept and listed (doc.coverage: "not covered: language"), not mined. Empty: too short to tell.
MINED_LANGUAGES = ("en", "")
# Where the words stand that fill a slot which the quote itself leaves open.
FrameSource = Literal[
    "title",
    "heading",
    "lead_in",
    "caption",
    "column",
    "row",
    "speaker",
    "filer",
    "focus",
    "topic",
    "legend",
    "construction",
]


# Cells and blocks are made by the thousand for each filing; a frozen dataclass takes six times as long to make.
@dataclass(slots=True)
class Cell:
    """One cell of a table row: its span in the canonical text and its column, counted from 0."""

    start: int
    end: int
    column: int


@dataclass(slots=True)
class Block:
    """One run of canonical text that reads as a unit, with its frame as indexes of other blocks.

    ``headings`` runs from the outermost to the innermost heading above; ``lead_in`` is the paragraph or heading that
    introduces the list ("Key suppliers:"), for a nested item the parent item, for a table row the label that heads its group;
    ``header`` is the table's header row, ``caption`` what introduces the table, ``unit`` the line or row that says what its
    numbers are in ("in millions"); ``speaker`` the speaker line of the turn. ``section`` is a filing's item ("Item 1A") or the innermost heading's text.
    """

    index: int
    kind: BlockKind
    start: int
    end: int
    section: str = ""
    level: int = 0
    headings: tuple[int, ...] = ()
    lead_in: int | None = None
    table: int | None = None
    header: int | None = None
    caption: int | None = None
    speaker: int | None = None
    cells: tuple[Cell, ...] = ()
    unit: int | None = None


@dataclass(frozen=True, slots=True)
class Interest:
    """A mark that an author sets beside a company's name, with the legend that says it marks an interest.

    ``holder`` is the author's firm as the legend or the metadata name it; the span is that of the legend.
    """

    mark: str
    holder: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """One item of a filing: found, with its span, or not, with the reason. Never filled with something else.

    ``item`` is written "Item 1A", in a 10-Q "Part II Item 1A", in an 8-K "Item 5.02"; the span runs from the item's
    heading to the next item and is (0, 0) where ``status`` is not ``found``.
    """

    item: str
    title: str
    status: SectionStatus
    reason: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fact:
    """One inline XBRL fact tied to its place in the text.

    ``value`` is the number as decimal text after scale and sign, or the text of a fact that is not numeric; ``unit`` is
    the measure ("usd", "pure", "usd/shares"), empty for text. ``dimensions`` are (axis, member) pairs in order of axis,
    ``period_from`` is None for an instant. The span is that of the words as shown, (0, 0) for a hidden fact.
    """

    concept: str
    value: str
    unit: str
    decimals: str
    period_from: date | None
    period_to: date | None
    dimensions: tuple[tuple[str, str], ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of a document from outside of its bytes (source file, command line); empty where unknown."""

    url: str = ""
    publisher: str = ""
    published: date | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One document as read: canonical text, blocks in reading order, metadata and where each metadatum came from."""

    sha256: str
    kind: DocumentKind
    text: str
    blocks: tuple[Block, ...]
    title: str = ""
    publisher: str = ""
    author: str = ""
    published: date | None = None
    language: str = "en"
    url: str = ""
    topic: str = ""
    filer: str = ""
    filer_cik: str = ""
    form: str = ""
    period_end: date | None = None
    canonical_url: str = ""
    interests: tuple[Interest, ...] = ()
    sections: tuple[Section, ...] = ()
    facts: tuple[Fact, ...] = ()
    # MinHash of the words, for near duplicates; empty where the text is too short to compare.
    signature: tuple[int, ...] = ()
    meta_from: dict[str, str] = field(default_factory=dict)

    def text_of(self, block: Block) -> str:
        """Return the canonical text of ``block``."""
        return self.text[block.start : block.end]


@dataclass(frozen=True, slots=True)
class Party:
    """One end of a claim. ``name`` is the usual name, ``surface`` the words as written.

    ``key`` is the registry id of an organization, ``offering:<slug>`` of a registered offering, the code of a
    bottleneck or layer, or empty when nothing registered is meant. ``kind`` is a node label of the ontology or ``Value``.
    """

    name: str
    surface: str
    kind: str
    key: str = ""
    named: bool = True

    @property
    def identity(self) -> str:
        """Return what two mentions of one party share: the key, or the name where nothing registered is meant."""
        return self.key or self.name


@dataclass(frozen=True, slots=True)
class FrameSlot:
    """Evidence of its own for a slot that the quote leaves open: which slot, what kind of source, its span."""

    slot: str
    source: FrameSource
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement that one document makes (DESIGN: claim model). Offsets cut ``quote`` out of the canonical text."""

    claim_id: str
    document_sha256: str
    block: int
    subject: Party
    predicate: str
    object: Party
    polarity: Polarity
    modality: Modality
    qualifiers: dict[str, Any]
    char_start: int
    char_end: int
    quote: str
    section: str
    frame: tuple[FrameSlot, ...]
    valid_from: date | None
    valid_to: date | None
    valid_precision: str
    disclosed_by: str
    tier: Tier
    confidence: float
    confidence_parts: dict[str, float]
    method: str
    extractor_version: str
