"""The command explore: the market on one page, from a local server or as a file. What belongs here: options and what is said."""

import os
from pathlib import Path
from typing import Annotated

import typer

from graph.errors import UsageError
from pipelines.cli.output import say
from pipelines.settings import Settings

PORT = 8765


def register(app: typer.Typer) -> None:
    """Add the command of this module to ``app``."""
    app.command()(explore)


def explore(
    context: typer.Context,
    port: Annotated[int, typer.Option(help="Port of 127.0.0.1; 0 takes a free one.")] = PORT,
    static: Annotated[
        Path | None, typer.Option(help="Write the page with all that it shows to this file instead.")
    ] = None,
) -> None:
    """Show the market as a picture in the browser: who rests on whom, the sentences that say so, paths and bottlenecks.

    Examples: loadpath explore
    loadpath explore --static market.html
    """
    settings: Settings = context.obj
    if static is not None:
        _write(settings, static)
        return
    from graph.explorer.server import ADDRESS, Answers, Server
    from pipelines.warehouse import explorer, explorer_words

    explorer.check(settings)
    answers = Answers(
        lambda: explorer.as_json(explorer.market(settings)),
        lambda claim, width: explorer.as_json(explorer_words.around(settings, claim, width)),
    )
    with Server(port, answers) as server:
        try:
            typer.echo(f"http://{ADDRESS}:{server.port}/")
            say("the market, for this machine only; Ctrl-C ends it")
            server.serve_forever()
        except KeyboardInterrupt:
            say("stopped")


def _write(settings: Settings, path: Path) -> None:
    """Write the page to ``path``; what lies there stays untouched until the new page is whole."""
    from pipelines.warehouse import explorer

    text, width = explorer.static_page(settings)
    partial = path.with_name(path.name + f".{os.getpid()}.partial")
    try:
        partial.write_text(text, encoding="utf-8", newline="\n")
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise UsageError(
            f"{path}: cannot be written ({error.strerror}); name a file in a folder that is yours"
        ) from None
    size = len(text.encode())
    say(f"{path}: {size / 1e6:.1f} MB, with {width} characters of text on each side of a quote")
    if size > explorer.LARGEST:
        say(f"larger than {explorer.LARGEST / 1e6:.0f} MB: browsers take it, mail may not")
