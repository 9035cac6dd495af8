"""Free queries: cypher, sql. What belongs here: their options and limits. What does not: named questions (``ask``)."""

from dataclasses import replace
from typing import Annotated

import typer

from graph.errors import NothingFoundError
from graph.stores.limits import Answer, Limits
from pipelines.cli.ask import Format
from pipelines.cli.output import say, say_text, write_rows
from pipelines.settings import Settings

Seconds = Annotated[
    float | None, typer.Option(min=0.1, help="Stop after so many seconds; default: LOADPATH_QUERY_SECONDS.")
]
Most = Annotated[int | None, typer.Option(min=1, help="Return at most so many rows; default: LOADPATH_QUERY_ROWS.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module to ``app``."""
    for command in (cypher, sql):
        app.command()(command)


def cypher(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="A query that only reads.")],
    seconds: Seconds = None,
    rows: Most = None,
    form: Format = "table",
) -> None:
    """Run free Cypher, read-only: the database refuses everything else, and stops what takes too long.

    Example: loadpath cypher "MATCH (a)-[r:SUPPLIES]->(b) RETURN a.name, b.name, r.best_quote LIMIT 5"
    """
    from pipelines.warehouse import graph_state
    from pipelines.warehouse.graph_load import open_graph

    settings: Settings = context.obj
    if line := graph_state.behind(settings):
        say_text(f"note: {line}")
    graph = open_graph(replace(settings, limits=_limits(settings, seconds, rows)))
    try:
        answer = graph.ask(text)
    finally:
        graph.close()
    _print(answer, form)


def sql(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="A query that only reads.")],
    seconds: Seconds = None,
    rows: Most = None,
    form: Format = "table",
) -> None:
    """Run free SQL on the warehouse, read-only: the database refuses everything else, and stops what takes too long.

    Example: loadpath sql "SELECT predicate, count(*) FROM mart.fct_claim GROUP BY ALL ORDER BY 2 DESC"
    """
    from pipelines.warehouse.free_sql import FreeSql

    settings: Settings = context.obj
    with FreeSql(settings.warehouse, _limits(settings, seconds, rows)) as warehouse:
        answer = warehouse.ask(text)
    _print(answer, form)


def _limits(settings: Settings, seconds: float | None, rows: int | None) -> Limits:
    return Limits(seconds or settings.limits.seconds, rows or settings.limits.rows)


def _print(answer: Answer, form: str) -> None:
    if answer.rows or form != "table":
        write_rows(answer.rows, form)
    if not answer.rows:
        raise NothingFoundError("no rows")
    if answer.cut:
        say(f"the first {len(answer.rows)} rows, there are more; allow them by --rows")
    elif form == "table":
        say(f"{len(answer.rows)} row" + ("" if len(answer.rows) == 1 else "s"))
