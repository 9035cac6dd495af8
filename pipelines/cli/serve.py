"""Commands about the installation: neo4j, doctor."""

from typing import Annotated

import typer

from graph.errors import EXIT_GATE, UsageError
from pipelines.cli.output import say
from pipelines.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the commands of this module to ``app``."""
    app.command()(neo4j)
    app.command()(doctor)


def neo4j(
    context: typer.Context,
    action: Annotated[str, typer.Argument(help="start, stop or load.")],
    port: Annotated[int, typer.Option(help="Bolt port of a local server; 0 takes a free one.")] = 7687,
) -> None:
    """Start or stop a local real Neo4j, or load the graph that NEO4J_URI names.

    Examples: loadpath neo4j start
    NEO4J_URI=bolt://127.0.0.1:7687 NEO4J_PASSWORD=... loadpath neo4j load
    """
    settings: Settings = context.obj
    if action == "load":
        from pipelines.warehouse.graph_load import load_graph

        report = load_graph(settings)
        say(", ".join(f"{count} {what}" for what, count in report.items()))
        return
    from graph import server

    if action == "start":
        running = server.start(settings.home, port, settings.neo4j_password, say)
        typer.echo(
            f"export NEO4J_URI={running.uri} NEO4J_USERNAME={running.username} NEO4J_PASSWORD={running.password}"
        )
        say("Neo4j runs; set the line above, then: loadpath neo4j load")
    elif action == "stop":
        server.stop(settings.home)
        say("Neo4j stopped")
    else:
        raise UsageError(f"neo4j {action}: it is start, stop or load")


def doctor(context: typer.Context) -> None:
    """Say what is wrong with this installation and how to mend it; exit 5 when something is.

    Example: loadpath doctor
    """
    from pipelines.cli.doctoring import examine

    found = examine(context.obj)
    for check in found:
        mark = "ok  " if check.ok else "MEND"
        typer.echo(f"{mark}  {check.what}: {check.state}" + ("" if check.ok else f" → {check.mend}"))
    if not all(check.ok for check in found):
        raise typer.Exit(EXIT_GATE)
