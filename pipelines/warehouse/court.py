"""The thesis court, read from the published warehouse. What belongs here: one company's evidence by test, and companies by counted evidence.

What does not: what counts as evidence (``graph/court/rules.yml``, ``sql/mart/views/court_at.sql``), how it is shown (``pipelines.cli.court``).
"""

from dataclasses import dataclass
from typing import Any

import duckdb

from graph.companies import company_id
from graph.court.rules import load_court
from graph.query import LATEST
from pipelines.settings import Settings
from pipelines.warehouse import store
from pipelines.warehouse.claims import day_of
from pipelines.warehouse.differences import Moment, Shape

_TOLD = """
SELECT count(*) AS facts, count(DISTINCT coalesce(nullif(c.filer_id, ''), c.source_group)) AS publishers
FROM mart.claims_at($as_of, $known_on) c
JOIN mart.dim_party s ON s.party_id = c.subject_id
LEFT JOIN mart.dim_party o ON o.party_id = c.object_id
WHERE c.tier = 'fact' AND $company IN (c.subject_id, c.object_id, s.owner_id, o.owner_id)
"""

_FINDINGS = """
SELECT company, test, side, rule, finding, other_id, list_sort(list_distinct(flatten(list(claim_ids)))) AS claim_ids
FROM mart.court_at($as_of, $known_on)
WHERE tier = 'fact' AND ($company IS NULL OR company_id = $company)
GROUP BY ALL
ORDER BY ALL
"""
SHAPE = Shape(key=("company", "test", "side", "finding", "rule", "other_id"))


@dataclass(frozen=True, slots=True)
class Test:
    """One test of one company: what it asks, its findings by side, and how many findings rest on candidates alone."""

    name: str
    asks: str
    sides: dict[str, list[dict[str, Any]]]
    candidates: list[dict[str, Any]]

    def publishers(self, side: str, interested: bool | None = None) -> int:
        """Return how many different publishers speak on ``side``; with ``interested``, those of findings with an interest alone."""
        found = self.sides[side]
        chosen = found if interested is None else [row for row in found if bool(row["n_independent"]) is not interested]
        return len({source for row in chosen for source in row["sources"]})


@dataclass(frozen=True, slots=True)
class Hearing:
    """A company before the court: its tests, and how many facts of how many publishers tell of it at all."""

    company_id: str
    company: str
    facts: int
    publishers: int
    tests: list[Test]


def hear(settings: Settings, company: str, as_of: str, known_on: str) -> Hearing:
    """Return the evidence on ``company`` (name, ticker or id) as of a day and as known on a day (empty: any, latest).

    Raises UsageError for an unknown company and for a date that is none.
    """
    days = _days(as_of, known_on)
    with store.connection(settings.warehouse) as con:
        of = company_id(company, "sql", lambda text, values: store.rows(con, text, values))
        rows = store.rows(con, _answer("court_page"), days | {"company": of})
        (told,) = store.rows(con, _TOLD, days | {"company": of})
        (name,) = store.rows(con, "SELECT name FROM mart.dim_party WHERE party_id = $company", {"company": of})
    tests = [
        _test(name, asks, [row for row in rows if row["test"] == name]) for name, asks in load_court().tests.items()
    ]
    return Hearing(of, name["name"], told["facts"], told["publishers"], tests)


def docket(settings: Settings, as_of: str, known_on: str) -> list[dict[str, Any]]:
    """Return the companies with evidence, ranked ones first; ``rank`` is None where one publisher alone tells of a company.

    Raises UsageError for a date that is none.
    """
    with store.connection(settings.warehouse) as con:
        return store.rows(con, _answer("court"), _days(as_of, known_on))


def findings_at(con: duckdb.DuckDBPyConnection, company: str, at: Moment) -> list[dict[str, Any]]:
    """Return the findings that rest on facts at a moment, of ``company`` (name, ticker or id; empty: of all), for a comparison."""
    of = company_id(company, "sql", lambda text, values: store.rows(con, text, values)) if company else None
    return store.rows(con, _FINDINGS, {"as_of": at.as_of, "known_on": at.known_on, "company": of})


def _days(as_of: str, known_on: str) -> dict[str, Any]:
    return {"as_of": day_of("--as-of", as_of), "known_on": day_of("--known-on", known_on) or LATEST}


def _answer(name: str) -> str:
    return (store.SQL / "answers" / f"{name}.sql").read_text(encoding="utf-8")


def _test(name: str, asks: str, rows: list[dict[str, Any]]) -> Test:
    facts = [row for row in rows if row["tier"] == "fact"]
    sides = {side: [row for row in facts if row["side"] == side] for side in ("for", "against", "unknown")}
    return Test(name, asks, sides, [row for row in rows if row["tier"] == "candidate"])
