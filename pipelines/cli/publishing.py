"""Commands about publications: delta, verify; and the option that accepts a gate. What belongs here: printing them."""

from typing import Annotated

import typer

from graph.errors import EXIT_GATE, UsageError
from pipelines.cli.following import Watchlist, following
from pipelines.cli.output import progress, say, write_rows
from pipelines.settings import Settings

Accept = Annotated[
    list[str] | None,
    typer.Option(help="A gate whose minimum may be missed this time, on purpose; it is kept with the publication."),
]


def register(app: typer.Typer) -> None:
    """Add the commands of this module to ``app``."""
    app.command()(delta)
    app.command()(verify)


def checked(accept: list[str] | None) -> list[str]:
    """Return the gates to accept; raise UsageError for a name that is none, before anything is done."""
    if not accept:
        return []
    from pipelines.warehouse import gates

    gates.check_names(accept, gates.load())
    return accept


def delta(
    context: typer.Context,
    start: Annotated[str, typer.Argument(metavar="[FROM]", help="Id or number of a publication.")] = "",
    end: Annotated[str, typer.Argument(metavar="[TO]", help="Id or number of another; default: the last.")] = "",
    watchlist: Watchlist = None,
    form: Annotated[str, typer.Option("--format", help="table, json, jsonl or csv.")] = "table",
    listed: Annotated[bool, typer.Option("--list", help="List the publications instead.")] = False,
) -> None:
    """Show what one publication added, modified and deleted against another: claims and relationships.

    Examples: loadpath delta
    loadpath delta --list
    loadpath delta 3f2a90c1d7e4 --format jsonl
    """
    from pipelines.warehouse import delta as deltas

    settings: Settings = context.obj
    if listed and watchlist:
        raise UsageError("delta: --list shows publications, which no watchlist follows; leave out one of the two")
    if listed:
        write_rows(deltas.listed(settings), form)
        return
    changes = following(settings, watchlist, form)(deltas.delta(settings, start, end))
    write_rows(changes, form)
    counts = {
        (c, of): sum(row["change"] == c and row["of"] == of for row in changes)
        for c in deltas.KINDS
        for of in deltas.OF
    }
    said = [f"{n} {of}s {deltas.KINDS[c]}" for (c, of), n in counts.items() if n]
    say(", ".join(said) or "nothing changed between the two")


def verify(context: typer.Context) -> None:
    """Read every archived object and cut every quote again; print the evidence debt, which must be 0.

    Example: loadpath verify
    """
    from pipelines.warehouse.verify import verify as cut_again

    result = cut_again(context.obj, progress)
    for line in result.lines()[:20]:
        say(line)
    if result.damaged:
        say(f"{len(result.damaged)} archived objects are damaged or missing; restore them from a copy of the archive")
    typer.echo(f"evidence debt {len(result.failures)}: {result.claims} claims of {result.documents} documents checked")
    if result.failures or result.damaged:
        raise typer.Exit(EXIT_GATE)
