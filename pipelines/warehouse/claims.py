"""Claims of the store by filter. What belongs here: the filters of ``loadpath claims`` as one parametrised query."""

from datetime import date
from typing import Any

from graph.errors import UsageError
from graph.model import load_ontology, load_registry
from pipelines.settings import Settings
from pipelines.warehouse import store

_QUERY = """
SELECT claim_id, subject_name AS subject, predicate, object_name AS object, polarity, modality, tier, confidence,
    coalesce(role, severity, metric, kind, '') AS detail, share, publisher, known_from, valid_from, document_title AS document,
    url, quote
FROM mart.fct_claim
WHERE ($company IS NULL OR subject_id = $company OR object_id = $company
        OR lower(subject_name) = lower($company) OR lower(object_name) = lower($company))
    AND ($predicate IS NULL OR predicate = $predicate)
    AND ($tier IS NULL OR tier = $tier)
    AND ($document IS NULL OR document_id = $document OR contains(lower(url), lower($document))
        OR contains(lower(document_title), lower($document)))
    AND ($as_of IS NULL OR ((valid_from IS NULL OR valid_from <= $as_of) AND (valid_to IS NULL OR valid_to >= $as_of)))
    AND ($known_on IS NULL OR (known_from <= $known_on AND (known_to IS NULL OR known_to > $known_on)))
ORDER BY known_from, document_id, char_start, claim_id
"""


def find_claims(
    settings: Settings, company: str, predicate: str, document: str, tier: str, as_of: str, known_on: str
) -> list[dict[str, Any]]:
    """Return the claims that pass all filters (empty ones pass everything); raise UsageError for an unknown value."""
    if predicate and predicate not in load_ontology().predicates:
        raise UsageError(f"--predicate {predicate}: it is one of {', '.join(load_ontology().predicates)}")
    if tier and tier not in ("fact", "candidate"):
        raise UsageError(f"--tier {tier}: it is fact or candidate")
    org = load_registry().find(company) if company else None
    values = {
        "company": org.id if org else company,
        "predicate": predicate,
        "document": document,
        "tier": tier,
        "as_of": _day("--as-of", as_of),
        "known_on": _day("--known-on", known_on),
    }
    with store.connection(settings.warehouse) as con:
        return store.rows(con, _QUERY, {name: value or None for name, value in values.items()})


def _day(option: str, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(f"{option} {text}: write the date as YYYY-MM-DD") from None
