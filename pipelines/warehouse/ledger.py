"""The ledger of unnamed customers and suppliers, read from the marts. What belongs here: its rows by filer and period.

What does not: how candidates are found and counted (``sql/mart/fct_candidate*.sql``), how they are printed (``pipelines.cli.ledger``).
"""

import re
from typing import Any

from graph.errors import UsageError
from graph.model import load_registry
from pipelines.settings import Settings
from pipelines.warehouse import store

_QUERY = """
WITH findings AS (
    SELECT party_id, candidate_id,
        list(reason || ': ' || finding ORDER BY position) FILTER (verdict = 'supports') AS for_it,
        list(reason || ': ' || finding ORDER BY position) FILTER (verdict = 'refutes') AS against_it,
        list(reason || ': ' || finding ORDER BY position) FILTER (verdict IN ('unknown', 'disputed')) AS open_findings,
        list(reason || ': ' || would_refute ORDER BY position) FILTER (verdict <> 'refutes') AS would_refute
    FROM mart.fct_candidate_reason
    GROUP BY ALL
),
parties AS (
    SELECT p.*, n.name AS filer, d.title AS filing, d.form, d.period_end, d.url
    FROM core.anonymous_party p
    JOIN mart.dim_party n ON n.party_id = p.filer_id
    JOIN mart.dim_document d ON d.document_id = p.document_id
    WHERE ($filer IS NULL OR p.filer_id = $filer OR lower(n.name) = lower($filer))
        AND ($period IS NULL OR starts_with(p.period_to::VARCHAR, $period))
)
SELECT p.filer, concat_ws(' ', nullif(p.form, ''), coalesce(p.period_end::VARCHAR, p.filing)) AS filing, p.label, p.side, p.benchmark,
    p.share_text AS share, p.period_from, p.period_to, p.segment, round(p.share * r.value / 100) AS amount, r.currency, p.party_id,
    (SELECT count(*) FROM mart.fct_candidate o WHERE o.party_id = p.party_id) AS n_candidates, c.rank, c.candidate_name AS candidate,
    c.net, coalesce(f.for_it, []) AS supports, coalesce(f.against_it, []) AS refutes, coalesce(f.open_findings, []) AS unknown,
    coalesce(f.would_refute, []) AS would_refute, coalesce(c.claim_ids, p.claim_ids) AS claim_ids, s.quote AS share_quote
FROM parties p
JOIN mart.fct_claim s ON s.claim_id = p.claim_ids[1]
LEFT JOIN core.reported_amount r ON r.organization_id = p.filer_id AND r.measure = 'revenue' AND p.benchmark = 'revenue'
    AND r.period_from = p.period_from AND r.period_to = p.period_to
LEFT JOIN mart.fct_candidate c ON c.party_id = p.party_id
LEFT JOIN findings f ON f.party_id = c.party_id AND f.candidate_id = c.candidate_id
QUALIFY row_number() OVER (PARTITION BY p.party_id ORDER BY c.net DESC, c.candidate_name, c.candidate_id) <= $top
ORDER BY p.filer, p.period_end, p.document_id, p.benchmark, p.period_to, p.period_from, p.label, p.party_id, c.net DESC,
    c.candidate_name, c.candidate_id
"""
_PERIOD = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


def ledger(settings: Settings, filer: str, period: str, top: int) -> list[dict[str, Any]]:
    """Return one row an unnamed party and candidate, at most ``top`` candidates a party; a party without any has one row.

    ``filer`` is a name, ticker or id, ``period`` the beginning of the day on which a share's period ends ("2025", "2025-01");
    empty ones pass everything. Amounts are in units of ``currency``. Raises UsageError for a period or number that is none.
    """
    if period and not _PERIOD.fullmatch(period):
        raise UsageError(f"--period {period}: write the end of the period as YYYY, YYYY-MM or YYYY-MM-DD")
    if top < 1:
        raise UsageError(f"--top {top}: at least 1")
    organization = load_registry().find(filer) if filer else None
    values = {"filer": (organization.id if organization else filer) or None, "period": period or None, "top": top}
    with store.connection(settings.warehouse) as con:
        return store.rows(con, _QUERY, values)
