"""Commands that bring documents in and build: demo, add, extract, export."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from graph.errors import EXIT_REFUSED, InputRefusedError, UsageError
from pipelines.cli.output import say, write_rows
from pipelines.cli.publishing import Accept, checked
from pipelines.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the commands of this module to ``app``."""
    for command in (demo, add, extract, export):
        app.command()(command)


def demo(context: typer.Context, accept: Accept = None) -> None:
    """Build the sample market offline, print what it found and where to look.

    Example: loadpath demo
    """
    from pipelines.cli.demo import print_findings
    from pipelines.defs.run import run_job
    from pipelines.fetch.lock import writing

    settings: Settings = context.obj
    accepted = checked(accept)
    say(f"building the sample market in {settings.home} (about a minute)")
    with writing(settings.home, say):
        outcome = run_job(settings, ["fieldnotes"], accepted)
    warn(outcome)
    print_findings(settings)


def add(
    context: typer.Context,
    targets: Annotated[list[str], typer.Argument(help="Files, folders or addresses; files may be .gz.")],
    publisher: Annotated[str, typer.Option(help="Who published them.")] = "",
    published: Annotated[str, typer.Option(help="When, as YYYY-MM-DD.")] = "",
    accept: Accept = None,
) -> None:
    """Add documents by hand, and publish what changed.

    Examples: loadpath add report.html --publisher "Example Research" --published 2025-06-30
    loadpath add notes/ filings/nvda-20250126.htm.gz
    """
    from pipelines.fetch.collect import collect_targets
    from pipelines.fetch.lock import writing
    from pipelines.warehouse import stages

    settings: Settings = context.obj
    _check_date(published)
    accepted = checked(accept)
    with writing(settings.home, say):
        collected = collect_targets(targets, settings, publisher, published)
        if collected.sha256s and (collected.wrote or not is_published(settings)):
            from pipelines.defs.run import run_job

            warn(run_job(settings, [], accepted))
    refused = [*collected.refused]
    if collected.sha256s:
        refused += stages.refusals_of(settings, collected.sha256s)
    changed = collected.new + collected.changed
    say(f"{len(collected.sha256s)} documents: {changed} new or changed, {collected.unchanged} as before")
    _end_with(refused)


def extract(
    context: typer.Context,
    paths: Annotated[list[str], typer.Argument(help="Files or folders; files may be .gz.")],
    root: Annotated[Path | None, typer.Option(help="`doc` is the path relative to this folder.")] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Worker processes.")] = 1,
    out: Annotated[Path | None, typer.Option(help="Write here instead of stdout.")] = None,
    timings: Annotated[bool, typer.Option(help="Print seconds of CPU a document on stderr.")] = False,
) -> None:
    """Print the claims of files as JSON lines; no state is touched.

    Example: loadpath extract --root filings filings/nvda-20250126.htm.gz --out claims.jsonl
    """
    from pipelines.cli.extracting import claims_of_files

    settings: Settings = context.obj
    refused: list[InputRefusedError] = []
    lines = claims_of_files(paths, root or Path.cwd(), jobs, settings.spacy_model, refused, timings)
    if out is None:
        for line in lines:
            sys.stdout.write(line)
    else:
        partial = out.with_name(out.name + ".partial")
        with partial.open("w", encoding="utf-8") as file:
            file.writelines(lines)
        partial.replace(out)
    _end_with(refused)


def export(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Argument(help="Where to; made, or replaced where an export made it.")] = None,
    formats: Annotated[
        str, typer.Option(help="Names of formats, separated by commas; default: all that can be written here.")
    ] = "",
    listed: Annotated[bool, typer.Option("--list", help="List the formats instead.")] = False,
    form: Annotated[str, typer.Option("--format", help="Of the list: table, json, jsonl or csv.")] = "table",
) -> None:
    """Write files for spreadsheets, BI and graph tools, and programs.

    Examples: loadpath export ./desk
    loadpath export ./bi --formats parquet,csv
    loadpath export --list
    """
    from pipelines.export import formats as known
    from pipelines.export.files import export as write_export

    if listed:
        write_rows(known.listed(), form)
        return
    if folder is None:
        raise UsageError("export: name the folder to write into, say loadpath export ./desk")
    wanted = [name.strip() for name in formats.split(",")] if formats else None
    written = write_export(context.obj, folder, wanted)
    for reason in written.left_out.values():
        say(f"left out: {reason}")
    say(f"{folder}: {', '.join(written.formats)}; {len(written.rows)} tables, {sum(written.rows.values())} rows")


def is_published(settings: Settings) -> bool:
    """Return whether what is published, and its exports, are made from all that is archived and read."""
    from pipelines.export.files import is_exported
    from pipelines.warehouse import stages

    published = stages.published_fingerprint(settings)
    return bool(published) and published == stages.fingerprint(settings) and is_exported(settings, published)


def _check_date(text: str) -> None:
    from datetime import date

    try:
        if text:
            date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--published {text}: write the date as YYYY-MM-DD") from None


def warn(outcome: dict[str, dict[str, Any]]) -> None:
    """Say what the gates warned of; that the graph could not be loaded, too, and end with its exit code."""
    for line in outcome["marts"]["warnings"]:
        say(line)
    if reason := outcome.get("graph", {}).get("unreachable"):
        say(f"graph not loaded: {reason}; all else is published, `loadpath neo4j load` mends it")
        raise typer.Exit(EXIT_REFUSED)


def _end_with(refused: list[InputRefusedError]) -> None:
    for error in refused:
        say(f"refused: {error}")
    if refused:
        raise typer.Exit(EXIT_REFUSED)
