"""Capital loops at a day, from the marts. What belongs here: the rows of ``loadpath loops``, of the market or through one company.

What does not: finding loops (``queries/find_capital_loops``), or what their amounts tell (``graph.analysis.capital_loops``).
"""

from dataclasses import dataclass
from typing import Any

from graph.companies import company_id
from graph.completeness import Completeness, complete
from graph.query import LATEST
from pipelines.settings import Settings
from pipelines.warehouse import analyses, store
from pipelines.warehouse.claims import day_of
from pipelines.warehouse.differences import Shape

TABLE = "mart.fct_capital_loop"
PREDICATES = ("COMMITS_TO", "FINANCES", "OWNS", "SUPPLIES")
SHAPE = Shape(("loop_id",), ("gaps", "overlap"))


@dataclass(frozen=True, slots=True)
class Loops:
    """The loops in order, and what the answer rests on."""

    loops: list[dict[str, Any]]
    complete: Completeness


def find_loops(settings: Settings, company: str, as_of: str, known_on: str) -> Loops:
    """Return the loops through ``company`` (name, ticker or id; empty: all) as of a day and as known on a day (empty: any, latest).

    Raises UsageError for an unknown company and a date that is none.
    """
    day, known = day_of("--as-of", as_of), day_of("--known-on", known_on) or LATEST
    asked = {key: value for key, value in (("as_of", as_of), ("known_on", known_on)) if value}
    with store.connection(settings.warehouse) as con:

        def read(text: str, values: dict[str, Any]) -> list[dict[str, Any]]:
            return store.rows(con, text, values)

        of = company_id(company, "sql", read) if company else ""
        found = [row for row in analyses.answer(con, TABLE, day, known) if not of or of in row["party_ids"]]
        return Loops(found, complete("sql", read, PREDICATES, [of] if of else [], asked))
