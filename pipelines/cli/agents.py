"""The command mcp: tools for agents. What belongs here: starting the server, and one line where its library is missing."""

from importlib.util import find_spec

import typer

from graph.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the commands of this module to ``app``."""
    app.command()(mcp)


def mcp(context: typer.Context) -> None:
    """Serve read-only tools for agents over the Model Context Protocol, on standard input and output.

    Needs the extra mcp: pip install "loadpath[mcp]". A client starts it itself; docs/how-to/mcp.md shows how.

    Example: loadpath --home var mcp
    """
    if find_spec("mcp") is None:
        raise UsageError('mcp: its library is not installed; install it: pip install "loadpath[mcp]"')
    from pipelines.agents.serving import serve
    from pipelines.warehouse import store

    # A home without a warehouse is told at once, not at the first question.
    with store.connection(context.obj.warehouse):
        pass
    serve(context.obj)
