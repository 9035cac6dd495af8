"""The command migration: who entered a layer of the stack, when and by what, as a timeline. What belongs here: layout only.

What does not: what an entry is (``sql/mart/views/layer_entries_at.sql``) and reading it (``pipelines.warehouse.migration``).
"""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph.errors import NothingFoundError
from pipelines.cli.against import Against, write_differences
from pipelines.cli.following import Watchlist, following
from pipelines.cli.output import console, say_text, write_indented, write_quote, write_rows

if TYPE_CHECKING:
    from rich.console import Console

SHORT_ID = 12
_HOW = {"offering": "offers", "supply": "supplies", "acquisition": "acquired"}


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command()(migration)


def migration(
    context: typer.Context,
    company: Annotated[str, typer.Argument(help="Name, ticker or id; all companies when left out.")] = "",
    as_of: Annotated[str, typer.Option(help="The day that claims are about, YYYY-MM-DD.")] = "",
    known_on: Annotated[str, typer.Option(help="What could be known on that day, YYYY-MM-DD.")] = "",
    against: Against = "",
    watchlist: Watchlist = None,
    form: Annotated[str, typer.Option("--format", help="table, json, jsonl or csv.")] = "table",
) -> None:
    """Show who entered a layer not its own, when, by which product, supply or acquisition; of one company all its layers.

    A day is when it was known or told of: the company was there by then.

    Examples: loadpath migration
    loadpath migration NVIDIA --known-on 2025-12-31
    loadpath migration --against 2025-10-01
    """
    from pipelines.warehouse import store
    from pipelines.warehouse.differences import moment
    from pipelines.warehouse.migration import SHAPE, entries

    keep = following(context.obj, watchlist, form)
    with store.connection(context.obj.warehouse) as con:
        if against:
            write_differences(con, lambda at: entries(con, company, at), SHAPE, (as_of, known_on, against), form, keep)
            return
        rows = keep(entries(con, company, moment(as_of, known_on)))
    if form != "table":
        write_rows(rows, form)
    elif rows:
        out = console()
        for row in rows:
            _entry(out, row, bool(company))
    if not rows:
        where = f"of {company} in any layer" if company else "of a company into a layer not its own"
        raise NothingFoundError(f"no claim tells of an entry {where}; see `loadpath brief`, or leave out the dates")
    entered = sum(row["entered"] for row in rows)
    say_text(f"entries: {len(rows)}, into layers that the registry does not give the company: {entered}")


def _entry(out: "Console", row: dict[str, Any], one_company: bool) -> None:
    from rich.text import Text

    line = Text(row["when"], style="bold")
    line.append(f"  {row['company']}", style="bold" if not one_company else "")
    line.append(f" → {row['layer_name']}", style="bold")
    line.append(f"  {_HOW[row['how']]} {row['by'].replace('_', ' ')}{_notes(row)}")
    write_indented(out, line, 0)
    write_quote(out, row["best_quote"], (row["by"], row["company"]), 4)
    write_indented(
        out, Text(f"— {row['publisher']}, {row['document']}  {row['first_claim_id'][:SHORT_ID]}", style="dim"), 4
    )
    if row["denial"]:
        write_indented(out, Text(f"denied: {row['denial_ids'][0][:SHORT_ID]}", style="bold"), 4)
        write_quote(out, row["denial"], (row["by"], row["company"]), 4)


def _notes(row: dict[str, Any]) -> str:
    """Return where it came from, in steps, and how well it is told, as the end of a line."""
    home = ", ".join(layer.replace("_", " ") for layer in row["home_layers"]) or "below or beside the stack"
    notes = [
        f"new: {row['steps']} {'step' if row['steps'] == 1 else 'steps'} from {home}" if row["entered"] else "",
        "planned only" if row["only_planned"] else "",
        f"{row['n_claims']} claims" if row["n_claims"] > 1 else "",
        f"{row['n_publishers']} publishers" if row["n_publishers"] > 1 else "",
    ]
    return "".join(f", {note}" for note in notes if note)
