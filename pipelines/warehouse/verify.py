"""Verification: every quote cut again from the archived bytes. What belongs here: counting the evidence debt.

The debt is the number of claims whose quote, or whose frame, cannot be cut again; it must be 0.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from graph.errors import LoadpathError
from pipelines.fetch.archive import Archive
from pipelines.parse.read import read_document
from pipelines.settings import Settings
from pipelines.warehouse import store
from pipelines.warehouse.stages import Progress, current_fetches, given_of


@dataclass(slots=True)
class Verification:
    """How many claims of how many documents were checked, and each failure as (claim id, document id, reason)."""

    claims: int = 0
    documents: int = 0
    failures: list[tuple[str, str, str]] = field(default_factory=list)


def verify(settings: Settings, progress: Progress) -> Verification:
    """Cut every quote of the published warehouse again from the archive; raise NothingFoundError when there is none."""
    with store.connection(settings.warehouse) as con:
        found = store.rows(
            con,
            "SELECT claim_id, document_id, quote, char_start, char_end, frame FROM core.claim ORDER BY document_id, claim_id",
        )
    by_document: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in found:
        by_document[row["document_id"]].append(row)
    result = Verification(claims=len(found), documents=len(by_document))
    fetches, archive = current_fetches(settings), Archive(settings.archive)
    for done, (sha256, claims) in enumerate(by_document.items(), 1):
        try:
            fetch = fetches[sha256]
            text = read_document(archive.read(sha256), fetch.name, given_of(fetch)).text
        except (KeyError, LoadpathError) as error:
            reason = "not in the archive" if isinstance(error, KeyError) else str(error)
            result.failures += [(claim["claim_id"], sha256, reason) for claim in claims]
            continue
        result.failures += [(c["claim_id"], sha256, why) for c in claims if (why := _debt(text, c))]
        progress("verify", done, len(by_document))
    return result


def _debt(text: str, claim: dict[str, Any]) -> str:
    if text[claim["char_start"] : claim["char_end"]] != claim["quote"]:
        return "the quote is not at its place"
    for slot in claim["frame"]:
        if not 0 <= slot["start"] < slot["end"] <= len(text):
            return f"the frame of {slot['slot']} lies outside of the text"
    return ""
