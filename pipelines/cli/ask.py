"""Commands that ask for rows: claims, changes, query. What does not: free queries (``free``), pages (``pages``), the list of questions."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from graph.errors import NothingFoundError, UsageError
from pipelines.cli.following import Watchlist, following
from pipelines.cli.output import say, say_text, write_rows
from pipelines.settings import Settings

if TYPE_CHECKING:
    from graph.companies import Reader
    from graph.completeness import Completeness
    from graph.query import Query

T = TypeVar("T")

Format = Annotated[str, typer.Option("--format", help="table, json, jsonl or csv.")]
Day = Annotated[str, typer.Option(help="A date, YYYY-MM-DD.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module to ``app``."""
    for command in (claims, changes, query):
        app.command()(command)


def claims(
    context: typer.Context,
    company: Annotated[str, typer.Option(help="Name, ticker or id of either side.")] = "",
    predicate: Annotated[str, typer.Option(help="For instance SUPPLIES.")] = "",
    document: Annotated[str, typer.Option(help="Part of a document's address, title or hash.")] = "",
    tier: Annotated[str, typer.Option(help="fact or candidate.")] = "",
    as_of: Day = "",
    known_on: Day = "",
    watchlist: Watchlist = None,
    form: Format = "table",
) -> None:
    """Print claims of the store with their quotes.

    --as-of keeps those that are about that day (or do not say), --known-on those that could be known on it.

    Example: loadpath claims --company NVIDIA --predicate DEPENDS_ON --tier fact
    """
    from pipelines.warehouse.claims import find_claims, readable

    rows = following(context.obj, watchlist, form)(
        find_claims(context.obj, company, predicate, document, tier, as_of, known_on)
    )
    shown = [readable(row) for row in rows] if form == "table" else rows
    _print(shown, form, "no claim fits; leave a filter out, or see `loadpath claims` without any")


def changes(
    context: typer.Context,
    since: Annotated[str, typer.Option(help="The day after which changes count, YYYY-MM-DD.")],
    until: Annotated[str, typer.Option(help="The last day that counts, YYYY-MM-DD.")],
    company: Annotated[str, typer.Option(help="Name, ticker or id of either side.")] = "",
    side: Annotated[str, typer.Option(help="subject or object: the side that --company is on.")] = "",
    predicate: Annotated[str, typer.Option(help="For instance SUPPLIES.")] = "",
    tier: Annotated[str, typer.Option(help="fact or candidate.")] = "",
    watchlist: Watchlist = None,
    form: Format = "table",
) -> None:
    """Print what became known, was closed, superseded, contradicted or confirmed between two dates, with the quotes.

    Example: loadpath changes --company NVIDIA --side object --predicate SUPPLIES --since 2023-03-31 --until 2025-09-30
    """
    from pipelines.warehouse.changes import find_changes, readable

    rows = following(context.obj, watchlist, form)(
        find_changes(context.obj, company, side, predicate, tier, since, until)
    )
    _print(
        [readable(row) for row in rows] if form == "table" else rows,
        form,
        f"nothing changed between {since} and {until}, under these filters",
    )


def query(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A name that `loadpath queries` lists.")],
    param: Annotated[list[str] | None, typer.Option(help="name=value; may be repeated.")] = None,
    engine: Annotated[str, typer.Option(help="graph or sql; both give the same rows.")] = "graph",
    as_of: Annotated[str, typer.Option(help="The day that claims are about: YYYY-MM-DD, or any.")] = "",
    known_on: Annotated[str, typer.Option(help="What could be known on that day: YYYY-MM-DD, or latest.")] = "",
    coverage: Annotated[
        Path | None, typer.Option(help="Write how complete the answer is to this file, as JSON.")
    ] = None,
    watchlist: Watchlist = None,
    form: Format = "table",
) -> None:
    """Answer a named question, each row with its quotes; how complete the answer is stands on stderr.

    Example: loadpath query list_large_customers --param min_share=20 --engine sql
    """
    from graph.completeness import COVERAGE, completeness
    from graph.query import check, find, run

    settings: Settings = context.obj
    chosen = find(name, settings.home / "queries")
    given = dict(_pair(text) for text in param or [])
    keep = following(settings, watchlist, form)
    given |= {key: value for key, value in (("as_of", as_of), ("known_on", known_on)) if value}
    check(chosen, engine, given)

    def ask(read: "Reader") -> "tuple[list[dict[str, Any]], Completeness | None]":
        rows = run(chosen, engine, read, given)
        if engine == "graph" and not rows:
            _refuse_empty(read)
        return rows, None if name == COVERAGE and not coverage else completeness(chosen, engine, read, given)

    rows, complete = _through(settings, engine, ask)
    try:
        _print(keep(rows), form, _nothing(chosen, given))
    finally:
        for line in complete.lines() if complete else ():
            say_text(line)
    if coverage and complete:
        coverage.write_text(json.dumps(complete.record(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _through(settings: Settings, engine: str, ask: "Callable[[Reader], T]") -> T:
    """Open the graph or the warehouse, ask, and close it; say so where the graph is older than what is published."""
    if engine == "sql":
        from pipelines.warehouse import store

        with store.connection(settings.warehouse) as con:
            return ask(lambda text, params: store.rows(con, text, params))
    from pipelines.warehouse import graph_state
    from pipelines.warehouse.graph_load import open_graph

    graph = open_graph(settings)
    try:
        if line := graph_state.behind(settings):
            say_text(f"note: {line}")
        return ask(graph.read)
    finally:
        graph.close()


def _refuse_empty(read: "Reader") -> None:
    """Raise NothingFoundError where a Neo4j holds nothing of Loadpath's."""
    (row,) = read("MATCH (d:Document) RETURN count(d) AS documents", {})
    if not row["documents"]:
        raise NothingFoundError("the graph is empty; fill it by `loadpath neo4j load`, or ask with --engine sql")


def _nothing(chosen: "Query", given: dict[str, str]) -> str:
    """Return the line that says that a question has no answer, naming what was asked for."""
    asked = ", ".join(f"{name}={value}" for name, value in given.items())
    return f"{chosen.name}: no answer in what was read" + (f" for {asked}" if asked else "")


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise UsageError(f"--param {text}: write name=value")
    return name, value


def _print(rows: list[dict[str, Any]], form: str, nothing: str) -> None:
    if not rows:
        if form != "table":
            write_rows(rows, form)
        raise NothingFoundError(nothing)
    write_rows(rows, form)
    if form == "table":
        say(f"{len(rows)} row" + ("" if len(rows) == 1 else "s"))
