"""Unit costs and how fast they double, read from the marts. What belongs here: the rows by unit of work and day.

What does not: what a point is and how the curve is fitted (``sql/mart/views``), how it is printed (``pipelines.cli.unit_costs``).
"""

import difflib
from dataclasses import dataclass
from typing import Any

import duckdb

from graph.errors import UsageError
from pipelines.warehouse import store
from pipelines.warehouse.differences import Moment, Shape

# What a cost is of, as the command takes it, and in words.
PER = {
    "cluster": "capital cost of a named AI system",
    "token": "cost or price of tokens",
    "watt": "capital cost or price of power capacity",
    "flop": "cost of computing power",
    "minute": "price of a transcribed minute",
    "gpu_hour": "rent of a GPU by the hour",
    "training_run": "cost of training a model",
    "energy": "price of electricity",
    "other": "other costs and prices",
}
# Two moments are compared by their curves.
SHAPE = Shape(key=("per", "series", "unit"), columns=("n", "doubling_months", "refused"), claims=("claim_ids",))
_COSTS = "SELECT * FROM mart.unit_costs_at($as_of, $known_on) WHERE $per IS NULL OR per = $per"
_POINTS = "SELECT * EXCLUDE (x, y) FROM mart.doubling_points_at($as_of, $known_on) WHERE $per IS NULL OR per = $per"
_TIMES = "SELECT * FROM mart.doubling_times_at($as_of, $known_on) WHERE $per IS NULL OR per = $per"


@dataclass(frozen=True, slots=True)
class Curve:
    """Claims of cost, the points that they make of each curve, and one fit (or refusal) a curve."""

    costs: list[dict[str, Any]]
    points: list[dict[str, Any]]
    times: list[dict[str, Any]]


def curve(con: duckdb.DuckDBPyConnection, per: str, at: Moment) -> Curve:
    """Return what is known at a moment of costs per ``per`` (a key of `PER`; empty: of all); raise UsageError for an unknown one."""
    if per and per not in PER:
        near = difflib.get_close_matches(per, PER, n=1)
        hint = f"did you mean {near[0]}?" if near else f"it is one of {', '.join(PER)}"
        raise UsageError(f"{per}: no such unit of cost; {hint}")
    given = {"per": per or None, "as_of": at.as_of, "known_on": at.known_on}
    return Curve(*(store.rows(con, text, given) for text in (_COSTS, _POINTS, _TIMES)))
