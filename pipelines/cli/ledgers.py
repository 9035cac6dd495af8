"""The command ledger: unnamed customers and suppliers with the companies that they may be. No rule of the ledger belongs here."""

from collections.abc import Iterable
from itertools import groupby
from typing import Annotated, Any

import typer

from graph.errors import NothingFoundError
from pipelines.cli.following import Watchlist, following
from pipelines.cli.output import say, write_rows


def register(app: typer.Typer) -> None:
    """Add the commands of this module to ``app``."""
    app.command()(ledger)


def ledger(
    context: typer.Context,
    filer: Annotated[
        str, typer.Argument(help="Name, ticker or id of who does not name its customers; all when left out.")
    ] = "",
    period: Annotated[str, typer.Option(help="End of the share's period: YYYY, YYYY-MM or YYYY-MM-DD.")] = "",
    top: Annotated[int, typer.Option(help="At most this many candidates a party.")] = 5,
    watchlist: Watchlist = None,
    form: Annotated[str, typer.Option("--format", help="table, json, jsonl or csv.")] = "table",
) -> None:
    """Print the unnamed customers and suppliers of filings, each with its candidates and what speaks for and against them.

    Each "Customer A" is a party of one filing, benchmark and period; a candidate is never merged with it.

    Example: loadpath ledger NVIDIA --period 2025
    """
    from pipelines.warehouse.ledger import ledger as read

    rows = following(context.obj, watchlist, form)(read(context.obj, filer, period, top))
    if form != "table":
        write_rows(rows, form)
    elif rows:
        for line in _lines(rows):
            typer.echo(line)
    if not rows:
        raise NothingFoundError("no unnamed customer or supplier fits; leave out the filer or the period")
    say(f"{len({row['party_id'] for row in rows})} unnamed parties")


def _lines(rows: list[dict[str, Any]]) -> Iterable[str]:
    """Yield the lines for people: a filing, its parties, their candidates."""
    for (filer, filing), of_filing in groupby(rows, key=lambda row: (row["filer"], row["filing"])):
        yield f"{filer}, {filing}"
        for _, of_party in groupby(of_filing, key=lambda row: row["party_id"]):
            candidates = list(of_party)
            yield from _party(candidates)
        yield ""


def _party(rows: list[dict[str, Any]]) -> Iterable[str]:
    first = rows[0]
    of = f"{first['share'] or 'no share'} of {first['benchmark']}"
    span = f"{first['period_from']} to {first['period_to']}" if first["period_from"] else "period not told"
    amount = f", {first['amount'] / 1e6:,.0f} million {first['currency']}" if first["amount"] else ""
    segment = f", {first['segment']}" if first["segment"] else ""
    yield f"  {first['label']} ({first['side']}): {of}, {span}{amount}{segment}"
    yield f'      "{first["share_quote"]}"'
    if first["candidate"] is None:
        yield "    no candidate: no document of the store names one"
        return
    for row in rows:
        yield f"    {row['rank']}. {row['candidate']} ({len(row['supports'])} for, {len(row['refutes'])} against)"
        for sign, key in (("+", "supports"), ("-", "refutes")):
            yield from (f"       {sign} {finding}" for finding in row[key])
    if more := first["n_candidates"] - len(rows):
        yield f"    … and {more} more candidates (--top)"
