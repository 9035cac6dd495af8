"""The project's own gold: sentences and pages written for it. What belongs here: reading the files, scoring them, counting.

Three forms: texts with all the claims that a careful reader finds (``gold/*.yml``, ``frames.yml``); the sentences of surface
patterns with one pair each, and those that a pattern must leave alone (``surface/*.yml``); texts with the names of
organizations in them (``names.yml``, counted only). A text without a claim is a negative one.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from graph.model import load_ontology, load_registry
from pipelines.nlp.extract import extract_claims
from pipelines.nlp.record import gold_record
from pipelines.parse.read import read_document
from pipelines.records import Claim, Document
from tests.score.judging import Judged, Record, Sought, Verdicts

if TYPE_CHECKING:
    from spacy.language import Language

FOLDER = Path(__file__).parents[1] / "nlp"
COVER = "{filer}\n\n(Exact name of registrant as specified in its charter)\n\n{text}\n"
# Whose filing or page the sentences of a surface pattern stand in, by the key of their file.
FRAMES = {"filing": COVER.replace("{filer}", "AMD"), "note": "{text}\n", "page": "# Groq\n\n{text}\n"}


@dataclass(frozen=True, slots=True)
class Case:
    """One text of the own gold. ``claims`` are its lines; ``gap`` says why the extractor is known to fail it."""

    family: str
    text: str
    name: str
    claims: tuple[str, ...]
    gap: str = ""

    @classmethod
    def of(cls, family: str, text: str, claims: Iterable[str], filer: str = "", gap: str = "") -> "Case":
        """Return a case that stands in the filing of ``filer``, or in a note where there is none."""
        if filer:
            return cls(family, COVER.format(filer=filer, text=text), "filing.txt", tuple(claims), gap)
        return cls(family, text, "note.md", tuple(claims), gap)


def cases() -> list[Case]:
    """Return the texts that list all of their claims."""
    found = []
    for path in [*sorted((FOLDER / "gold").glob("*.yml")), FOLDER / "frames.yml"]:
        found += [_case(path.stem, entry) for entry in yaml.safe_load(path.read_text(encoding="utf-8"))]
    return found


def _case(family: str, entry: dict[str, Any]) -> Case:
    return Case.of(family, entry["text"], entry["claims"], entry.get("filer", ""), entry.get("gap", ""))


def document_of(case: Case) -> Document:
    """Return the document of a case; a few names are too little text to tell the language by."""
    return replace(read_document(case.text.encode(), case.name), language="en")


def found_in(case: Case, nlp: "Language") -> list[Claim]:
    """Return the claims that the extractor makes of a case."""
    claims = extract_claims(document_of(case), load_ontology(), load_registry(), nlp)
    # The pages of frames list no metrics: those are read and tested elsewhere.
    return [c for c in claims if case.family != "frames" or c.predicate != "HAS_METRIC"]


def line(claim: Claim) -> str:
    """Return a claim as the files write it."""
    return f"{claim.subject.name} | {claim.predicate} | {claim.object.name} | {claim.polarity} | {claim.modality}"


def verdicts(listed: list[Case], nlp: "Language") -> Verdicts:
    """Return the verdicts on the claims of ``listed``: parties and predicate as written, letter for letter."""
    total = Verdicts([], [])
    for case in listed:
        found = _records(case, nlp)
        wanted = [_record(claim, case) for claim in case.claims]
        total.judged.extend(_judged(record, wanted) for record in found)
        for gold in wanted:
            same = tuple(record for record in found if _fact(record) == _fact(gold))
            total.sought.append(Sought(gold, same, same))
    return total


def _records(case: Case, nlp: "Language") -> list[Record]:
    return [gold_record(claim, case.family) for claim in found_in(case, nlp)]


def _record(claim: str, case: Case) -> Record:
    keys = ("subject", "predicate", "object", "polarity", "modality")
    return {**dict(zip(keys, claim.split(" | "), strict=True)), "doc": case.family, "quote": case.text}


def _fact(record: Record) -> tuple[str, ...]:
    return tuple(record[key] for key in ("subject", "predicate", "object", "polarity"))


def _judged(found: Record, wanted: list[Record]) -> Judged:
    same = [gold for gold in wanted if _fact(gold) == _fact(found)]
    if same:
        return Judged(found, "right", True, any(gold["modality"] == found["modality"] for gold in same))
    denied = any(_fact(gold)[:3] == _fact(found)[:3] for gold in wanted)
    return Judged(found, "wrong", denied=denied)


def surface_verdicts(nlp: "Language") -> Verdicts:
    """Return the verdicts on the sentences of surface patterns, read by the whole extractor.

    Each lists one pair, so that what else is found there is not judged; where a pattern must be silent its claims are wrong.
    """
    total = Verdicts([], [])
    for predicate, pattern, frame, text, pair in surface_sentences():
        case = Case("surface", FRAMES[frame].format(text=text), "filing.txt" if frame == "filing" else "note.md", ())
        found = _records(case, nlp)
        if not pair:
            own = [r for r in found if r["method"] == f"rule:{predicate.lower()}.{pattern}"]
            total.judged.extend(Judged(record, "wrong") for record in own)
            continue
        gold = {"predicate": predicate, "quote": text}
        same = tuple(r for r in found if r["predicate"] == predicate and f"{r['subject']} | {r['object']}" == pair)
        total.judged.extend(Judged(record, "right") for record in same[:1])
        total.sought.append(Sought(gold, same, same))
    return total


def surface_sentences() -> Iterator[tuple[str, str, str, str, str]]:
    """Yield predicate, pattern, frame, text and pair of every sentence of a surface pattern; no pair for one to be left."""
    for path in sorted((FOLDER / "surface").glob("*.yml")):
        for frame, entries in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            for pattern, sentences in entries.items():
                told = (path.stem.upper(), pattern, frame)
                yield from ((*told, text, "") for text in sentences["none"])
                yield from ((*told, text, pair) for text, pair in sentences.items() if text != "none")


def counts() -> dict[str, tuple[int, int]]:
    """Return how many positive and negative texts each family has."""
    found: Counter[tuple[str, bool]] = Counter((case.family, bool(case.claims)) for case in cases())
    found.update(("surface", bool(pair)) for *_, pair in surface_sentences())
    names = yaml.safe_load((FOLDER / "names.yml").read_text(encoding="utf-8"))
    found.update(("names", bool(entry["names"])) for entry in names)
    return {family: (found[family, True], found[family, False]) for family in sorted({f for f, _ in found})}


def variety() -> Counter[str]:
    """Return how many claims of the own gold have each predicate, polarity and modality."""
    listed = [claim.split(" | ") for case in cases() for claim in case.claims]
    return Counter(word for claim in listed for word in (claim[1], claim[3], claim[4]))
