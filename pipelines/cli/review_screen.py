"""A question of the review on the screen: its two sides beside each other with their quotes. What belongs here: layout only."""

import sys
from collections.abc import Sequence
from typing import Any

from pipelines.resolve.queue import Item, Side

LISTED = 4


def print_question(item: Item, left: Side, right: Side | None) -> None:
    """Write the question to stdout; ``right`` is None where the object is a value."""
    from rich.columns import Columns
    from rich.console import Console
    from rich.markup import escape
    from rich.panel import Panel
    from rich.table import Table

    console = Console(file=sys.stdout, highlight=False)
    if item.is_claim:
        console.print(f"[bold]{escape(item.left_name)} {item.predicate} {escape(item.right_name)}[/bold]")
        console.print(f"claim {item.claim_id}  confidence {item.confidence}  {escape(item.reason)}", style="dim")
        console.print(Panel(escape(item.quote), title="the sentence", title_align="left"))
    else:
        console.print(
            f"[bold]Is {escape(item.left_name)} the same as {escape(item.right_name)}?[/bold]  {escape(item.reason)}"
        )
    sides = [side for side in (left, right) if side is not None]
    grid = Table.grid(expand=True, padding=(0, 1))
    for _ in sides:
        grid.add_column(ratio=1)
    grid.add_row(*(Panel("\n".join(_lines(side)), title=escape(side.name), title_align="left") for side in sides))
    console.print(grid if len(sides) > 1 else Columns([grid]))


def rows_of(item: Item, left: Side, right: Side | None) -> list[dict[str, Any]]:
    """Return one row a side, for formats that programs read."""
    return [
        {
            "side": name,
            "party_id": side.party_id,
            "name": side.name,
            "kind": side.kind,
            "registered": side.registered,
            "resolved_by": side.resolved_by,
            "claims": side.claims,
            "written_as": list(side.written_as),
            "documents": list(side.documents),
            "claim_id": item.claim_id,
            "predicate": item.predicate,
            "claim_quote": item.quote,
            "quotes": list(side.quotes),
        }
        for name, side in (("left", left), ("right", right))
        if side is not None
    ]


def _lines(side: Side) -> list[str]:
    from rich.markup import escape

    known = "in the registry" if side.registered else "not in the registry"
    lines = [
        f"[bold]{escape(side.party_id)}[/bold]",
        f"{side.kind}, {known}; {side.claims} claims; known by {side.resolved_by.replace('_', ' ') or 'nothing yet'}",
        f"[dim]written[/dim] {escape(_some(side.written_as))}",
        f"[dim]in[/dim] {escape(_some(side.documents))}",
    ]
    return lines + [f"\n“{escape(quote)}”" for quote in side.quotes]


def _some(texts: Sequence[str]) -> str:
    more = len(texts) - LISTED
    return "; ".join(texts[:LISTED]) + (f" … and {more} more" if more > 0 else "") if texts else "nowhere"
