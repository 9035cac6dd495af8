"""The command chokepoints: where the ways from equipment to deployed models meet. What belongs here: layout only.

What does not: the rows (``pipelines.warehouse.chokepoints``).
"""

from typing import Annotated, Any

import typer

from graph.errors import NothingFoundError
from pipelines.cli.against import Against, write_differences_of
from pipelines.cli.following import Watchlist, following
from pipelines.cli.output import say, say_text, write_rows


def register(app: typer.Typer) -> None:
    """Add the command of this module to ``app``."""
    app.command()(chokepoints)


def chokepoints(
    context: typer.Context,
    company: Annotated[str, typer.Option(help="Only what this company hangs on: name, ticker or id.")] = "",
    top: Annotated[int, typer.Option(help="At most this many in a table; 0 shows all.")] = 15,
    as_of: Annotated[str, typer.Option(help="The day that facts are about, YYYY-MM-DD.")] = "",
    known_on: Annotated[str, typer.Option(help="What could be known on that day, YYYY-MM-DD.")] = "",
    against: Against = "",
    watchlist: Watchlist = None,
    form: Annotated[str, typer.Option("--format", help="table, json, jsonl or csv.")] = "table",
) -> None:
    """Print the parties that others hang on: which model companies are cut off without each, who says that there is no other source.

    Ranked by model companies cut off, then dependents without another source, then inputs without another named supplier.
    Without a rank: what one publisher alone tells.

    Examples: loadpath chokepoints --top 5
    loadpath chokepoints --company NVIDIA --known-on 2025-06-30
    """
    from pipelines.warehouse.chokepoints import SHAPE, find_chokepoints

    keep = following(context.obj, watchlist, form)
    if against:
        write_differences_of(
            context.obj,
            lambda as_of, known_on: find_chokepoints(context.obj, company, as_of, known_on).parties,
            SHAPE,
            (as_of, known_on, against),
            form,
            keep,
        )
        return
    found = find_chokepoints(context.obj, company, as_of, known_on)
    rows = keep(found.parties)
    if form != "table":
        write_rows(rows, form)
    if not rows:
        raise NothingFoundError(_nothing(company))
    if form == "table":
        shown = rows[: top or None]
        write_rows([_readable(row) for row in shown], form)
        for each in found.inputs if company else ():
            say_text(_input(each))
        if len(rows) > len(shown):
            say(f"{len(rows) - len(shown)} more (--top 0 shows all)")
    say_text(
        "A way may carry any good: where a company needs two inputs together, a missing one stops it although ways of the "
        "other remain. Only what texts name is in the graph."
    )
    for line in found.complete.lines():
        say_text(line)


def _nothing(company: str) -> str:
    if company:
        return f"{company}: no text names who supplies it or what it depends on; see `loadpath brief {company}`"
    return "no text says who supplies or depends on whom, under these dates; see `loadpath claims --predicate SUPPLIES`"


def _readable(row: dict[str, Any]) -> dict[str, Any]:
    """Return a chokepoint as a person reads it; what is nothing is left out."""
    alone = row["n_publishers"] == 1
    return {
        "party": f"{row['rank'] or '–'}. {row['party']}" + (f" ({row['segment']})" if row["segment"] else ""),
        **({"unavoidable": "for every way" if row["unavoidable"] else ""} if "unavoidable" in row else {}),
        "cuts_off": f"{row['n_cut_off']} of {row['n_reached']} model companies" if row["n_cut_off"] else "",
        "they_are": row["cut_off"],
        "no_other_source_for": row["sole_source_for"],
        "only_named_supplier_of": row["only_named_for"],
        "needed_by": f"{row['n_dependents']} directly, {row['n_behind']} only through it",
        "falls_apart": "yes" if row["is_articulation"] else "",
        "in_circle_of": row["n_circle"] if row["n_circle"] > 1 else None,
        "on_shortest_ways": f"{row['betweenness']:.1%}" if row["betweenness"] else "",
        "told_by": "one publisher alone: not ranked" if alone else f"{row['n_publishers']} publishers",
        "quotes": row["quotes"],
    }


def _input(row: dict[str, Any]) -> str:
    """Return how concentrated an input is, in a sentence."""
    what = row["role"].replace("_", " ") or "something without a role told"
    named = f"from {', '.join(row['suppliers'])}" if row["suppliers"] else "from nobody named"
    unnamed = f" and {row['n_unnamed']} unnamed" if row["n_unnamed"] else ""
    sole = "; a text says that there is no other source" if row["sole_source"] else ""
    basis = {"shares": "by shares of purchases", "counts": "by count alone, no shares are told"}.get(
        row["hhi_basis"], ""
    )
    index = f"; HHI {row['hhi']:.0f} ({basis})" if row["hhi"] is not None else ""
    return f"{row['dependent']} gets {what} {named}{unnamed}{sole}{index}"
