"""The command ask: a question in English. What belongs here: saying how it was understood, and running the command that answers it.

What does not: understanding it (``graph.asking``), answering it (``ask``, ``pages`` and the other commands).
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph.errors import UsageError
from pipelines.cli.following import Watchlist
from pipelines.cli.output import say, say_text

if TYPE_CHECKING:
    import click

    from graph.asking import Understood


def register(app: typer.Typer) -> None:
    """Add the commands of this module to ``app``."""
    app.command()(ask)


def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="One question, in English.")],
    engine: Annotated[str, typer.Option(help="graph or sql; both give the same rows.")] = "graph",
    watchlist: Watchlist = None,
    form: Annotated[str, typer.Option("--format", help="table, json, jsonl or csv.")] = "table",
    dry: Annotated[bool, typer.Option("--dry", help="Only say how it is understood.")] = False,
) -> None:
    """Answer a question in plain English, each row with its quotes; how it was understood stands on stderr.

    What is not understood whole is refused with the nearest questions that can be asked.

    Examples: loadpath ask "Who depends on TSMC for packaging within 3 hops?"
    loadpath ask "Which customers of CoreWeave are above 10% since 2024?" --engine sql
    """
    from graph.asking import understand

    found = understand(question)
    for line in _understood(found):
        say_text(line)
    say(f"  {found.line}{' --engine sql' if engine == 'sql' and not found.is_command else ''}")
    if not dry:
        _run(context, found, engine, watchlist, form)


def _understood(found: "Understood") -> list[str]:
    """Return how a question was understood: the question of the list, each parameter, and what else it could mean."""
    from graph.query import find

    parts = [f"{name} {value}".rstrip() for name, value in found.given]
    title = found.name if found.is_command else f"{find(found.name).title} ({found.name})"
    lines = [f"understood as: {title}" + (f"; {', '.join(parts)}" if parts else "")]
    if found.others:
        lines.append(f"it could also mean: {'; '.join(found.others)}")
    return lines


def _run(context: typer.Context, found: "Understood", engine: str, watchlist: Path | None, form: str) -> None:
    """Run the command that the question was understood as, in this process."""
    root: click.Context = context.find_root()
    name, *arguments = found.arguments
    command = root.command.commands[name]  # type: ignore[attr-defined]
    if any(parameter.name == "engine" for parameter in command.params):
        arguments += ["--engine", engine]
    if watchlist:
        if all(parameter.name != "watchlist" for parameter in command.params):
            raise UsageError(f"ask: `loadpath {name}` takes no --watchlist; leave it out")
        arguments += ["--watchlist", str(watchlist)]
    with command.make_context(name, [*arguments, "--format", form], parent=root) as inner:
        command.invoke(inner)
