"""The option --watchlist of every command that prints rows about parties. What belongs here: the option, and saying what it left out.

What does not: which rows are on a watchlist (``pipelines.warehouse.watching``).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph.errors import NothingFoundError
from pipelines.cli.output import say, write_rows
from pipelines.settings import Settings

if TYPE_CHECKING:
    from pipelines.warehouse.watching import Watched

Watchlist = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Only what this file follows (companies, layers, bottlenecks); looked for in the home as well.",
    ),
]


@dataclass(frozen=True, slots=True)
class Keep:
    """What chooses among rows: those on the watchlist of that name; all of them where there is none. ``form`` is that of the output."""

    name: str = ""
    watched: "Watched | None" = None
    form: str = "table"

    def __call__(self, rows: Iterable[dict[str, Any]], at: str = "") -> list[dict[str, Any]]:
        """Return the rows to show and say on stderr how many are left out; ``at`` is their moment, where two are compared.

        Raises NothingFoundError where all rows of the one moment are left out, after writing that there is none.
        """
        found = list(rows)
        if self.watched is None:
            return found
        kept = [row for row in found if self.watched.holds(row)]
        if found and not kept and not at:
            if self.form != "table":
                write_rows([], self.form)
            raise NothingFoundError(f"{self.name}: none of the {len(found)} rows is on it; leave --watchlist out")
        say_left_out(self.name, len(found) - len(kept), len(found), f" of what was {at}" if at else "")
        return kept


EVERYTHING = Keep()


def say_left_out(name: str, left_out: int, total: int, of: str = "") -> None:
    """Say on stderr how many of all rows are not on the watchlist of that name."""
    say(f"{name}: {left_out} of {total} rows{of} are not on it and left out")


def following(settings: Settings, watchlist: Path | None, form: str) -> Keep:
    """Return what keeps the rows on the watchlist; raise UsageError where there is no such file, ModelError with file and line where it is wrong."""
    if watchlist is None:
        return EVERYTHING
    from pipelines.warehouse.watching import watched_of

    return Keep(watchlist.name, watched_of(settings, watchlist), form)
