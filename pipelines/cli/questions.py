"""The command queries: the list of named questions, and one question with its parameters and columns. What belongs here: layout only.

What does not: answering them (``ask``).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.cli.output import console, say, write_indented, write_rows
from pipelines.settings import Settings

if TYPE_CHECKING:
    from rich.console import Console

    from graph.query import Query


def register(app: typer.Typer) -> None:
    """Add the commands of this module to ``app``."""
    app.command()(queries)


def queries(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Show this question with its parameters and columns.")] = "",
    form: Annotated[str, typer.Option("--format", help="table, json, jsonl or csv.")] = "table",
) -> None:
    """List the named questions by number, or show one with its parameters, columns and an example.

    Examples: loadpath queries
    loadpath queries list_suppliers
    """
    from graph.query import find
    from graph.query import queries as all_queries

    settings: Settings = context.obj
    own = settings.home / "queries"
    chosen = [find(name, own)] if name else sorted(all_queries(own).values(), key=lambda q: (q.number or 999, q.name))
    if form != "table":
        write_rows([_row(query) for query in chosen], form)
    elif name:
        _show(console(), chosen[0])
    else:
        _list(console(), chosen)
        say("`loadpath queries NAME` shows parameters and columns, `loadpath query NAME` answers")


def _row(query: "Query") -> dict[str, Any]:
    return {
        "number": query.number or None,
        "name": query.name,
        "title": query.title,
        "question": query.question,
        "predicates": list(query.predicates),
        "parameters": [f"{p.name} {p.type} {p.default} {p.meaning}" for p in query.parameters],
        "columns": [f"{column} {meaning}" for column, meaning in query.columns],
        "example": query.example,
    }


def _list(out: "Console", chosen: "list[Query]") -> None:
    """Write one line a question: number, name, title, cut to the terminal."""
    from rich.text import Text

    width = max(len(query.name) for query in chosen)
    for query in chosen:
        line = Text(f"{query.number or '':>3}  ")
        line.append(query.name.ljust(width), style="bold")
        line.append(f"  {query.title}")
        line.truncate(out.width, overflow="ellipsis")
        out.print(line)


def _show(out: "Console", query: "Query") -> None:
    from rich.text import Text

    out.print(Text(f"{query.name}: {query.title}", style="bold"))
    write_indented(out, Text(query.question), 2)
    if query.predicates:
        write_indented(out, Text(f"rests on {', '.join(query.predicates)}", style="dim"), 2)
    _entries(out, "parameters", [(p.name, f"{p.type}, default {p.default}: {p.meaning}") for p in query.parameters])
    _entries(out, "columns", query.columns)
    out.print("example", style="bold")
    out.print(Text(f"  {query.example}"))


def _entries(out: "Console", heading: str, entries: Sequence[tuple[str, str]]) -> None:
    """Write names with what they mean, each wrapped behind the column of names."""
    from rich.text import Text

    out.print(heading, style="bold")
    width = max((len(name) for name, _ in entries), default=0) + 2
    for name, says in entries:
        for number, line in enumerate(Text(says).wrap(out, max(20, out.width - width - 2))):
            line.rstrip()
            out.print(Text.assemble("  ", ((name if number == 0 else "").ljust(width), "bold"), line))
