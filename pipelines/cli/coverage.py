"""The command coverage: what was read, and how much is missing. What belongs here: layout only (rows: ``pipelines.warehouse.coverage``)."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph.errors import NothingFoundError
from pipelines.cli.against import Against, write_differences
from pipelines.cli.output import say_text, write_rows
from pipelines.settings import Settings

if TYPE_CHECKING:
    import duckdb

    from pipelines.warehouse.differences import Moment


def register(app: typer.Typer) -> None:
    """Add the commands of this module to ``app``."""
    app.command()(coverage)


def coverage(
    context: typer.Context,
    company: Annotated[str, typer.Argument(help="Name, ticker or id of a filer; all when left out.")] = "",
    recall: Annotated[
        bool, typer.Option("--recall", help="Instead: how many relations there are by capture and recapture.")
    ] = False,
    as_of: Annotated[str, typer.Option(help="The day whose year is shown, YYYY-MM-DD.")] = "",
    known_on: Annotated[str, typer.Option(help="What could be known on that day, YYYY-MM-DD.")] = "",
    against: Against = "",
    form: Annotated[str, typer.Option("--format", help="table, json, jsonl or csv.")] = "table",
) -> None:
    """Print what was read: company by form and year, or the items of one company's filings by year.

    A cell is how many items were read; behind a stroke, how many should be there and were not. Filings that are due and missing, and how
    many relations there are by estimate, are told below; --recall shows the estimates, what they rest on and which are refused.

    Examples: loadpath coverage NVIDIA
    loadpath coverage --recall
    """
    from graph.companies import company_id
    from graph.completeness import complete
    from pipelines.warehouse import store
    from pipelines.warehouse.coverage import MAP, RECALL
    from pipelines.warehouse.coverage import coverage as map_of
    from pipelines.warehouse.differences import moment

    settings: Settings = context.obj
    with store.connection(settings.warehouse) as con:

        def rows_at(at: "Moment") -> list[dict[str, Any]]:
            return _estimates(con, at) if recall else map_of(con, company, at)

        if against:
            write_differences(con, rows_at, RECALL if recall else MAP, (as_of, known_on, against), form)
            return
        rows = rows_at(moment(as_of, known_on))

        def read(text: str, given: dict[str, Any]) -> list[dict[str, Any]]:
            return store.rows(con, text, given)

        times = {key: value for key, value in (("as_of", as_of), ("known_on", known_on)) if value}
        rests = complete("sql", read, (), [company_id(company, "sql", read)] if company else [], times)
    _write(rows, recall, bool(company), form)
    for line in rests.lines():
        say_text(line)
    if not rows:
        raise NothingFoundError("no document of its own was read; what is said of it, others say")


def _estimates(con: "duckdb.DuckDBPyConnection", at: "Moment") -> list[dict[str, Any]]:
    from pipelines.warehouse.analyses import answer

    return answer(con, "mart.fct_recall", at.as_of, at.known_on)


def _write(rows: list[dict[str, Any]], recall: bool, by_item: bool, form: str) -> None:
    from pipelines.warehouse.coverage import grid

    if form != "table":
        write_rows(rows, form)
    elif recall:
        write_rows([_readable(row) for row in rows], form)
    elif rows:
        write_rows(grid(rows, by_item), form)


def _readable(row: dict[str, Any]) -> dict[str, Any]:
    """Return an estimate as a person reads it, or why there is none."""
    seen = f"{row['n_first']} by {row['first']}, {row['n_second']} by {row['second']}, {row['n_both']} by both"
    about = "" if row["refused"] else f"about {row['estimate']}, {row['low']} to {row['high']} at 95 %"
    return {
        "relation": row["predicate"],
        "seen": f"{row['n_seen']}: {seen}",
        "there are": about,
        "refused": row["refused"],
    }
