"""The command court: a company before the four tests, or all companies by counted evidence. What belongs here: layout only.

What does not: what counts as evidence (``graph/court/rules.yml``) and counting it (``pipelines.warehouse.court``).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph.errors import NothingFoundError, UsageError
from pipelines.cli.against import Against, write_differences
from pipelines.cli.following import Watchlist, following
from pipelines.cli.output import console, say_text, write_indented, write_quote, write_rows

if TYPE_CHECKING:
    from rich.console import Console

    from pipelines.warehouse.court import Hearing, Test

SHORT_ID = 12
_NAME = 25
_SIDES = {"for": "for", "against": "against", "unknown": "settles nothing"}
RULE = (
    "Ranked by how many publishers without an interest speak for a company on the first three tests, each counted once a test; among equals, "
    "by how few speak against. Facts alone count. A company of which one publisher alone tells is not ranked."
)


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command()(court)


def court(
    context: typer.Context,
    company: Annotated[str, typer.Argument(help="Name, ticker or id; all companies when left out.")] = "",
    top: Annotated[int, typer.Option(help="At most this many findings on a side of a test.", min=1)] = 3,
    candidates: Annotated[bool, typer.Option(help="Show what is not sure enough to be counted, too.")] = False,
    as_of: Annotated[str, typer.Option(help="The day that claims are about, YYYY-MM-DD.")] = "",
    known_on: Annotated[str, typer.Option(help="What could be known on that day, YYYY-MM-DD.")] = "",
    against: Against = "",
    watchlist: Watchlist = None,
    form: Annotated[str, typer.Option("--format", help="table, json, jsonl or csv.")] = "table",
) -> None:
    """Try a company: relieves a bottleneck, lowers unit cost, embedded, thin wrapper; evidence for, against, and what settles nothing.

    Without a company: all of them by counted evidence. Every line is a claim with its quote; nothing is weighed.

    Examples: loadpath court NVIDIA
    loadpath court --known-on 2025-06-30
    loadpath court NVIDIA --against 2025-06-30
    """
    from pipelines.warehouse import store
    from pipelines.warehouse.court import SHAPE, docket, findings_at, hear

    if company and watchlist:
        raise UsageError("court: --watchlist chooses among all companies; leave out the company or the watchlist")
    keep = following(context.obj, watchlist, form)
    if against:
        with store.connection(context.obj.warehouse) as con:
            asked = (as_of, known_on, against)
            write_differences(con, lambda at: findings_at(con, company, at), SHAPE, asked, form, keep)
        return
    if not company:
        _docket(keep(docket(context.obj, as_of, known_on)), form)
        return
    heard = hear(context.obj, company, as_of, known_on)
    rows = [row for test in heard.tests for side in (*test.sides.values(), test.candidates) for row in side]
    if form == "table":
        _page(console(), heard, top, candidates)
    else:
        write_rows([{"company": heard.company, **row} for row in rows], form)
    if not rows:
        raise NothingFoundError(
            f"{heard.company}: none of the {heard.facts} facts that name it speaks on any of the tests; see `loadpath brief`"
        )
    if heard.publishers < 2:
        say_text(f"{heard.company} is known from one publisher only: it is not ranked")


def _docket(rows: list[dict[str, Any]], form: str) -> None:
    if form != "table":
        write_rows(rows, form)
    elif rows:
        _table(console(), rows)
    if not rows:
        raise NothingFoundError("no claim speaks on any of the tests; add documents, or leave out the dates")
    unranked = sum(row["rank"] is None for row in rows)
    say_text(RULE)
    say_text(
        "Under each test: publishers for : against; in brackets those that have an interest and speak in its favour. by: publishers that tell of it at all."
    )
    say_text(f"{len(rows)} companies, {unranked} of them not ranked")


def _table(out: "Console", rows: list[dict[str, Any]]) -> None:
    """Write one line a company, its four tests side by side: publishers for, those with an interest in brackets, and against."""
    from rich.text import Text

    out.print(
        Text(
            _columns("rank", "company", ("relief", "cost", "embedded", "wrapper"), "facts", "by"),
            style="bold underline",
        )
    )
    for row in rows:
        cells = [_cell(row, test) for test in ("bottleneck", "cost", "embedded", "wrapper")]
        rank = "–" if row["rank"] is None else str(row["rank"])
        out.print(Text(_columns(rank, row["company"], cells, str(row["facts"]), str(row["publishers"]))))


def _columns(rank: str, company: str, tests: Sequence[str], facts: str, publishers: str) -> str:
    shown = company if len(company) <= _NAME else f"{company[: _NAME - 1]}…"
    return f"{rank:>4}  {shown:{_NAME}}  {''.join(f'{test:>9}' for test in tests)}  {facts:>5}  {publishers:>2}"


def _cell(row: dict[str, Any], test: str) -> str:
    interested = f"({row[f'{test}_interested']})" if row[f"{test}_interested"] else ""
    pro, contra = row[f"{test}_for"], row[f"{test}_against"]
    # In its favour is what speaks for a test, and against its being a thin wrapper.
    return f"{pro} : {contra}{interested}" if test == "wrapper" else f"{pro}{interested} : {contra}"


def _page(out: "Console", heard: "Hearing", top: int, candidates: bool) -> None:
    from rich.text import Text

    out.print(Text(heard.company, style="bold"))
    write_indented(out, Text(f"{heard.facts} facts of {_count(heard.publishers, 'publisher')} tell of it"), 2)
    for test in heard.tests:
        out.print()
        write_indented(out, Text(test.asks[0].upper() + test.asks[1:], style="bold underline"), 0)
        _test(out, test, heard, top)
        _beside(out, test, top if candidates else 0)


def _test(out: "Console", test: "Test", heard: "Hearing", top: int) -> None:
    from rich.text import Text

    for side, word in _SIDES.items():
        findings = test.sides[side]
        if findings:
            write_indented(out, Text(f"{word}: {_counted(test, side)}", style="bold"), 2)
        for finding in findings[:top]:
            _finding(out, finding)
        if len(findings) > top:
            write_indented(out, Text(f"… and {len(findings) - top} more findings (--top)", style="dim"), 4)
    if not any(test.sides.values()):
        write_indented(out, Text(f"unknown: none of the {heard.facts} facts says anything for or against"), 2)


def _beside(out: "Console", test: "Test", shown: int) -> None:
    """Write how many candidates stand beside the facts, and ``shown`` findings of theirs."""
    from rich.text import Text

    if not test.candidates:
        return
    n = len({claim for row in test.candidates for claim in row["claim_ids"][:1]})
    where = "" if shown else " (--candidates)"
    write_indented(out, Text(f"beside: {_count(n, 'candidate')}, not sure enough to be counted{where}", style="dim"), 2)
    for row in test.candidates[:shown]:
        _finding(out, row)


def _counted(test: "Test", side: str) -> str:
    findings = test.sides[side]
    claims = len({claim for row in findings for claim in row["claim_ids"]})
    said = f"{_count(claims, 'claim')} of {_count(test.publishers(side), 'publisher')}"
    interested = test.publishers(side, interested=True)
    return f"{said}, {interested} with an interest" if interested else said


def _finding(out: "Console", row: dict[str, Any]) -> None:
    from rich.text import Text

    says = Text(row["finding"], style="bold")
    notes = [
        f"{row['side']}, not counted" if row["tier"] == "candidate" else "",
        f"leans {row['leaning']}, said as {' or '.join(row['modalities'])}" if row["leaning"] else "",
        _count(row["n_claims"], "claim") if row["n_claims"] > 1 else "",
        _count(row["n_publishers"], "publisher") if row["n_publishers"] > 1 else "",
        *(f"also {interest}" if row["n_independent"] else interest for interest in row["interests"]),
        *(f"interest: {claim[:SHORT_ID]}" for claim in row["interest_claim_ids"]),
    ]
    if tail := ", ".join(filter(None, notes)):
        says.append(f"  {tail}", style="not bold")
    write_indented(out, says, 4)
    for quote in row["best_quotes"]:
        write_quote(out, quote, (), 6)
    ids = " ".join(claim[:SHORT_ID] for claim in row["best_ids"])
    title = (
        row["document"] if row["document"].startswith(row["publisher"]) else f"{row['publisher']}, {row['document']}"
    )
    write_indented(out, Text(f"— {title}, {row['known_from']}  {ids}  [{row['rule']}]", style="dim"), 6)


def _count(n: int, thing: str) -> str:
    return f"{n} {thing}" if n == 1 else f"{n} {thing}s"
