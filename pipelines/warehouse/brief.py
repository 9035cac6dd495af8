"""A company on one page. What belongs here: its parts, and which facts stand in each.

What does not: how the page looks (``pipelines.cli.pages``), how facts are chosen and ordered (``sql/answers/brief.sql``), what a
share, a commitment or a change is (``sql/mart``).
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.companies import company_id
from graph.completeness import Completeness, complete
from graph.errors import UsageError
from graph.query import LATEST
from pipelines.settings import Settings
from pipelines.warehouse import store
from pipelines.warehouse.changes import find_changes
from pipelines.warehouse.claims import day_of

PARTS = {
    "depends_on": "Depends on",
    "supplied_by": "Supplied by",
    "supplies": "Supplies",
    "needed_by": "Needed by",
    "large_customers": "Large customers and suppliers, named or not",
    "exposed_to": "Bottlenecks that it is exposed to",
    "relieves": "Bottlenecks that it relieves",
    "commitments": "Commitments",
    "finances": "Money given and got",
    "facilities": "Facilities",
    "metrics": "Figures",
    "owns": "Owns, and is owned by",
    "partners": "Partners",
    "rivals": "Rivals",
    "denies": "Denied",
    "contradictions": "Contradicted",
    "changes": "Changed last",
}
_WHO = """
SELECT company_id, name, kind, segment, layers, tickers, exchange, cik, registered, owner,
    (SELECT list(p.name ORDER BY p.name) FROM mart.dim_party p WHERE p.kind = 'Offering' AND p.owner_id = $company) AS offerings
FROM mart.dim_company
WHERE company_id = $company
"""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page: ``total`` lines, of which ``lines`` stand first."""

    title: str
    total: int
    lines: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Brief:
    """Who the company is, the parts that are not empty in their order, and how complete they are."""

    who: dict[str, Any]
    parts: dict[str, Part]
    complete: Completeness


def brief(settings: Settings, company: str, as_of: str, known_on: str, top: int) -> Brief:
    """Return the page of ``company`` (name, ticker or id) as of a day and as known on a day (empty: any, latest).

    Each part has at most ``top`` lines. Raises UsageError for an unknown company, a date that is none, and ``top`` below 1.
    """
    if top < 1:
        raise UsageError(f"--top {top}: at least 1")
    day, known = day_of("--as-of", as_of), day_of("--known-on", known_on) or LATEST
    with store.connection(settings.warehouse) as con:

        def read(text: str, values: dict[str, Any]) -> list[dict[str, Any]]:
            return store.rows(con, text, values)

        of = company_id(company, "sql", read)
        (who,) = read(_WHO, {"company": of})
        text = store.sql("answers/brief")
        rows = read(text, {"company": of, "as_of": day, "known_on": known, "top": top})
        asked = {key: value for key, value in (("as_of", as_of), ("known_on", known_on)) if value}
        completeness = complete("sql", read, (), [of], asked)
    parts = {part: Part(title, *_of_part(rows, part)) for part, title in PARTS.items()}
    parts |= _changes(settings, of, known, top)
    return Brief(who, {part: parts[part] for part in PARTS if parts[part].total}, completeness)


def _of_part(rows: list[dict[str, Any]], part: str) -> tuple[int, list[dict[str, Any]]]:
    found = [{key: row[key] for key in row if key not in ("part", "of_part")} for row in rows if row["part"] == part]
    return next((row["of_part"] for row in rows if row["part"] == part), 0), found


def _changes(settings: Settings, company: str, known_on: date, top: int) -> dict[str, Part]:
    """Return the parts of what contradicts and of what else changed, newest first, each pair of claims once."""
    changed = find_changes(settings, company, "", "", "fact", "0001-01-01", known_on.isoformat())
    lines: dict[str, list[dict[str, Any]]] = {"contradictions": [], "changes": []}
    seen = set()
    for row in reversed(changed):
        pair = (row["event"], *sorted((row["claim_id"], row["other_claim_id"] or "")))
        if row["event"] != "known" and pair not in seen:
            seen.add(pair)
            lines["contradictions" if row["event"] == "contradicted" else "changes"].append(_line(row))
    return {part: Part(PARTS[part], len(found), found[:top]) for part, found in lines.items()}


def _line(change: dict[str, Any]) -> dict[str, Any]:
    quotes = change["quotes"]
    return {
        "name": f"{change['subject']} {change['predicate']} {change['object'] or ''}".strip(),
        "detail": change["detail"],
        "status": change["event"],
        "quote": quotes[0],
        "other_quote": quotes[1] if len(quotes) > 1 else "",
        "document": change["document"],
        "url": change["url"],
        "date": change["day"],
        "claim_id": change["claim_id"],
        "claim_ids": [claim for claim in (change["claim_id"], change["other_claim_id"]) if claim],
    }
