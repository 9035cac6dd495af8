"""Who entered which layer of the stack, read from the published warehouse. What belongs here: entries of one company or of all.

What does not: what an entry is (``sql/mart/views/layer_entries_at.sql``), how it is shown (``pipelines.cli.migration``).
"""

from typing import Any

from graph.companies import company_id
from graph.query import LATEST, find
from pipelines.settings import Settings
from pipelines.warehouse import store
from pipelines.warehouse.claims import day_of


def entries(settings: Settings, company: str, as_of: str, known_on: str) -> list[dict[str, Any]]:
    """Return the entries of ``company`` into its own and other layers, or those of all companies into other layers, by day.

    ``day`` is None where only pages without a date show an entry; empty dates are any and latest. Raises UsageError for an unknown
    company and for a date that is none.
    """
    roles = next(p.default for p in find("list_layer_entries").parameters if p.name == "roles")
    text = (store.SQL / "answers" / "migration.sql").read_text(encoding="utf-8")
    with store.connection(settings.warehouse) as con:
        of = company_id(company, "sql", lambda sql, values: store.rows(con, sql, values)) if company else None
        days = {"as_of": day_of("--as-of", as_of), "known_on": day_of("--known-on", known_on) or LATEST}
        return store.rows(con, text, {**days, "company": of, "roles": roles})
