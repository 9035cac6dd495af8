"""What agents may ask. What belongs here: one function a tool, over the published warehouse, reading only.

What does not: the protocol (``serving``), and answering itself: the tools ask the same questions as the command line.
"""

from dataclasses import asdict
from typing import Any

from typing_extensions import TypedDict

from graph.companies import company_id
from graph.errors import NothingFoundError, UsageError
from graph.model import load_registry
from graph.query import find, queries, run
from pipelines.agents.paging import Page, page, plain
from pipelines.settings import Settings
from pipelines.warehouse import store

LINES = 5
CLAIMS = 3
HOPS = "4"
_COMPANIES = """
WITH told AS (
    SELECT party_id, count(*) AS facts
    FROM (
        SELECT subject_id AS party_id, claim_id FROM mart.fct_claim WHERE tier = 'fact'
        UNION
        SELECT object_id, claim_id FROM mart.fct_claim WHERE tier = 'fact'
    )
    GROUP BY party_id
)
SELECT p.party_id AS id, p.name, p.tickers, p.segment, p.layers, p.registered, coalesce(t.facts, 0) AS facts
FROM mart.dim_party p
LEFT JOIN told t USING (party_id)
WHERE p.kind = 'Organization' AND (list_contains($ids, p.party_id) OR contains(lower(p.name), lower($text)) OR p.party_id = lower($text))
ORDER BY lower(p.name) <> lower($text), facts DESC, p.party_id
"""


class Company(TypedDict):
    """A company on one page: who it is, its parts with how many lines each has, and how complete they are."""

    who: dict[str, Any]
    parts: dict[str, dict[str, Any]]
    complete: list[str]


class Answer(Page):
    """A page of rows with how the question was understood: the named question or command, its parameters, and the command line."""

    understood_as: str
    parameters: dict[str, str]
    command: str
    could_also_mean: list[str]


class NamedQuery(TypedDict):
    """A named question: parameters have name, type, default and meaning, columns their meaning by name."""

    name: str
    question: str
    parameters: list[dict[str, str]]
    columns: dict[str, str]


class Explained(TypedDict):
    """What stands behind an id: a relationship, null for a claim, and its claims, of which ``more_claims`` are not given."""

    id: str
    relationship: dict[str, Any] | None
    claims: list[dict[str, Any]]
    more_claims: int


class Step(TypedDict):
    """A path from the dependent company to the one that it needs, hop by hop, with a claim and its sentence each."""

    dependent: str
    hops: int
    path: list[str]
    relations: list[str]
    steps: list[str]
    weakest: float
    claim_ids: list[str]
    quotes: list[str]


class Tools:
    """The tools over the warehouse of ``settings``; each call opens it anew, so that a publication is seen at once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def search_companies(self, text: str, cursor: str = "") -> Page:
        """Return companies whose name, alias or ticker holds ``text``, an equal name first, then by number of facts."""
        if not text.strip():
            raise UsageError("text is empty: give a part of a name, or a ticker")
        wanted = text.strip().casefold()
        ids = [
            org.id
            for org in load_registry().organizations.values()
            if wanted in map(str.casefold, org.tickers)
            or any(wanted in name.casefold() for name in (org.name, *org.aliases, *org.legal_names, *org.brands))
        ]
        rows = self._rows(_COMPANIES, {"text": text.strip(), "ids": ids})
        return page(rows, cursor, self._request("search_companies", wanted))

    def get_company(self, company: str, as_of: str = "", known_on: str = "") -> Company:
        """Return a company on one page: who it is, its parts with their best quotes, and how complete they are."""
        from pipelines.warehouse.brief import brief

        found = brief(self._settings, company, as_of, known_on, LINES)
        parts = {
            name: {"total": part.total, "lines": [plain(line) for line in part.lines]}
            for name, part in found.parts.items()
        }
        return {"who": plain(found.who), "parts": parts, "complete": list(found.complete.lines())}

    def ask(self, question: str, cursor: str = "") -> Answer:
        """Return how a question in English is understood, and a page of its answer."""
        from graph.asking import understand

        found = understand(question)
        given = dict(found.given)
        if not found.is_command:
            answer = self.run_named_query(found.name, given, cursor)
        elif found.name == "brief":
            answer = {"rows": [dict(self.get_company(**given))], "total": 1, "next_cursor": ""}
        else:
            raise UsageError(f"{question}: it is answered by the command line only: {found.line}")
        return {
            **answer,
            "understood_as": found.name,
            "parameters": given,
            "command": found.line,
            "could_also_mean": list(found.others),
        }

    def run_named_query(self, name: str, parameters: dict[str, str] | None = None, cursor: str = "") -> Page:
        """Return a page of the rows of a named question."""
        chosen = find(name, self._settings.home / "queries")
        given = parameters or {}
        with store.connection(self._settings.warehouse) as con:
            rows = run(chosen, "sql", lambda text, values: store.rows(con, text, values), given)
        return page(rows, cursor, self._request(name, *sorted(given.items())))

    def list_named_queries(self) -> list[NamedQuery]:
        """Return the named questions that SQL answers, with their parameters and columns."""
        known = queries(self._settings.home / "queries").values()
        return [
            {
                "name": query.name,
                "question": query.question,
                "parameters": [asdict(parameter) for parameter in query.parameters],
                "columns": dict(query.columns),
            }
            for query in sorted(known, key=lambda query: (query.number or len(known) + 1, query.name))
            if query.sql
        ]

    def explain_claim(self, id: str) -> Explained:
        """Return a claim or relationship with its quotes in context, source, trust, links and decisions."""
        from pipelines.warehouse.explain import explain

        found = explain(self._settings, id, CLAIMS)
        claims = [plain(asdict(each)) for each in found.claims]
        relationship = plain(found.relationship) if found.relationship else None
        return {"id": found.id, "relationship": relationship, "claims": claims, "more_claims": found.more}

    def list_bottlenecks(self, as_of: str = "any", known_on: str = "latest") -> Page:
        """Return the bottlenecks by how many filers name them."""
        return self.run_named_query("rank_bottlenecks", {"as_of": as_of, "known_on": known_on})

    def trace_path(self, dependent: str, supplier: str, known_on: str = "latest") -> Step:
        """Return the shortest path of at most four hops by which one company depends on another."""
        given = {"company": supplier, "hops": HOPS, "known_on": known_on}
        with store.connection(self._settings.warehouse) as con:

            def read(text: str, values: dict[str, Any]) -> list[dict[str, Any]]:
                return store.rows(con, text, values)

            wanted = company_id(dependent, "sql", read)
            rows = run(find("trace_dependencies"), "sql", read, given)
            (name,) = read("SELECT name FROM mart.dim_party WHERE party_id = $id", {"id": wanted}) or [
                {"name": dependent}
            ]
        for row in rows:
            if row["dependent"] == name["name"]:
                shown: Step = plain(row)  # type: ignore[assignment]
                return shown
        raise NothingFoundError(
            f"no path of at most {HOPS} hops from {dependent} to {supplier} in what was read; try them the other way round"
        )

    def _rows(self, text: str, values: dict[str, Any]) -> list[dict[str, Any]]:
        with store.connection(self._settings.warehouse) as con:
            return store.rows(con, text, values)

    def _request(self, *asked: object) -> list[object]:
        """Return what a cursor is good for: what was asked, and of which published file."""
        return [*asked, self._settings.warehouse.stat().st_mtime_ns]
