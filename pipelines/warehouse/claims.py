"""Claims of the store by filter. What belongs here: the filters of ``loadpath claims`` as one parametrised query."""

from datetime import date
from typing import Any

from graph.errors import UsageError
from graph.model import load_ontology, load_registry
from graph.query import LATEST
from pipelines.settings import Settings
from pipelines.warehouse import store

_QUERY = """
SELECT claim_id, subject_name AS subject, predicate, object_name AS object, polarity, modality, tier, confidence,
    coalesce(role, severity, metric, kind, '') AS detail, share, publisher, known_from, valid_from, document_title AS document,
    url, quote
FROM mart.claims_at($as_of, $known_on)
WHERE ($company IS NULL OR subject_id = $company OR object_id = $company
        OR lower(subject_name) = lower($company) OR lower(object_name) = lower($company))
    AND ($predicate IS NULL OR predicate = $predicate)
    AND ($tier IS NULL OR tier = $tier)
    AND ($document IS NULL OR document_id = $document OR contains(lower(url), lower($document))
        OR contains(lower(document_title), lower($document)))
ORDER BY known_from, document_id, char_start, claim_id
"""


def find_claims(
    settings: Settings, company: str, predicate: str, document: str, tier: str, as_of: str, known_on: str
) -> list[dict[str, Any]]:
    """Return the claims that pass all filters (empty ones pass everything); raise UsageError for an unknown value.

    Without ``known_on`` they are those that are known and not closed by now.
    """
    if tier and tier not in ("fact", "candidate"):
        raise UsageError(f"--tier {tier}: it is fact or candidate")
    values = {
        "company": company_id(company),
        "predicate": known_predicate(predicate),
        "document": document,
        "tier": tier,
        "as_of": day_of("--as-of", as_of),
        "known_on": day_of("--known-on", known_on) or LATEST,
    }
    with store.connection(settings.warehouse) as con:
        return store.rows(con, _QUERY, {name: value or None for name, value in values.items()})


def company_id(name: str) -> str:
    """Return the id of the registered company of this name, ticker or id, else the name itself."""
    org = load_registry().find(name) if name else None
    return org.id if org else name


def known_predicate(name: str) -> str:
    """Return ``name``; raise UsageError when it is neither empty nor a predicate of the ontology."""
    if name and name not in load_ontology().predicates:
        raise UsageError(f"--predicate {name}: it is one of {', '.join(load_ontology().predicates)}")
    return name


def day_of(option: str, text: str) -> date | None:
    """Return the date that ``text`` writes, None for nothing; raise UsageError naming the option for anything else."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(f"{option} {text}: write the date as YYYY-MM-DD") from None


def readable(row: dict[str, Any]) -> dict[str, Any]:
    """Return a claim as a person reads it: the statement in one piece, its force where it is not plain, its source and quote."""
    force = [row["polarity"], row["modality"], row["tier"]]
    return {
        "statement": f"{row['subject']} {row['predicate']} {row['object'] or ''}".strip(),
        "force": ", ".join(word for word in force if word not in ("positive", "asserted", "fact")),
        "detail": " ".join(
            filter(
                None, (row["detail"].removesuffix("other"), f"{row['share']:g} %" if row["share"] is not None else "")
            )
        ),
        "known": row["known_from"],
        "source": ", ".join(dict.fromkeys(filter(None, (row["publisher"], row["document"])))),
        "claim": row["claim_id"],
        "quote": row["quote"],
    }
