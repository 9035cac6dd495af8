"""How sure a claim is, out of parts that anybody can see. What belongs here: those parts, their sum, and the tier.

Each part (the reader's own estimate, the method, the names, the kind of document, the modality) adds its log odds; their sum
is the confidence. Which frame supplied a side is part of the reader's estimate already. The weights are data (``graph/ontology/trust.yml``), fitted on annotated
documents by ``make trust``; docs/reliability.md shows how often claims of each confidence are right.
"""

import math
from typing import Any

from graph.model import Ontology
from pipelines.nlp.parties import is_cut, is_generic, takes_up
from pipelines.nlp.reading import DocumentContext, Reading
from pipelines.records import Party, Tier

# Grades of names, the least first: a claim has the lower grade of its two sides.
GRADES = ("unregistered", "generic", "unnamed", "registered")
ESTIMATE = "estimate"
BASE = "base"
_LEAST, _MOST = 0.05, 0.95


def parts(context: DocumentContext, reading: Reading) -> dict[str, float]:
    """Return what each visible part of ``reading`` adds, in log odds; a key is ``part:value`` (``names:registered``).

    A value that no annotated document showed adds nothing.
    """
    weights = _trust(context.ontology)["weights"]
    seen = {
        "method": reading.method.split(":")[0],
        "names": grade(reading, context.ontology),
        "document": "filing" if context.filer else "other",
        "modality": reading.modality,
    }
    found = {BASE: float(weights[BASE])}
    found[f"{ESTIMATE}:{reading.quality}"] = round(weights[ESTIMATE] * log_odds(reading.quality), 2)
    return found | {f"{part}:{value}": float(weights[part].get(value, 0.0)) for part, value in seen.items()}


def confidence(added: dict[str, float]) -> float:
    """Return the probability (0..1, four digits) that ``added`` log odds make."""
    return round(1 / (1 + math.exp(-sum(added.values()))), 4)


def tier(context: DocumentContext, reading: Reading, sure: float) -> Tier:
    """Return the tier of ``reading`` at the confidence ``sure``.

    A reader's estimate below ``candidate_below``, or names of a grade in ``candidate_names``, keep it a candidate.
    """
    rules = _trust(context.ontology)
    held = reading.quality < rules["candidate_below"] or grade(reading, context.ontology) in rules["candidate_names"]
    return "fact" if sure >= rules["fact_from"] and not held else "candidate"


def log_odds(estimate: float) -> float:
    """Return the log odds of a reader's estimate, which is neither sure nor impossible."""
    held = min(max(estimate, _LEAST), _MOST)
    return math.log(held / (1 - held))


def grade(reading: Reading, ontology: Ontology) -> str:
    """Return the lower grade of the two sides; two sides without a name say as little as a name that no registry knows."""
    sides = (reading.subject, reading.object)
    if not any(party.named for party in sides):
        return "unregistered"
    # "We sell to customers" says what the filer does; "customers may buy from others" says nothing.
    plain = reading.modality == "asserted" and reading.polarity == "positive" and bool(reading.fills)
    # A tagged amount or share is a certain party's, whatever its label.
    plain = plain or "tag" in reading.qualifiers
    return min((_grade(party, ontology, plain) for party in sides), key=GRADES.index)


def _grade(party: Party, ontology: Ontology, plain: bool) -> str:
    if takes_up(party, ontology) or is_cut(party, ontology):
        return "generic"
    if not party.named:
        return "generic" if is_generic(party, ontology) and not plain else "unnamed"
    return "unregistered" if not party.key and party.kind == "Organization" else "registered"


def _trust(ontology: Ontology) -> dict[str, Any]:
    return ontology.lexicons["trust"]
