"""What changed between two dates. What belongs here: the filters of ``loadpath changes`` over the view of changes.

What does not: what a change is (``sql/mart/views/changes_between.sql``).
"""

from typing import Any

from graph.errors import UsageError
from pipelines.settings import Settings
from pipelines.warehouse import store
from pipelines.warehouse.claims import company_id, day_of, known_predicate

_QUERY = """
SELECT day, event, subject_name AS subject, predicate, object_name AS object, coalesce(detail, '') AS detail,
    coalesce(rule, '') AS rule, polarity, modality, tier, coalesce(nullif(document_title, ''), url) AS document, url, claim_id,
    other_claim_id, coalesce(other_document_title, '') AS other_document, list_filter([quote, other_quote], lambda q: q IS NOT NULL) AS quotes
FROM mart.changes_between($since, $until)
WHERE ($company IS NULL
        OR ($side <> 'object' AND (subject_id = $company OR lower(subject_name) = lower($company)))
        OR ($side <> 'subject' AND (object_id = $company OR lower(object_name) = lower($company))))
    AND ($predicate IS NULL OR predicate = $predicate)
    AND ($tier IS NULL OR tier = $tier)
"""


def find_changes(
    settings: Settings, company: str, side: str, predicate: str, tier: str, since: str, until: str
) -> list[dict[str, Any]]:
    """Return what became known or was closed, superseded, contradicted or confirmed after ``since`` and up to ``until``.

    Each row has the claim's quote, then that of the claim that brought the change about. Empty filters pass everything. Raises
    UsageError for an unknown value and for dates in the wrong order.
    """
    first, last = day_of("--since", since), day_of("--until", until)
    if first is None or last is None:
        raise UsageError("changes: give both dates, --since and --until, as YYYY-MM-DD")
    if side not in ("", "subject", "object"):
        raise UsageError(f"--side {side}: it is subject or object")
    if first > last:
        raise UsageError(f"--since {since}: it is later than --until {until}")
    values = {
        "company": company_id(company) or None,
        "side": side,
        "predicate": known_predicate(predicate) or None,
        "tier": tier or None,
        "since": first,
        "until": last,
    }
    with store.connection(settings.warehouse) as con:
        return store.rows(con, _QUERY, values)


def readable(row: dict[str, Any]) -> dict[str, Any]:
    """Return a change as a person reads it: the statement in one piece, its force where it is not plain, and the quotes."""
    force = [row["polarity"], row["modality"], row["tier"]]
    return {
        "day": row["day"],
        "event": row["event"],
        "statement": f"{row['subject']} {row['predicate']} {row['object'] or ''}".strip(),
        "force": ", ".join(word for word in force if word not in ("positive", "asserted", "fact")),
        "why": row["detail"],
        "document": row["document"],
        "claim": row["claim_id"],
        "other": " ".join(filter(None, (row["other_claim_id"], row["other_document"]))),
        "quotes": row["quotes"],
    }
