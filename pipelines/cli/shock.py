"""The command shock: who is hit when something is missing. What belongs here: layout only.

What does not: the rows (``pipelines.warehouse.shock``).
"""

from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph.errors import NothingFoundError
from pipelines.cli.following import Watchlist, following
from pipelines.cli.output import console, say, say_text, write_indented, write_quote, write_rows

if TYPE_CHECKING:
    from rich.console import Console

# So much of a claim id is shown: enough for `explain` to find it.
SHORT_ID = 12
_BASIS = {
    "is_missing": "is itself missing",
    "depends_on_place": "says that it depends on the place",
    "operates_there": "runs a site there",
    "sentence_names_place": "a sentence on its supply names the place",
    "depends_on_it": "depends on it",
    "gets_it": "gets it",
    "sentence_names_it": "a sentence on its supply names it",
    "exposed_to_it": "says that it is exposed",
}


def register(app: typer.Typer) -> None:
    """Add the command of this module to ``app``."""
    app.command()(shock)


def shock(
    context: typer.Context,
    what: Annotated[
        str, typer.Argument(help="A place, company, offering, technology, site, or bottleneck (its relief).")
    ],
    days: Annotated[
        int, typer.Option(help="How long it is missing; with --as-of it chooses facts, nothing else.")
    ] = 90,
    steps: Annotated[int, typer.Option(help="How many steps are followed from what is hit at once.")] = 6,
    top: Annotated[int, typer.Option(help="At most this many a step in a table; 0 shows all.")] = 12,
    as_of: Annotated[str, typer.Option(help="The first day of the outage, YYYY-MM-DD.")] = "",
    known_on: Annotated[str, typer.Option(help="What could be known on that day, YYYY-MM-DD.")] = "",
    watchlist: Watchlist = None,
    form: Annotated[str, typer.Option("--format", help="table, json, jsonl or csv.")] = "table",
) -> None:
    """Replay a shock: who is hit in which order, by which way, its weakest link, who else supplies the same, and what is not known.

    No duration is made up: order is by steps. A lead time stands beside a company where a text tells it.

    Examples: loadpath shock Taiwan --days 90
    loadpath shock CoWoS --known-on 2025-12-31 --format jsonl
    """
    from pipelines.warehouse.shock import shock as replay

    keep = following(context.obj, watchlist, form)
    found = replay(context.obj, what, days, as_of, known_on, steps)
    hit = keep(found.hit)
    if form != "table":
        write_rows(hit, form)
    if not [row for row in found.hit if row["claim_ids"]]:
        raise NothingFoundError(f"{found.missing.name}: no text says who depends on it; see `loadpath claims`")
    if form == "table":
        _page(console(), hit, top)
    kind = {"Bottleneck": "nothing relieves the bottleneck"}.get(
        found.missing.kind, f"missing {found.missing.kind.lower()}"
    )
    say_text(
        f"{found.missing.name} ({kind}): {len(found.hit)} hit; layers reached: {', '.join(found.layers) or 'none known'}."
    )
    for line in (*found.not_known, *found.complete.lines()):
        say_text(line)


def _page(out: "Console", hit: list[dict[str, Any]], top: int) -> None:
    from rich.text import Text

    for step, of_step in groupby(hit, key=lambda row: row["step"]):
        rows = list(of_step)
        out.print(Text(f"step {step}: {len(rows)} hit" + (" at once" if not step else ""), style="bold underline"))
        for row in rows[: top or None]:
            _hit(out, row)
        if len(rows) > len(rows[: top or None]):
            say(f"{len(rows) - top} more in step {step} (--top 0 shows all)")


def _hit(out: "Console", row: dict[str, Any]) -> None:
    from rich.text import Text

    says = Text(row["party"], style="bold")
    how = _BASIS[row["basis"]] if not row["step"] else " > ".join(row["path"])
    says.append(f"  {row['segment']}  {how}", style="not bold")
    write_indented(out, says, 2)
    for name, value in _parts(row):
        write_indented(out, Text.assemble((f"{name}: ", "dim"), value), 4)
    if row["weakest_quote"]:
        write_quote(out, row["weakest_quote"], row["path"], 4)
        write_indented(out, Text(f"— {row['weakest_source']}  {row['weakest_claim_id'][:SHORT_ID]}"), 4)
    for quote in row["second_source_quotes"][:1]:
        write_indented(out, Text("another source is told of:", style="dim"), 4)
        write_quote(out, quote, (), 4)


def _by_role(suppliers: list[str]) -> str:
    """Return "role: name" entries with each role once."""
    pairs = [entry.split(": ", 1) for entry in suppliers]
    return "; ".join(
        f"{role.replace('_', ' ')}: {', '.join(name for _, name in of_role)}"
        for role, of_role in groupby(pairs, key=lambda pair: pair[0])
    )


def _parts(row: dict[str, Any]) -> list[tuple[str, str]]:
    weakest = ""
    if row["weakest_claim_id"]:
        by = f"{row['weakest_publishers']} publisher" + ("s" if row["weakest_publishers"] > 1 else "")
        link = row["relations"][row["claim_ids"].index(row["weakest_claim_id"])]
        weakest = f"{link}, confidence {row['weakest_confidence']:.2f}, {by}; {row['n_publishers']} on the whole way"
    parts = {
        "others named": _by_role(row["substitutes"]),
        "hit together": _by_role(row["hit_together"]),
        "nobody else named for": ", ".join(role.replace("_", " ") for role in row["no_substitute"]),
        "lead time told": ", ".join(row["lead_times"]),
        "weakest link": weakest,
    }
    return [(name, value) for name, value in parts.items() if value]
