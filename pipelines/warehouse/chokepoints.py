"""Chokepoints at a day, from the marts. What belongs here: the rows of ``loadpath chokepoints``, of the market or of one company.

What does not: the mathematics (``graph.analysis.chokepoints``), or which claims count (``sql/mart/views``).
"""

from dataclasses import dataclass
from typing import Any

from graph.analysis.chokepoints import unavoidable_for
from graph.companies import company_id
from graph.completeness import Completeness, complete
from graph.query import LATEST
from pipelines.settings import Settings
from pipelines.warehouse import analyses, store
from pipelines.warehouse.claims import day_of
from pipelines.warehouse.differences import Shape

TABLE = "mart.fct_chokepoint"
PREDICATES = ("DEPENDS_ON", "SUPPLIES")
SHAPE = Shape(("party_id",), ("cut_off", "sole_source_for", "only_named_for"))


@dataclass(frozen=True, slots=True)
class Chokepoints:
    """The parties in order, the inputs that they are about, and what the answer rests on; ``company`` is a name or empty."""

    company: str
    parties: list[dict[str, Any]]
    inputs: list[dict[str, Any]]
    complete: Completeness


def find_chokepoints(settings: Settings, company: str, as_of: str, known_on: str) -> Chokepoints:
    """Return the chokepoints of the market, or those between equipment and materials and ``company`` (name, ticker or id; empty: all).

    Those of a company are the parties that every way to it passes, and its own suppliers; its inputs come with them. Raises
    UsageError for an unknown company and a date that is none.
    """
    day, known = day_of("--as-of", as_of), day_of("--known-on", known_on) or LATEST
    asked = {key: value for key, value in (("as_of", as_of), ("known_on", known_on)) if value}
    with store.connection(settings.warehouse) as con:

        def read(text: str, values: dict[str, Any]) -> list[dict[str, Any]]:
            return store.rows(con, text, values)

        of = company_id(company, "sql", read) if company else ""
        parties = analyses.answer(con, TABLE, day, known)
        inputs = analyses.read(con, "mart.inputs_at", day, known)
        if of:
            links = analyses.read(con, "mart.dependencies_at", day, known)
            chosen = unavoidable_for(links, of)
            parties = [row | {"unavoidable": chosen[row["party_id"]]} for row in parties if row["party_id"] in chosen]
            inputs = [row for row in inputs if row["dependent_id"] == of]
        completeness = complete("sql", read, PREDICATES, [of] if of else [], asked)
    return Chokepoints(of, parties, inputs, completeness)
