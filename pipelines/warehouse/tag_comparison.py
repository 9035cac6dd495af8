"""What filings say in words beside their tags, read from the marts. What belongs here: the rows by filer, status and day.

What does not: what is compared and when two numbers agree (``sql/mart/fct_tag_comparison.sql``), how it is printed (``pipelines.cli.tags``).
"""

from typing import Any

from graph.companies import company_id
from graph.errors import UsageError
from graph.query import LATEST
from pipelines.settings import Settings
from pipelines.warehouse import store
from pipelines.warehouse.claims import day_of

# What --only takes, and the status that it means.
STATUSES = {"matched": "matched", "mismatch": "mismatched", "no-tag": "no_tag", "tag-only": "tag_only"}
_QUERY = """
SELECT c.* EXCLUDE (quote), c.quote
FROM mart.fct_tag_comparison c
WHERE ($filer IS NULL OR filer_id = $filer) AND ($status IS NULL OR status = $status)
    AND known_from <= $known_on AND (known_to IS NULL OR known_to > $known_on)
    AND ($as_of IS NULL OR $as_of BETWEEN coalesce(words_from, tag_from, tag_to, $as_of) AND coalesce(words_to, tag_to, $as_of))
ORDER BY status <> 'mismatched', tier <> 'fact', filer_name, document_id, status, tag_start, claim_id
"""


def comparisons(settings: Settings, company: str, only: str, as_of: str, known_on: str) -> list[dict[str, Any]]:
    """Return one row a number of a filing's claim, those that do not match first.

    ``company`` is a name, ticker or id of who filed, ``only`` one of `STATUSES`; empty ones pass everything. Raises UsageError for an
    unknown company or status and a day that is none.
    """
    if only and only not in STATUSES:
        raise UsageError(f"--only {only}: it is one of {', '.join(STATUSES)}")
    day, known = day_of("--as-of", as_of), day_of("--known-on", known_on) or LATEST
    with store.connection(settings.warehouse) as con:
        filer = company_id(company, "sql", lambda text, values: store.rows(con, text, values)) if company else None
        given = {"filer": filer, "status": STATUSES.get(only), "as_of": day, "known_on": known}
        return store.rows(con, _QUERY, given)
