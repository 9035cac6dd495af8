"""The command unit-costs: cost curves, their points and how fast they double. What belongs here: layout only.

What does not: what a point is and how the curve is fitted (``sql/mart/views``), the plot's drawing (``plot``).
"""

import string
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph.errors import NothingFoundError
from pipelines.cli.against import Against, write_differences
from pipelines.cli.ask import Day, Format
from pipelines.cli.output import console, say_text, write_indented, write_quote, write_rows
from pipelines.cli.plot import plot, short
from pipelines.settings import Settings

if TYPE_CHECKING:
    from rich.console import Console

    from pipelines.warehouse.unit_costs import Curve

FORMULA = "log2(level) = a + b × years, least squares; 12 / b months; interval b ± t × se(b), n - 2 degrees of freedom"


def register(app: typer.Typer) -> None:
    """Add the commands of this module to ``app``."""
    app.command(name="unit-costs")(unit_costs)


def unit_costs(
    context: typer.Context,
    metric: Annotated[
        str,
        typer.Argument(help="cluster, token, watt, flop, minute, gpu_hour, training_run, energy; all when left out."),
    ] = "",
    as_of: Day = "",
    known_on: Day = "",
    against: Against = "",
    form: Format = "table",
) -> None:
    """Print what a token, a watt, a FLOP, a transcribed minute or a whole AI system costs, and how fast that doubles.

    Measured, claimed and planned numbers are kept apart. The doubling time comes with its 95 % interval and the points behind it, or with the
    reason why there is none. Other formats print every claim of cost.

    Example: loadpath unit-costs cluster
    """
    from pipelines.warehouse import store
    from pipelines.warehouse.differences import moment
    from pipelines.warehouse.unit_costs import PER, SHAPE, curve

    settings: Settings = context.obj
    with store.connection(settings.warehouse) as con:
        if against:
            asked = (as_of, known_on, against)
            write_differences(con, lambda at: curve(con, metric, at).times, SHAPE, asked, form)
            return
        found = curve(con, metric, moment(as_of, known_on))
    if not found.costs:
        of = f"the {PER[metric]}" if metric else "a cost"
        raise NothingFoundError(f"no claim states {of}; add commentary that does, or leave the metric and days out")
    if form != "table":
        write_rows(found.costs, form)
    else:
        out = console()
        for per in [per for per in PER if any(row["per"] == per for row in found.costs)]:
            _curve(out, per, PER[per], found, in_full=bool(metric))
    tiers = Counter(row["tier"] for row in found.costs)
    say_text(
        f"{tiers['fact']} facts and {tiers['candidate']} candidates; claims of lower cost: loadpath query compare_unit_costs"
    )


def _curve(out: "Console", per: str, meaning: str, found: "Curve", in_full: bool) -> None:
    from rich.text import Text

    costs = [row for row in found.costs if row["per"] == per]
    tiers = Counter(row["tier"] for row in costs)
    out.print(Text.assemble((per, "bold"), f"  {meaning}: {tiers['fact']} facts, {tiers['candidate']} candidates"))
    stated = {row["unit"]: row["n"] for row in found.times if row["per"] == per and row["series"] == "stated"}
    # A series of one basis that has all the points of `stated` is that series again.
    times = [
        row
        for row in found.times
        if row["per"] == per and (row["series"] not in ("measured", "claimed") or row["n"] < stated[row["unit"]])
    ]
    for row in times:
        write_indented(out, Text(_time(row)), 2)
        if in_full:
            points = [p for p in found.points if all(p[key] == row[key] for key in ("per", "series", "unit"))]
            _points(out, row, points)
    if not times:
        write_indented(out, Text("no curve: no fact gives a level in a known unit on a known day"), 2)
    if in_full:
        _others(out, costs, {point["claim_id"] for point in found.points})
    out.print()


def _time(row: dict[str, Any]) -> str:
    head = f"{row['series']}, {row['unit']}: {row['n']} points of {row['n_sources']} sources"
    if row["refused"]:
        return f"{head}; no doubling time: {row['refused']}"
    head += f", {row['first_day']} to {row['last_day']}"
    if row["months_low"] is None:
        interval = f"{row['doublings_low']:.3g} to {row['doublings_high']:.3g} doublings a year"
        return f"{head}: no trend is told, the 95 % interval {interval} holds rise and fall"
    way = "doubles" if row["doubling_months"] > 0 else "halves"
    low, high = sorted((abs(row["months_low"]), abs(row["months_high"])))
    return f"{head}: {way} every {abs(row['doubling_months']):.3g} months, 95 % interval {low:.3g} to {high:.3g} months"


def _points(out: "Console", row: dict[str, Any], points: list[dict[str, Any]]) -> None:
    from rich.text import Text

    # A series of one basis alone repeats the points of `stated`.
    if row["series"] in ("measured", "claimed"):
        return
    marks = [string.ascii_lowercase[number % len(string.ascii_lowercase)] for number in range(len(points))]
    if len(points) > 1:
        for line in plot([(p["day"], p["level"], mark) for p, mark in zip(points, marks, strict=True)]):
            out.print(Text(line))
    if not row["refused"]:
        write_indented(out, Text(FORMULA, style="dim"), 2)
    for point, mark in zip(points, marks, strict=True):
        dated = "" if point["dated_by"] == "text" else f" ({point['dated_by'].replace('_', ' ')})"
        more = f", {point['n_claims']} claims" if point["n_claims"] > 1 else ""
        text = f"{mark}  {point['day']}{dated}  {point['subject']}  {point['written']} = {short(point['level'])}, {point['basis']}, by {point['said_by'].replace('_', ' ')}{more}"
        write_indented(out, Text(text), 2)
        write_quote(out, point["quote"], [point["subject"], point["written"]])
        write_indented(out, Text(f"{point['document_title']}, {point['claim_id']}", style="dim"), 4)


def _others(out: "Console", costs: list[dict[str, Any]], used: set[str]) -> None:
    """Write the facts that are no points of a curve: reductions, other claims of a system, units that are not known."""
    from rich.text import Text

    rest = [row for row in costs if row["tier"] == "fact" and row["claim_id"] not in used]
    if rest:
        out.print(Text("  other facts"))
    for row in rest:
        against = f" against {row['baseline']}" if row["baseline"] else ""
        write_indented(
            out,
            Text(
                f"{row['day']}  {row['subject']}  {row['metric']} {row['written']}{against}, {row['basis']}, by {row['said_by'].replace('_', ' ')}"
            ),
            4,
        )
        write_quote(out, row["quote"], [row["subject"]], indent=6)
