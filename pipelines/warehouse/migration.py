"""Who entered which layer of the stack, read from the published warehouse. What belongs here: entries of one company or of all.

What does not: what an entry is (``sql/mart/views/layer_entries_at.sql``), how it is shown (``pipelines.cli.migration``).
"""

from typing import Any

import duckdb

from graph.companies import company_id
from graph.query import find
from pipelines.warehouse import store
from pipelines.warehouse.differences import Moment, Shape

SHAPE = Shape(key=("company", "layer", "how", "by"), columns=("entered", "only_planned"))


def entries(con: duckdb.DuckDBPyConnection, company: str, at: Moment) -> list[dict[str, Any]]:
    """Return the entries of ``company`` into its own and other layers, or those of all companies into other layers, by day.

    ``day`` is None where only pages without a date show an entry. Raises UsageError for an unknown company.
    """
    roles = next(p.default for p in find("list_layer_entries").parameters if p.name == "roles")
    text = (store.SQL / "answers" / "migration.sql").read_text(encoding="utf-8")
    of = company_id(company, "sql", lambda sql, values: store.rows(con, sql, values)) if company else None
    return store.rows(con, text, {"as_of": at.as_of, "known_on": at.known_on, "company": of, "roles": roles})
