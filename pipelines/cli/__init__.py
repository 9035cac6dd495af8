"""The command line: one module a command group; parses arguments, prints, and sets exit codes. No pipeline logic."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from graph.errors import EXIT_REFUSED, EXIT_UNEXPECTED, EXIT_USAGE, InputRefusedError, LoadpathError
from pipelines.cli import (
    absence,
    agents,
    ask,
    asking,
    build,
    chokepoints,
    court,
    coverage,
    digesting,
    explore,
    free,
    ledgers,
    loops,
    migration,
    mirror,
    pages,
    publishing,
    questions,
    refreshing,
    reviewing,
    seismograph,
    serve,
    shock,
    tags,
    unit_costs,
)
from pipelines.cli.output import say
from pipelines.settings import Settings, load_settings

_INTERRUPTED = 130

app = typer.Typer(
    help="Loadpath finds what the AI buildout rests on, and shows the sentence that says so.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    epilog="Exit codes: 0 done, 1 unexpected failure, 2 wrong usage, 3 nothing found, 4 some input was refused, "
    "5 a gate or a verification failed.",
)


@app.callback()
def home_option(
    context: typer.Context,
    home: Annotated[Path | None, typer.Option(help="Where state lives (default: LOADPATH_HOME, else var).")] = None,
) -> None:
    """Loadpath finds what the AI buildout rests on, and shows the sentence that says so."""
    settings: Settings = load_settings(home)
    context.obj = settings


for group in (
    build,
    refreshing,
    publishing,
    ask,
    free,
    questions,
    asking,
    pages,
    digesting,
    ledgers,
    seismograph,
    chokepoints,
    shock,
    loops,
    mirror,
    absence,
    coverage,
    tags,
    unit_costs,
    court,
    migration,
    explore,
    reviewing,
    serve,
    agents,
):
    group.register(app)


def main() -> None:
    """Run the command line; a foreseeable failure is one line on stderr and its exit code."""
    try:
        # Without typer's own error pages, an Exit of a command comes back as its code, and Ctrl-C as a code of its own.
        code = app(standalone_mode=False) or 0
        if code == _INTERRUPTED:
            raise KeyboardInterrupt
        sys.exit(code)
    except LoadpathError as error:
        say(f"loadpath: {error}")
        sys.exit(EXIT_REFUSED if isinstance(error, InputRefusedError) else error.exit_code)
    except (typer.Abort, KeyboardInterrupt):
        say("loadpath: stopped; what was done is kept, the same command goes on from there")
        sys.exit(EXIT_UNEXPECTED)
    except Exception as error:
        _unforeseen(error)


def _unforeseen(error: Exception) -> None:
    import click

    if isinstance(error, click.ClickException):
        error.show()
        sys.exit(EXIT_USAGE)
    if isinstance(error, BrokenPipeError):
        sys.stderr.close()
        sys.exit(0)
    raise error
