"""The command digest: what is new, for people to read. What belongs here: arguments and output only."""

import sys
from typing import Annotated

import typer

from graph.errors import UsageError
from pipelines.cli.following import Watchlist, say_left_out
from pipelines.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the commands of this module to ``app``."""
    app.command()(digest)


def digest(
    context: typer.Context,
    since: Annotated[
        str,
        typer.Option(help="A day, YYYY-MM-DD, or a publication by id or number; left out: the one before the last."),
    ] = "",
    watchlist: Watchlist = None,
    top: Annotated[int, typer.Option(help="At most this many entries a section; 0 shows all.", min=0)] = 20,
    form: Annotated[str, typer.Option("--format", help="markdown, html, json or atom.")] = "markdown",
) -> None:
    """Print what is new: relations, bottlenecks, numbers, contradictions, unnamed customers, and what went stale, each with its quote.

    Examples: loadpath digest --since 2025-06-30
    loadpath digest --watchlist watchlist.yml --format html > monday.html
    """
    from pipelines.export.digests import FORMS
    from pipelines.warehouse.digest import digest as found
    from pipelines.warehouse.watching import watched_of

    if form not in FORMS:
        raise UsageError(f"--format {form}: it is one of {', '.join(FORMS)}")
    settings: Settings = context.obj
    new = found(settings, since, watched_of(settings, watchlist) if watchlist else None)
    if watchlist:
        say_left_out(watchlist.name, new.left_out, new.left_out + new.entries)
    sys.stdout.write(FORMS[form](new, top))
