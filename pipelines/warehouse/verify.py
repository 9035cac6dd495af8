"""Verification: every archived object read, every quote cut again from it. What belongs here: counting the evidence debt.

The debt is the number of claims whose quote, or whose frame, cannot be cut again; it must be 0. An object that is damaged or
missing is named whether a claim hangs on it or not.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from graph.errors import GateError, LoadpathError
from pipelines.fetch.archive import Archive, Fetch
from pipelines.parse.read import read_document
from pipelines.settings import Settings
from pipelines.warehouse import store
from pipelines.warehouse.stages import Progress, current_fetches, given_of


@dataclass(slots=True)
class Verification:
    """How many claims of how many documents were checked, and what failed.

    ``failures`` are (claim id, document id, reason); ``damaged`` are (document id, addresses, reason, which names the object).
    """

    claims: int = 0
    documents: int = 0
    objects: int = 0
    failures: list[tuple[str, str, str]] = field(default_factory=list)
    damaged: list[tuple[str, str, str]] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Return what failed in words, damaged objects first; their claims are counted with them."""
        claims: dict[str, int] = defaultdict(int)
        for _, document_id, _ in self.failures:
            claims[document_id] += 1
        objects = [
            f"{reason}; document {document_id}, from {addresses}; {claims[document_id]} claims hang on it"
            for document_id, addresses, reason in self.damaged
        ]
        named = {document_id for document_id, _, _ in self.damaged}
        quotes = [
            f"{c} in {document_id[:12]}: {reason}"
            for c, document_id, reason in self.failures
            if document_id not in named
        ]
        return objects + quotes


def verify(settings: Settings, progress: Progress) -> Verification:
    """Read the whole archive and cut every quote of the published warehouse again; raise NothingFoundError when there is none."""
    with store.connection(settings.warehouse) as con:
        found = store.rows(
            con,
            "SELECT claim_id, document_id, quote, char_start, char_end, frame FROM core.claim ORDER BY document_id, claim_id",
        )
    by_document: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in found:
        by_document[row["document_id"]].append(row)
    result = Verification(claims=len(found), documents=len(by_document))
    archive, fetches = Archive(settings.archive), current_fetches(settings)
    addresses: dict[str, list[str]] = defaultdict(list)
    for fetch in archive.fetches():
        addresses[fetch.sha256].append(fetch.url)
    wanted = sorted({*archive.objects(), *by_document, *(sha256 for sha256 in addresses if sha256)})
    for result.objects, sha256 in enumerate(wanted, 1):
        claims = by_document.get(sha256, [])
        try:
            data = archive.read(sha256)
        except GateError as error:
            urls = list(dict.fromkeys(addresses.get(sha256, ["no address: the log does not name it"])))
            result.damaged.append((sha256, ", ".join(urls), str(error)))
            result.failures += [(claim["claim_id"], sha256, str(error)) for claim in claims]
        else:
            result.failures += _uncut(data, sha256, fetches.get(sha256), claims)
        progress("verify", result.objects, len(wanted))
    return result


def _uncut(data: bytes, sha256: str, fetch: Fetch | None, claims: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """Return the claims of a document whose evidence cannot be cut from its bytes."""
    if not claims:
        return []
    if fetch is None:
        return [(claim["claim_id"], sha256, "the fetch log does not name its document") for claim in claims]
    try:
        text = read_document(data, fetch.name, given_of(fetch)).text
    except LoadpathError as error:
        return [(claim["claim_id"], sha256, str(error)) for claim in claims]
    return [(claim["claim_id"], sha256, why) for claim in claims if (why := _debt(text, claim))]


def _debt(text: str, claim: dict[str, Any]) -> str:
    if text[claim["char_start"] : claim["char_end"]] != claim["quote"]:
        return "the quote is not at its place"
    for slot in claim["frame"]:
        if not 0 <= slot["start"] < slot["end"] <= len(text):
            return f"the frame of {slot['slot']} lies outside of the text"
    return ""
