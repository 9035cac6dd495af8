"""The command mirror: who of the two says a relation. What belongs here: layout only (the test is ``sql/mart/views/mirror_at.sql``)."""

from typing import Annotated, Any

import typer

from graph.errors import NothingFoundError
from pipelines.cli.against import Against, write_differences
from pipelines.cli.following import Watchlist, following
from pipelines.cli.output import say, say_text, write_rows
from pipelines.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the commands of this module to ``app``."""
    app.command()(mirror)


def mirror(
    context: typer.Context,
    company: Annotated[str, typer.Argument(help="Name, ticker or id of either side; all when left out.")] = "",
    predicate: Annotated[str, typer.Option(help="For instance SUPPLIES.")] = "",
    status: Annotated[str, typer.Option(help="both_sides, subject_only, object_only, third_party, contradicted.")] = "",
    silent: Annotated[
        bool, typer.Option("--silent", help="Only what one side says and the other, though read, does not.")
    ] = False,
    as_of: Annotated[str, typer.Option(help="The day that claims are about, YYYY-MM-DD.")] = "",
    known_on: Annotated[str, typer.Option(help="What could be known on that day, YYYY-MM-DD.")] = "",
    against: Against = "",
    watchlist: Watchlist = None,
    form: Annotated[str, typer.Option("--format", help="table, json, jsonl or csv.")] = "table",
) -> None:
    """Print which relations both sides confirm, one side alone, third parties alone, or somebody denies; and who is silent.

    Silent is who filed reports of that time whose items that would tell it were read, and says nothing of it; not covered is who has
    none such. Without COMPANY or --silent the table is the matrix of counts.

    Examples: loadpath mirror NVIDIA --silent
    loadpath mirror --against 2025-06-30
    """
    from pipelines.warehouse import store
    from pipelines.warehouse.differences import moment
    from pipelines.warehouse.mirror import SHAPE, matrix
    from pipelines.warehouse.mirror import mirror as rows_of

    settings: Settings = context.obj
    keep = following(settings, watchlist, form)
    with store.connection(settings.warehouse) as con:
        if against:
            write_differences(
                con,
                lambda at: rows_of(con, company, predicate, status, silent, at),
                SHAPE,
                (as_of, known_on, against),
                form,
                keep,
            )
            return
        rows = keep(rows_of(con, company, predicate, status, silent, moment(as_of, known_on)))
    if form != "table":
        write_rows(rows, form)
    elif rows and (company or predicate or status or silent):
        write_rows([_readable(row) for row in rows], form)
    elif rows:
        write_rows(matrix(rows), form)
    if not rows:
        raise NothingFoundError(
            "no relation between two named companies fits; leave out a filter, or see `loadpath mirror`"
        )
    say(f"{len(rows)} relations")
    say_text("Silence is of what was read: a sentence that the extractor did not understand is silence too.")


def _readable(row: dict[str, Any]) -> dict[str, Any]:
    """Return a relation as a person reads it: what each side says, with how many filings were read where it is silent."""
    return {
        "relation": f"{row['subject']} {row['predicate']} {row['object']}",
        "status": row["status"],
        "subject": f"{row['subject']} {_says(row, 'subject')}",
        "object": f"{row['object']} {_says(row, 'object')}",
        "others": f"{row['n_third']} claims" if row["n_third"] else "",
        "size": row["size"],
        "known": row["first_known"],
        "claim_ids": row["claim_ids"],
        "quotes": [*row["denial_quotes"], *row["quotes"]],
    }


def _says(row: dict[str, Any], side: str) -> str:
    """Return what a side says; of a silence how many filings were read, and how many of them name the other at all."""
    says = str(row[f"{side}_says"])
    if says != "silent":
        return says
    names = f", which name the other in {row[f'{side}_naming']}" if row["status"] != "third_party" else ""
    return f"silent in {row[f'{side}_filings']} filings read{names}"
