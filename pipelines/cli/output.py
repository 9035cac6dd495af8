"""What a person or a program sees. What belongs here: rows as table, JSON, JSON lines or CSV; lines for people on stderr."""

import csv
import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from graph.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

FORMATS = ("table", "json", "jsonl", "csv")


def say(line: str) -> None:
    """Write a line for people to stderr."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def progress(stage: str, done: int, total: int) -> None:
    """Write progress of a long stage to stderr: a moving line on a terminal, every tenth part elsewhere."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{stage}: {done} of {total}" + ("\n" if done == total else ""))
        sys.stderr.flush()
    elif done == total or done % max(1, total // 10) == 0:
        say(f"{stage}: {done} of {total}")


def write_rows(rows: Sequence[dict[str, Any]], form: str) -> None:
    """Write ``rows`` to stdout; raise UsageError for an unknown form."""
    if form not in FORMATS:
        raise UsageError(f"--format {form}: it is one of {', '.join(FORMATS)}")
    if form == "json":
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1, default=str) + "\n")
    elif form == "jsonl":
        sys.stdout.writelines(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in rows)
    elif form == "csv":
        _csv(rows)
    else:
        _table(rows)


def _csv(rows: Sequence[dict[str, Any]]) -> None:
    writer = csv.writer(sys.stdout)
    names = list(rows[0]) if rows else []
    writer.writerow(names)
    writer.writerows([[_flat(row.get(name)) for name in names] for row in rows])


def _flat(value: Any) -> Any:
    return " | ".join(map(str, value)) if isinstance(value, list) else value


def _table(rows: Sequence[dict[str, Any]]) -> None:
    """Write a table that fits the terminal; quotes stand below their row, so that they can be read whole."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(file=sys.stdout, soft_wrap=False, highlight=False)
    if not rows:
        return
    below = [name for name in ("quotes", "quote") if name in rows[0]]
    names = [name for name in rows[0] if name not in (*below, "claim_ids")]
    if below or not _fits(rows, names, console.width):
        _records(console, rows, names, below)
        return
    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    for number, name in enumerate(names):
        # The first column is what a person copies: it is never cut.
        table.add_column(name, no_wrap=number == 0, overflow="fold")
    for row in rows:
        table.add_row(*(escape(_cell(row[name])) for name in names))
    console.print(table)


def _fits(rows: Sequence[dict[str, Any]], names: Sequence[str], width: int) -> bool:
    """Return whether columns side by side stay readable: the widest may fold to a third of the terminal, no other."""
    widths = [max(len(name), *(len(_cell(row[name])) for row in rows)) + 3 for name in names]
    if len(names) > 1:
        widest = max(range(1, len(names)), key=lambda number: widths[number])
        widths[widest] = min(widths[widest], width // 3)
    return sum(widths) <= width


def _records(console: "Console", rows: Sequence[dict[str, Any]], names: Sequence[str], below: Sequence[str]) -> None:
    """Write each row as its first column, the others behind it by name, and its quotes below."""
    from rich.markup import escape

    for row in rows:
        first, *others = names
        rest = "  ".join(f"[dim]{name}[/dim] {escape(_cell(row[name]))}" for name in others if _cell(row[name]))
        console.print(f"[bold]{escape(_cell(row[first]))}[/bold]  {rest}")
        for quote in _quotes(row, below):
            console.print(f"    {escape(quote)}", style="dim")


def _quotes(row: dict[str, Any], names: Sequence[str]) -> list[str]:
    found: list[str] = []
    for name in names:
        value = row.get(name)
        found += value if isinstance(value, list) else [str(value)]
    more = len(found) - 3
    return found[:3] + ([f"… and {more} more (--format json shows all)"] if more > 0 else [])


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
