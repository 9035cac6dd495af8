"""The option --against of every analysis: what differs between two moments. What belongs here: the option, and writing the differences.

What does not: comparing and explaining (``pipelines.warehouse.differences``).
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph.errors import NothingFoundError
from pipelines.cli.following import EVERYTHING, Keep
from pipelines.cli.output import say, write_rows

if TYPE_CHECKING:
    import duckdb

    from pipelines.settings import Settings
    from pipelines.warehouse.differences import Moment, Shape

Against = Annotated[
    str,
    typer.Option(
        metavar="DATE",
        help="Show what differs from what could be known on DATE (or as-of=DATE: from what is about that day), and by which claims.",
    ),
]


def write_differences(
    con: "duckdb.DuckDBPyConnection",
    rows_at: "Callable[[Moment], Iterable[dict[str, Any]]]",
    shape: "Shape",
    asked: tuple[str, str, str],
    form: str,
    keep: Keep = EVERYTHING,
) -> None:
    """Write what differs between the moment asked for and the one before; ``asked`` is (--as-of, --known-on, --against) as given.

    ``rows_at`` gives the analysis' rows at a moment, of which ``keep`` chooses; ``shape`` says how they are compared. Raises
    NothingFoundError where nothing differs.
    """
    from pipelines.warehouse.differences import differences, moments

    before, after = moments(*asked)
    rows = differences(con, lambda at: keep(rows_at(at), str(at)), shape, (before, after))
    if rows or form != "table":
        write_rows([_readable(row, shape) for row in rows] if form == "table" else rows, form)
    if not rows:
        raise NothingFoundError(f"nothing differs between what was {before} and what is {after}")
    changes = [
        change for change, *_ in dict.fromkeys((row["change"], *(row[name] for name in shape.key)) for row in rows)
    ]
    counts = ", ".join(f"{changes.count(change)} {change}" for change in ("came", "went", "changed"))
    say(f"{before}, against {after}: {counts}")


def write_differences_of(
    settings: "Settings",
    rows_at: "Callable[[str, str], Iterable[dict[str, Any]]]",
    shape: "Shape",
    asked: tuple[str, str, str],
    form: str,
    keep: Keep = EVERYTHING,
) -> None:
    """Do what ``write_differences`` does for an analysis that opens the warehouse itself: ``rows_at`` takes the two dates as text."""
    from pipelines.warehouse import store

    def rows(at: "Moment") -> "Iterable[dict[str, Any]]":
        return rows_at(at.as_of.isoformat() if at.as_of else "", at.known_on.isoformat())

    with store.connection(settings.warehouse) as con:
        write_differences(con, rows, shape, asked, form, keep)


def _readable(row: dict[str, Any], shape: "Shape") -> dict[str, Any]:
    """Return a difference as a person reads it: its key in one piece, the claim by the beginning of its id."""
    return {
        "difference": f"{row['change']}: {' '.join(str(row[name]) for name in shape.key)}",
        "differs": "; ".join(row["differs"]),
        "claim": f"{row['claim']} {row['claim_ids'][0][:12]}" if row["claim_ids"] else "",
        "why": row["why"],
        "statement": row["statement"],
        "document": row["document"],
        "quotes": [row["quote"]] if row["quote"] else [],
    }
