"""The command absence: denied, not disclosed or not covered. What belongs here: layout only (the kinds are ``sql/mart/views/absence_at.sql``)."""

from typing import Annotated, Any

import typer

from pipelines.cli.against import Against, write_differences
from pipelines.cli.output import say_text, write_rows
from pipelines.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the commands of this module to ``app``."""
    app.command()(absence)


def absence(
    context: typer.Context,
    company: Annotated[str, typer.Argument(help="Name, ticker or id.")],
    predicate: Annotated[str, typer.Argument(help="For instance SUPPLIES.")],
    side: Annotated[
        str, typer.Option(help="subject or object: the side on which the company stands; both when left out.")
    ] = "",
    as_of: Annotated[str, typer.Option(help="The day that filings report on and claims are about, YYYY-MM-DD.")] = "",
    known_on: Annotated[str, typer.Option(help="What could be known on that day, YYYY-MM-DD.")] = "",
    against: Against = "",
    form: Annotated[str, typer.Option("--format", help="table, json, jsonl or csv.")] = "table",
) -> None:
    """Tell why nothing is said: denied, not disclosed (what would tell it was read) or not covered (it was not read).

    First over all documents, then filing by filing. Which items of which forms would tell a predicate is part of the ontology.

    Examples: loadpath absence NVIDIA OWNS
    loadpath absence IBM SUPPLIES --side subject --as-of 2023-06-30
    """
    from graph.completeness import complete
    from pipelines.warehouse import store
    from pipelines.warehouse.absence import SHAPE
    from pipelines.warehouse.absence import absence as rows_of
    from pipelines.warehouse.differences import moment

    settings: Settings = context.obj
    name = predicate.upper()
    with store.connection(settings.warehouse) as con:
        if against:
            asked = (as_of, known_on, against)
            write_differences(con, lambda at: rows_of(con, company, name, side, at), SHAPE, asked, form)
            return
        rows = rows_of(con, company, name, side, moment(as_of, known_on))
        times = {key: value for key, value in (("as_of", as_of), ("known_on", known_on)) if value}
        rests = complete("sql", lambda text, given: store.rows(con, text, given), (name,), (), times)
    write_rows([_readable(row) for row in rows] if form == "table" else rows, form)
    say_text("Not disclosed is of what the extractor understands: a sentence that it does not is not found.")
    for line in rests.lines():
        say_text(line)


def _readable(row: dict[str, Any]) -> dict[str, Any]:
    """Return a verdict as a person reads it: what it rests on in one piece."""
    read = f"read {', '.join(row['items_read'])}" if row["items_read"] else ""
    unread = f"not read {'; '.join(row['items_unread'])}" if row["items_unread"] else ""
    return {
        "where": f"{row['company']} {row['predicate']} as {row['side']}, {row['where']}: {row['verdict']}",
        "facts": row["n_stated"] or "",
        "denials": row["n_denied"] or "",
        "unsure": row["n_unsure"] or "",
        "why": row.get("why") or "; ".join(filter(None, (read, unread))),
        "claim_ids": row["claim_ids"],
        "quotes": row["quotes"],
    }
