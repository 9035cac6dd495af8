"""Which tagged shares of customers and suppliers become claims: counted by filing, against an own scan of the facts.

Needs the shared corpus beside the checkout. A fact is found where a claim has its share, period and sides; tied where that claim's
quote holds the number as shown, in one sentence or row. No member of this corpus names a company, so each claim must be unnamed.
"""

import argparse
import gzip
import re
import sys
from decimal import Decimal
from pathlib import Path

from graph.errors import InputRefusedError
from graph.model import load_ontology, load_registry
from pipelines.nlp.extract import extract_claims
from pipelines.nlp.pipeline import load_pipeline
from pipelines.parse.read import read_document
from pipelines.records import Claim, Document, Fact

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
LONGEST_QUOTE = 1500


def main() -> int:
    """Print the table; 1 where a fact is missed, fewer than nine in ten are tied, or one is named wrongly."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--only", default="", metavar="WORD", help="only filings whose name holds this")
    only = options.parse_args().only
    if not CORPUS.is_dir():
        print(f"needs the shared corpus at {CORPUS}; nothing measured")
        return 0
    nlp, sums = load_pipeline(), [0, 0, 0, 0]
    print(f"{'filing':40} {'facts':>6} {'found':>6} {'tied':>6} {'named right':>12}")
    for path in sorted(CORPUS.glob("filings/**/*.htm.gz")):
        if only not in path.name or not (document := read(path)) or not (facts := shares(document)):
            continue
        claims = [c for c in extract_claims(document, load_ontology(), load_registry(), nlp) if "tag" in c.qualifiers]
        counts = [len(facts), *map(sum, zip(*(judged(document, fact, claims) for fact in facts), strict=True))]
        sums = [a + b for a, b in zip(sums, counts, strict=True)]
        print(f"{path.name[:-3]:40} {counts[0]:6} {counts[1]:6} {counts[2]:6} {counts[3]:12}", flush=True)
    print(f"{'all':40} {sums[0]:6} {sums[1]:6} {sums[2]:6} {sums[3]:12}")
    return int(sums[1] < sums[0] or sums[2] < 0.9 * sums[0] or sums[3] < sums[1])


def read(path: Path) -> Document | None:
    """Return the document at ``path``, or None where it is refused."""
    with gzip.open(path) as file:
        try:
            return read_document(file.read(), path.name.removesuffix(".gz"))
        except InputRefusedError:
            return None


def shares(document: Document) -> list[Fact]:
    """Return the facts that tell a customer's or vendor's share: by a member of their axis, or by a type that is no place's."""
    return [
        fact
        for fact in document.facts
        if re.search(r":ConcentrationRiskPercentage1?$", fact.concept)
        and (
            any(re.search(r":(?:Major(?:Customers|Suppliers|Vendors)|Customer|Supplier|Vendor)\w*Axis$", a) for a, _ in fact.dimensions)
            or (
                any(re.search(r":(?:Customer|Supplier)ConcentrationRiskMember$", m) for _, m in fact.dimensions)
                and not any(a.endswith(":StatementGeographicalAxis") for a, _ in fact.dimensions)
            )
        )
    ]  # fmt: skip


def judged(document: Document, fact: Fact, claims: list[Claim]) -> tuple[bool, bool, bool]:
    """Return whether a claim has the fact, is tied to its place, and leaves its party unnamed."""
    share = Decimal(fact.value) * 100
    found = [
        claim
        for claim in claims
        if claim.predicate == "SUPPLIES"
        and claim.valid_to == fact.period_to
        and claim.valid_from == (fact.period_from or fact.period_to)
        and Decimal(re.sub(r"[^\d.]", "", claim.qualifiers.get("share", "0"))) == share
    ]
    shown = document.text[fact.start : fact.end]
    tied = [c for c in found if fact.end and shown in c.quote and len(c.quote) <= LONGEST_QUOTE]
    right = [c for c in found if not (c.subject.named and c.object.named)]
    return bool(found), bool(tied), bool(right)


if __name__ == "__main__":
    sys.exit(main())
