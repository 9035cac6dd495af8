"""The command loops: an investor's money that comes back to it. What belongs here: layout only.

What does not: the rows (``pipelines.warehouse.loops``).
"""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph.errors import NothingFoundError
from pipelines.cli.against import Against, write_differences_of
from pipelines.cli.following import Watchlist, following
from pipelines.cli.output import console, say, say_text, write_indented, write_quote, write_rows

if TYPE_CHECKING:
    from rich.console import Console


# So much of a claim id is shown: enough for `explain` to find it.
SHORT_ID = 12


def register(app: typer.Typer) -> None:
    """Add the command of this module to ``app``."""
    app.command()(loops)


def loops(
    context: typer.Context,
    company: Annotated[str, typer.Option(help="Only loops through this company: name, ticker or id.")] = "",
    top: Annotated[int, typer.Option(help="At most this many in a table; 0 shows all.")] = 10,
    as_of: Annotated[str, typer.Option(help="The day that facts are about, YYYY-MM-DD.")] = "",
    known_on: Annotated[str, typer.Option(help="What could be known on that day, YYYY-MM-DD.")] = "",
    against: Against = "",
    watchlist: Watchlist = None,
    form: Annotated[str, typer.Option("--format", help="table, json, jsonl or csv.")] = "table",
) -> None:
    """Print capital loops: investor, customer, supplier, investor, with amounts, times, and what is not told.

    How much of what the investor is paid may be its own money is said where amounts tell it, else that it is unknown.

    Examples: loadpath loops --company NVIDIA
    loadpath loops --known-on 2025-06-30 --format jsonl
    """
    from pipelines.warehouse.loops import SHAPE, find_loops

    keep = following(context.obj, watchlist, form)
    if against:
        write_differences_of(
            context.obj,
            lambda as_of, known_on: find_loops(context.obj, company, as_of, known_on).loops,
            SHAPE,
            (as_of, known_on, against),
            form,
            keep,
        )
        return
    found = find_loops(context.obj, company, as_of, known_on)
    rows = keep(found.loops)
    if form != "table":
        write_rows(rows, form)
    if not rows:
        of = f" through {company}" if company else ""
        raise NothingFoundError(
            f"no capital loop{of} is told under these dates; see `loadpath claims --predicate FINANCES`"
        )
    if form == "table":
        shown = rows[: top or None]
        for number, row in enumerate(shown):
            _loop(console(), row, number)
        if len(rows) > len(shown):
            say(f"{len(rows) - len(shown)} more (--top 0 shows all)")
    say_text(
        "Loops of at most three steps. Amounts are as written, and are not added up; an amount may be that of a whole round."
    )
    for line in found.complete.lines():
        say_text(line)


def _loop(out: "Console", row: dict[str, Any], number: int) -> None:
    from rich.text import Text

    if number:
        out.print()
    out.print(Text(" > ".join(row["path"]), style="bold"))
    for line in _lines(row):
        write_indented(out, Text(line), 2)
    for gap in row["gaps"]:
        write_indented(out, Text.assemble(("not told: ", "dim"), gap), 2)
    if beside := row["candidate_claim_ids"]:
        shown = ", ".join(claim[:SHORT_ID] for claim in beside[:3])
        write_indented(
            out,
            Text(f"beside it {len(beside)} claims not sure enough to count: {shown}{' …' if beside[3:] else ''}"),
            2,
        )
    for quote in dict.fromkeys(row["quotes"]):
        write_quote(out, quote, row["path"])


def _lines(row: dict[str, Any]) -> list[str]:
    investor, receiver, payer = row["path"][0], row["path"][1], row["path"][-2]
    invested = f"{investor} into {receiver}: {' or '.join(row['invested']) or 'amount unknown'}"
    paid = f"{payer} to {investor}: {' or '.join(row['paid_back']) or 'amount unknown'}"
    when = {"yes": "", "where told": " (of the relations that tell a time)"}.get(row["overlap"])
    times = f"at the same time from {row['overlap_from']} to {row['overlap_to']}{when}" if when is not None else ""
    if row["overlap"] == "no":
        times = "the times that are told do not meet"
    relations = [
        f"{relation} ({valid.replace('..', ' to ') or f'told {told}'})"
        for relation, valid, told in zip(row["relations"], row["valid"], row["told"], strict=True)
    ]
    return [line for line in ("; ".join(relations), invested, paid, _share(row), times) if line]


def _share(row: dict[str, Any]) -> str:
    """Return in words how much of what is paid back may be the investor's own money."""
    if row["share_high"] is None:
        return "own money in what it is paid: unknown"
    low, high = f"{row['share_low']:.0%}", f"{row['share_high']:.0%}"
    part = f"at most {high}" if low == high else f"at most {low} to {high}, by which amounts are meant"
    if row["share_of_revenue"] is None:
        return f"own money in what it is paid: {part}"
    return (
        f"own money in what it is paid: {part}; were all of it paid in one year, {row['share_of_revenue']:.1%} of "
        f"{row['investor']}'s revenue of the year to {row['revenue_year']}"
    )
