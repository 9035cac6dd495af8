"""What filings say in words beside their tags, read from the marts. What belongs here: the rows by filer, status and day.

What does not: what is compared and when two numbers agree (``sql/mart/fct_tag_comparison.sql``), how it is printed (``pipelines.cli.tags``).
"""

from typing import Any

import duckdb

from graph.companies import company_id
from graph.errors import UsageError
from pipelines.warehouse import store
from pipelines.warehouse.differences import Moment, Shape

# What --only takes, and the status that it means.
STATUSES = {"matched": "matched", "mismatch": "mismatched", "no-tag": "no_tag", "tag-only": "tag_only"}
SHAPE = Shape(key=("filer_name", "words", "claim_id"), columns=("status", "reason"), claims=("claim_ids",))
_QUERY = """
SELECT c.* EXCLUDE (quote), c.quote
FROM mart.fct_tag_comparison c
WHERE ($filer IS NULL OR filer_id = $filer) AND ($status IS NULL OR status = $status)
    AND known_from <= $known_on AND (known_to IS NULL OR known_to > $known_on)
    AND ($as_of IS NULL OR $as_of BETWEEN coalesce(words_from, tag_from, tag_to, $as_of) AND coalesce(words_to, tag_to, $as_of))
ORDER BY status <> 'mismatched', tier <> 'fact', filer_name, document_id, status, tag_start, claim_id
"""


def comparisons(con: duckdb.DuckDBPyConnection, company: str, only: str, at: Moment) -> list[dict[str, Any]]:
    """Return one row a number of a filing's claim at a moment, those that do not match first.

    ``company`` is a name, ticker or id of who filed, ``only`` one of `STATUSES`; empty ones pass everything. Raises UsageError for an
    unknown company or status.
    """
    if only and only not in STATUSES:
        raise UsageError(f"--only {only}: it is one of {', '.join(STATUSES)}")
    filer = company_id(company, "sql", lambda text, values: store.rows(con, text, values)) if company else None
    given = {"filer": filer, "status": STATUSES.get(only), "as_of": at.as_of, "known_on": at.known_on}
    return store.rows(con, _QUERY, given)
