"""What the readers of claims share: mentions, the view of one block, and a reading. No rule belongs here.

A *reader* is ``read(view: BlockView) -> Iterator[Reading]``: it looks at one block in its frame and says what it states.
Each reader has one method (dependency rules, framed blocks, tables, metrics); ``pipelines.nlp.extract`` runs them in
a fixed order, checks domain and range, drops repeats and turns readings into claims.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graph.model import Ontology, Registry
from pipelines.records import Block, Document, FrameSource, Modality, Party, Polarity


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of the canonical text that stand for something: absolute span, the party that is meant, and the frame that
    tells it where the words are no name ("it"); an empty span stands for what the words leave out.
    """

    start: int
    end: int
    party: Party
    fill: "Filled | None" = None


@dataclass(slots=True)
class Sentence:
    """One sentence of a block: its absolute span and the mentions inside of it, in order."""

    start: int
    end: int
    mentions: list[Mention]


@dataclass(frozen=True, slots=True)
class Filled:
    """A slot filled from outside of the quote: the party, what kind of frame supplied it, and that frame's span."""

    party: Party
    source: FrameSource
    start: int
    end: int


@dataclass(slots=True)
class DocumentContext:
    """One document with what all of its blocks share.

    ``mentions`` holds, for each block index, the mentions in it, in order and disjoint; a name that no registry knows has a
    party without key. ``filer`` files the document, ``topic`` is the organization that it is
    about (each None where unknown), ``first_persons`` is whom "we" means, by block index; ``fiscal_years`` holds the days of the
    fiscal years that the filing's tags state.
    """

    document: Document
    ontology: Ontology
    registry: Registry
    mentions: dict[int, list[Mention]] = field(default_factory=dict)
    filer: Filled | None = None
    topic: Filled | None = None
    first_persons: dict[int, Filled] = field(default_factory=dict)
    fiscal_years: dict[int, tuple[date, date]] = field(default_factory=dict)


@dataclass(slots=True)
class BlockView:
    """One block in its frame, as a reader sees it.

    ``heading_parties`` runs from the innermost heading outwards; ``lead_in`` and ``column_headers`` are texts of the
    frame; ``focus`` is the party last in focus in the running text above (same section), if there is one.
    """

    context: DocumentContext
    block: Block
    mentions: list[Mention]
    first_person: Filled | None
    heading_parties: list[Filled]
    focus: Filled | None

    @property
    def text(self) -> str:
        """Return the block's canonical text."""
        return self.context.document.text_of(self.block)


@dataclass(slots=True)
class Reading:
    """What a reader found, before checks: a claim without id, trust and time of the store.

    ``start``/``end`` are absolute offsets of the quote. ``fills`` maps ``subject``/``object``/``predicate``/``period``
    to the frame that supplied it. ``quality`` is the reader's own estimate (0..1) of how sure the construction is; below
    ``candidate_below`` of trust.yml the reader asks that it stay a candidate.
    """

    predicate: str
    subject: Party
    object: Party
    start: int
    end: int
    method: str
    polarity: Polarity = "positive"
    modality: Modality = "asserted"
    qualifiers: dict[str, Any] = field(default_factory=dict)
    fills: dict[str, Filled] = field(default_factory=dict)
    valid_from: date | None = None
    valid_to: date | None = None
    valid_precision: str = ""
    quality: float = 0.5
