"""The mirror test: who says a relation, who is silent about it. What belongs here: choosing the rows of ``loadpath mirror``.

What does not: what a relation, a side or a silence is (``sql/mart/views/mirror_at.sql``).
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import duckdb

from graph.companies import company_id
from graph.errors import UsageError
from graph.model import load_ontology
from pipelines.warehouse import store
from pipelines.warehouse.differences import Moment, Shape

SHAPE = Shape(
    ("subject", "predicate", "object"), ("status", "subject_says", "object_says"), ("claim_ids", "denial_ids")
)
STATUSES = ("both_sides", "subject_only", "object_only", "third_party", "contradicted")
_QUERY = """
SELECT predicate, subject_name AS subject, object_name AS object, status, subject_says, object_says, size, publishers, n_subject, n_object,
    n_third, subject_filings, object_filings, subject_naming, object_naming, share, benchmark, amount, subject_revenue, object_revenue, first_known, last_known, subject_id,
    object_id, claim_ids, denial_ids, subject_document_ids, object_document_ids, quotes, denial_quotes
FROM mart.mirror_at($as_of, $known_on)
WHERE ($company IS NULL OR subject_id = $company OR object_id = $company)
    AND ($predicate IS NULL OR predicate = $predicate)
    AND ($status IS NULL OR status = $status)
    AND (NOT $silent OR ((subject_says = 'silent' OR object_says = 'silent') AND status IN ('subject_only', 'object_only')))
ORDER BY predicate, subject, object, subject_id, object_id
"""


def mirror(
    con: duckdb.DuckDBPyConnection, company: str, predicate: str, status: str, silent: bool, at: Moment
) -> list[dict[str, Any]]:
    """Return the relations of ``company`` (name, ticker or id; empty: of all) with who says so, at a moment.

    ``silent`` keeps those that one side says and the other, though read, does not. Raises UsageError for an unknown company, predicate
    or status.
    """
    if predicate and predicate not in load_ontology().predicates:
        raise UsageError(f"--predicate {predicate}: it is one of {', '.join(load_ontology().predicates)}")
    if status and status not in STATUSES:
        raise UsageError(f"--status {status}: it is one of {', '.join(STATUSES)}")
    values = {
        "company": company_id(company, "sql", lambda text, given: store.rows(con, text, given)) if company else None,
        "predicate": predicate or None,
        "status": status or None,
        "silent": silent,
        "as_of": at.as_of,
        "known_on": at.known_on,
    }
    return store.rows(con, _QUERY, values)


def matrix(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return how many relations of each predicate each status has, by the status' first word."""
    count = Counter((row["predicate"], row["status"]) for row in rows)
    predicates = sorted({predicate for predicate, _ in count})
    return [
        {"relation": name, **{status.partition("_")[0]: count[name, status] for status in STATUSES}}
        for name in predicates
    ]
