"""The record of ``loadpath extract``: a claim as one JSON object. What belongs here: its fields. No choice of claims."""

from typing import Any

from pipelines.records import Claim


def gold_record(claim: Claim, doc: str) -> dict[str, Any]:
    """Return the record of the annotation guide plus offsets, hash, section, tier, confidence and method.

    ``doc`` is the document's path relative to the root, without ``.gz``.
    """
    named = claim.subject.named and claim.object.named
    record: dict[str, Any] = {
        "doc": doc,
        "para": claim.block,
        "quote": claim.quote,
        "subject": claim.subject.name,
        "predicate": claim.predicate,
        "object": claim.object.name,
        "polarity": claim.polarity,
        "modality": claim.modality,
        "named": named,
        "qualifiers": claim.qualifiers,
        "also": [],
        "doubtful": False,
    }
    for side, party in (("subject", claim.subject), ("object", claim.object)):
        if party.named and party.surface != party.name and party.kind != "Value":
            record[f"{side}_surface"] = party.surface
    record |= {
        "char_start": claim.char_start,
        "char_end": claim.char_end,
        "document_sha256": claim.document_sha256,
        "section": claim.section,
        "tier": claim.tier,
        "confidence": claim.confidence,
        "method": claim.method,
        "frame": [{"slot": s.slot, "source": s.source, "start": s.start, "end": s.end} for s in claim.frame],
    }
    return record
