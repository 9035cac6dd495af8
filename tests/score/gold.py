"""The annotated documents beside the checkout, split into a tuned and a held-out part. What belongs here: which and where.

The split is by document and stated in tests/nlp/split.yml. Nothing is extracted or compared here.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.score.judging import Record

SHARED = Path(__file__).parents[3] / "shared"
SPLIT = Path(__file__).parents[1] / "nlp" / "split.yml"
KINDS = ("filings", "commentary")
HALVES = ("tuned", "held out")


@dataclass(frozen=True, slots=True)
class Part:
    """One half of the documents of one kind, with the gold claims in them."""

    kind: str
    half: str
    documents: tuple[str, ...]
    gold: tuple[Record, ...]

    @property
    def name(self) -> str:
        """Return kind and half, as the tables show them."""
        return f"{self.kind} {self.half}"


def is_here(shared: Path = SHARED) -> bool:
    """Return whether gold and corpus lie beside the checkout."""
    return (shared / "gold" / "filings.jsonl").is_file() and (shared / "corpus").is_dir()


def parts(shared: Path = SHARED) -> list[Part]:
    """Return the four parts: filings and commentary, tuned and held out."""
    return [part for kind in KINDS for part in _halves(shared, kind)]


def corpus_path(document: str, shared: Path = SHARED) -> Path:
    """Return where the bytes of an annotated document lie."""
    return shared / "corpus" / f"{document}.gz"


def _halves(shared: Path, kind: str) -> Iterator[Part]:
    lines = (shared / "gold" / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [json.loads(line) for line in lines if line]
    documents = {record["doc"] for record in gold}
    listed = shared / "gold" / f"{kind}_docs.txt"
    if listed.is_file():
        # A document that was read whole and holds no claim counts as well: whatever is found in it is wrong.
        documents |= set(listed.read_text(encoding="utf-8").split("\n")) - {""}
    tuned = _tuned(kind, sorted(documents))
    for half in HALVES:
        own = tuple(d for d in sorted(documents) if (d in tuned) == (half == "tuned"))
        yield Part(kind, half, own, tuple(r for r in gold if r["doc"] in own))


def _tuned(kind: str, documents: list[str]) -> set[str]:
    named = yaml.safe_load(SPLIT.read_text(encoding="utf-8"))[kind]["tuned"]
    if named == "every other":
        return set(documents[::2])
    return {d for d in documents if d.rsplit("/", 1)[-1] in named}
