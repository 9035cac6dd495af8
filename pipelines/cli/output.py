"""What a person or a program sees. What belongs here: rows as table, JSON, JSON lines or CSV; lines for people on stderr.

What does not: a page or a question that is no list of rows (``page``, ``questions``).
"""

import csv
import json
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from graph.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

QUOTES_SHOWN = 3
# Words of a row that are worth marking in its quotes: shorter ones are found in half of all words.
_MARKED_FROM = 3
FORMATS = ("table", "json", "jsonl", "csv")


def say(line: str) -> None:
    """Write a line for people to stderr."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def say_text(text: str) -> None:
    """Write a sentence for people to stderr, wrapped to the terminal; one line where there is none."""
    say(textwrap.fill(text, shutil.get_terminal_size().columns) if sys.stderr.isatty() else text)


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


def console() -> "Console":
    """Return what writes for people to stdout: wrapped to the terminal, with colours and links only where there is one."""
    from rich.console import Console

    return Console(file=sys.stdout, soft_wrap=False, highlight=False)


def write_quote(out: "Console", quote: str, marked: Iterable[str], indent: int = 4) -> None:
    """Write a quote below what it belongs to, wrapped with its indent, the ``marked`` words bold."""
    from rich.text import Text

    text = Text(f"“{quote}”", style="dim")
    words = [word for word in marked if len(word) >= _MARKED_FROM]
    text.highlight_words(words, style="bold not dim", case_sensitive=False)
    write_indented(out, text, indent)


def write_indented(out: "Console", text: "Text", indent: int) -> None:
    """Write ``text`` wrapped to the terminal, each line behind ``indent`` spaces and without spaces at its end."""
    from rich.text import Text

    for line in text.wrap(out, max(20, out.width - indent)):
        whole = Text(" " * indent) + line
        whole.rstrip()
        out.print(whole)


def _table(rows: Sequence[dict[str, Any]]) -> None:
    """Write a table that fits the terminal; quotes stand below their row, so that they can be read whole."""
    if not rows:
        return
    out = console()
    below = [name for name in ("quotes", "quote") if name in rows[0]]
    names = [name for name in rows[0] if name not in (*below, "claim_ids")]
    if not _fits(rows, names, out.width, fold=not below):
        _records(out, rows, names, below)
    elif below:
        _lines_with_quotes(out, rows, names, below)
    else:
        _grid(out, rows, names)


def _grid(out: "Console", rows: Sequence[dict[str, Any]], names: Sequence[str]) -> None:
    from rich.markup import escape
    from rich.table import Table

    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    for number, name in enumerate(names):
        # The first column is what a person copies: it is never cut.
        table.add_column(name, no_wrap=number == 0, overflow="fold")
    for row in rows:
        table.add_row(*(escape(_cell(row[name])) for name in names))
    out.print(table)


def _fits(rows: Sequence[dict[str, Any]], names: Sequence[str], width: int, fold: bool) -> bool:
    """Return whether columns side by side stay readable: where one may ``fold``, the widest does, to a third of the terminal."""
    widths = [column + 3 for column in _widths(rows, names)]
    if fold and len(names) > 1:
        widest = max(range(1, len(names)), key=lambda number: widths[number])
        widths[widest] = min(widths[widest], width // 3)
    return sum(widths) <= width


def _widths(rows: Sequence[dict[str, Any]], names: Sequence[str]) -> list[int]:
    return [max(len(name), *(len(_cell(row[name])) for row in rows)) for name in names]


def _lines_with_quotes(
    out: "Console", rows: Sequence[dict[str, Any]], names: Sequence[str], below: Sequence[str]
) -> None:
    """Write the columns side by side under one header, each row with its quotes below."""
    from rich.text import Text

    widths = _widths(rows, names)
    heads = [name.replace("_", " ").ljust(width) for name, width in zip(names, widths, strict=True)]
    out.print(Text("  ".join(heads).rstrip(), style="bold underline"))
    for row in rows:
        cells = [_cell(row[name]).ljust(width) for name, width in zip(names, widths, strict=True)]
        line = Text("  ".join(cells).rstrip())
        line.stylize("bold", 0, widths[0])
        out.print(line)
        _quotes_below(out, row, names, below)


def _records(out: "Console", rows: Sequence[dict[str, Any]], names: Sequence[str], below: Sequence[str]) -> None:
    """Write each row as its first column, the others behind it by name, and its quotes below."""
    from rich.text import Text

    for row in rows:
        first, *others = names
        parts = [(name.replace("_", " "), _cell(row[name])) for name in others if _cell(row[name])]
        for number, line in enumerate(_packed(_cell(row[first]), parts, out.width)):
            text = Text("  " if number else "")
            for name, value in line:
                text.append(name, style="dim" if value else "bold")
                text.append(f" {value}  " if value else "  ")
            text.rstrip()
            out.print(text)
        _quotes_below(out, row, names, below)


def _packed(first: str, parts: Sequence[tuple[str, str]], width: int) -> Iterator[list[tuple[str, str]]]:
    """Yield lines of name and value that fit ``width``, so that none is cut in two; the first line opens with ``first``."""
    line: list[tuple[str, str]] = [(first, "")]
    used = len(first) + 2
    for name, value in parts:
        needed = len(name) + len(value) + 3
        if used + needed - 2 > width and line:
            yield line
            line, used = [], 2
        line.append((name, value))
        used += needed
    yield line


def _quotes_below(out: "Console", row: dict[str, Any], names: Sequence[str], below: Sequence[str]) -> None:
    found: list[str] = []
    for name in below:
        value = row.get(name)
        found += value if isinstance(value, list) else [str(value)]
    quotes = list(dict.fromkeys(found))
    words = [row[name] for name in names if isinstance(row[name], str)]
    for quote in quotes[:QUOTES_SHOWN]:
        write_quote(out, quote, words)
    if len(quotes) > QUOTES_SHOWN:
        out.print(f"    … and {len(quotes) - QUOTES_SHOWN} more (--format json shows all)", style="dim")


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return _element(value)
    return "" if value is None else f"{value:.10g}" if isinstance(value, float) else str(value)


def _element(value: dict[str, Any]) -> str:
    """Return a node as (:Label name), a relationship as [:TYPE id], any other map as its entries."""
    if "labels" in value:
        return f"(:{':'.join(value['labels'])} {value.get('name') or value.get('id', '')})"
    if "type" in value:
        return f"[:{value['type']} {value.get('id', '')}]"
    return ", ".join(f"{name} {_cell(part)}" for name, part in value.items())
