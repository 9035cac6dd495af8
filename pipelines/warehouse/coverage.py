"""The map of what was read: company, section, year. What belongs here: the rows of ``loadpath coverage``.

What does not: what an item of a document is worth (``sql/mart/fct_coverage.sql``), which filings are due and missing (question 25), or
estimates of what is missing (``graph.analysis.recapture``).
"""

from collections.abc import Sequence
from typing import Any

import duckdb

from graph.companies import company_id
from pipelines.warehouse import store
from pipelines.warehouse.differences import Moment, Shape

MAP = Shape(("company", "form", "item", "year"), ("found", "gaps", "facts"), ())
RECALL = Shape(("predicate", "first", "second"), ("n_first", "n_second", "n_both", "estimate", "low", "high"))
UNDATED = "undated"
_MAP = """
SELECT company, company_id, form, item, any_value(title) AS title, min(position) AS position, coalesce(year::VARCHAR, 'undated') AS year,
    count(*) FILTER (status IN ('found', 'whole'))::INTEGER AS found, count(*) FILTER (is_gap)::INTEGER AS gaps,
    coalesce(list(DISTINCT status || ': ' || reason ORDER BY status || ': ' || reason) FILTER (is_gap), []) AS reasons,
    sum(characters)::BIGINT AS characters, sum(claims)::BIGINT AS claims, sum(facts)::BIGINT AS facts
FROM mart.fct_coverage
WHERE known_from <= $known_on AND (known_to IS NULL OR known_to > $known_on)
    AND ($company IS NULL OR company_id = $company)
    AND ($as_of IS NULL OR year IS NULL OR year = year($as_of::DATE))
GROUP BY company, company_id, form, item, year
ORDER BY company, company_id, form, min(position), item, year
"""


def coverage(con: duckdb.DuckDBPyConnection, company: str, at: Moment) -> list[dict[str, Any]]:
    """Return one row a company (or publisher), form, item and year of what was read, at a moment; ``company`` empty: of all.

    With a day of validity it is the year of that day. Raises UsageError for an unknown company.
    """
    of = company_id(company, "sql", lambda text, given: store.rows(con, text, given)) if company else None
    return store.rows(con, _MAP, {"company": of, "as_of": at.as_of, "known_on": at.known_on})


def grid(rows: Sequence[dict[str, Any]], by_item: bool) -> list[dict[str, Any]]:
    """Return the map for people: years as columns; one line an item of a company's forms, or one a company that files and form.

    A cell has how many items were read and, behind a stroke, how many should be there and were not; a dash where the form lets them be
    left out, nothing where there is no filing.
    """
    years = sorted({row["year"] for row in rows})
    lines: dict[tuple[str, str], dict[str, list[int]]] = {}
    for row in rows:
        if by_item:
            name = (row["form"], f"{row['item']} {row['title'] or ''}".strip())
        else:
            name = (row["company"], row["form"])
        cell = lines.setdefault(name, {}).setdefault(row["year"], [0, 0])
        cell[0] += row["found"]
        cell[1] += row["gaps"]
    heads = ("form", "item") if by_item else ("company", "form")
    return [
        {heads[0]: first, heads[1]: second, **{year: _cell(cells.get(year)) for year in years}}
        for (first, second), cells in lines.items()
    ]


def _cell(counts: list[int] | None) -> str:
    if counts is None:
        return ""
    read, gaps = counts
    return f"{read}/{gaps}" if gaps else str(read or "–")
