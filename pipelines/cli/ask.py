"""Commands that ask: claims, changes, queries, query. What does not belong here: free queries (``free``)."""

from typing import Annotated, Any

import typer

from graph.errors import NothingFoundError, UsageError
from pipelines.cli.output import say, write_rows
from pipelines.settings import Settings

Format = Annotated[str, typer.Option("--format", help="table, json, jsonl or csv.")]
Day = Annotated[str, typer.Option(help="A date, YYYY-MM-DD.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module to ``app``."""
    for command in (claims, changes, queries, query):
        app.command()(command)


def claims(
    context: typer.Context,
    company: Annotated[str, typer.Option(help="Name, ticker or id of either side.")] = "",
    predicate: Annotated[str, typer.Option(help="For instance SUPPLIES.")] = "",
    document: Annotated[str, typer.Option(help="Part of a document's address, title or hash.")] = "",
    tier: Annotated[str, typer.Option(help="fact or candidate.")] = "",
    as_of: Day = "",
    known_on: Day = "",
    form: Format = "table",
) -> None:
    """Print claims of the store with their quotes.

    --as-of keeps those that are about that day (or do not say), --known-on those that could be known on it.

    Example: loadpath claims --company NVIDIA --predicate DEPENDS_ON --tier fact
    """
    from pipelines.warehouse.claims import find_claims

    rows = find_claims(context.obj, company, predicate, document, tier, as_of, known_on)
    _print(rows, form, "no claim fits; leave a filter out, or see `loadpath claims` without any")


def changes(
    context: typer.Context,
    since: Annotated[str, typer.Option(help="The day after which changes count, YYYY-MM-DD.")],
    until: Annotated[str, typer.Option(help="The last day that counts, YYYY-MM-DD.")],
    company: Annotated[str, typer.Option(help="Name, ticker or id of either side.")] = "",
    side: Annotated[str, typer.Option(help="subject or object: the side that --company is on.")] = "",
    predicate: Annotated[str, typer.Option(help="For instance SUPPLIES.")] = "",
    tier: Annotated[str, typer.Option(help="fact or candidate.")] = "",
    form: Format = "table",
) -> None:
    """Print what became known, was closed, superseded, contradicted or confirmed between two dates, with the quotes.

    Example: loadpath changes --company NVIDIA --side object --predicate SUPPLIES --since 2023-03-31 --until 2025-09-30
    """
    from pipelines.warehouse.changes import find_changes, readable

    rows = find_changes(context.obj, company, side, predicate, tier, since, until)
    _print(
        [readable(row) for row in rows] if form == "table" else rows,
        form,
        f"nothing changed between {since} and {until}, under these filters",
    )


def queries(form: Format = "table") -> None:
    """List the named questions.

    Example: loadpath queries
    """
    from graph.query import queries as all_queries

    found = [
        {
            "name": q.name,
            "question": q.question,
            "parameters": [f"{p.name}={p.default}" for p in q.parameters],
            "example": q.example,
        }
        for q in all_queries().values()
    ]
    write_rows(found, form)


def query(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A name that `loadpath queries` lists.")],
    param: Annotated[list[str] | None, typer.Option(help="name=value; may be repeated.")] = None,
    engine: Annotated[str, typer.Option(help="graph or sql.")] = "graph",
    as_of: Day = "",
    known_on: Day = "",
    form: Format = "table",
) -> None:
    """Answer a named question, each row with its quotes.

    Example: loadpath query list_large_customers --param min_share=20 --engine sql
    """
    from graph.query import find, run

    chosen = find(name)
    given = dict(_pair(text) for text in param or [])
    given |= {key: value for key, value in (("as_of", as_of), ("known_on", known_on)) if value}
    rows = _through(context.obj, engine, lambda read: run(chosen, engine, read, given))
    _print(rows, form, f"{name}: no answer in what was read")


def _through(settings: Settings, engine: str, ask: Any) -> list[dict[str, Any]]:
    """Open the graph or the warehouse, ask, and close it."""
    if engine == "sql":
        from pipelines.warehouse import store

        with store.connection(settings.warehouse) as con:
            return ask(lambda text, params: store.rows(con, text, params))  # type: ignore[no-any-return]
    from pipelines.warehouse.graph_load import open_graph

    graph = open_graph(settings)
    try:
        return ask(graph.read)  # type: ignore[no-any-return]
    finally:
        graph.close()


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
        say(f"{len(rows)} rows")
