"""The command seismograph: a timeline of bottlenecks with both sentences, and quarters. What belongs here: layout only.

What does not: what an event is (``sql/mart/fct_bottleneck_event.sql``) and which are asked (``pipelines.warehouse.seismograph``).
"""

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.cli.against import Against, write_differences
from pipelines.cli.following import Keep, Watchlist, following
from pipelines.cli.output import console, say_text, write_indented, write_rows

if TYPE_CHECKING:
    from rich.console import Console

    from pipelines.warehouse.seismograph import Seismograph

_SIGNS = {
    "first_named": "●",
    "added": "+",
    "strengthened": "▲",
    "quantified": "#",
    "weakened": "▼",
    "removed": "-",
    "dropped": "○",
}
_SENSES = {"data_centers": "for data centers", "own_operations": "of own operations", "products": "of products"}
_QUARTERS_SHOWN = 8


def register(app: typer.Typer) -> None:
    """Add the commands of this module to ``app``."""
    app.command()(seismograph)


def seismograph(
    context: typer.Context,
    bottleneck: Annotated[str, typer.Argument(help="Code or name of a bottleneck; all when left out.")] = "",
    company: Annotated[str, typer.Option(help="Name, ticker or id of the company; all when left out.")] = "",
    since: Annotated[str, typer.Option(help="First day of the events, YYYY-MM-DD.")] = "",
    as_of: Annotated[str, typer.Option(help="Last day of the events, YYYY-MM-DD.")] = "",
    known_on: Annotated[str, typer.Option(help="What could be known on that day, YYYY-MM-DD.")] = "",
    candidates: Annotated[
        bool, typer.Option("--candidates", help="Also events that rest on candidates, marked.")
    ] = False,
    against: Against = "",
    watchlist: Watchlist = None,
    form: Annotated[str, typer.Option("--format", help="table, json, jsonl or csv.")] = "table",
) -> None:
    """Print what changed in how bottlenecks are spoken of, sentence against sentence, filing by filing and quarter by quarter.

    first_named and added: a sentence that was not there; strengthened, weakened: the same sentence says it nearer or further (may,
    is, has occurred); quantified: it has its first figure; removed: it is gone; dropped: nothing there names the bottleneck.

    Examples: loadpath seismograph export_control --company NVIDIA --since 2023-01-01
    loadpath seismograph power_availability --candidates
    loadpath seismograph --against 2025-04-01
    """
    from pipelines.warehouse import store
    from pipelines.warehouse.seismograph import SHAPE, events
    from pipelines.warehouse.seismograph import seismograph as read

    keep = following(context.obj, watchlist, form)
    if against:
        with store.connection(context.obj.warehouse) as con:
            write_differences(
                con,
                lambda at: events(con, bottleneck, company, since, at, candidates),
                SHAPE,
                (as_of, known_on, against),
                form,
                keep,
            )
        return
    found = read(context.obj, bottleneck, company, since, as_of, known_on, candidates)
    if watchlist:
        found = _kept(found, keep)
    if form != "table":
        write_rows(found.events, form)
    else:
        _timelines(console(), found)
    whose = ", on the watchlist or not," if watchlist else ""
    aside = f"; {found.set_aside} more{whose} rest on candidates (--candidates)" if found.set_aside else ""
    say_text(f"{len(found.events)} events{aside}")


def _kept(found: "Seismograph", keep: Keep) -> "Seismograph":
    """Return the events that ``keep`` keeps and the quarters of their bottlenecks."""
    events = keep(found.events)
    of = {row["bottleneck_code"] for row in events}
    return replace(found, events=events, momentum=[row for row in found.momentum if row["bottleneck_code"] in of])


def _timelines(out: "Console", found: "Seismograph") -> None:
    """Write company and bottleneck, the events below by day, and at the end the quarters of each bottleneck."""
    from rich.text import Text

    def of(row: dict[str, Any]) -> tuple[str, ...]:
        return row["company"], row["bottleneck"], row["sense"]

    for (company, bottleneck, sense), rows in groupby(found.events, key=of):
        out.print(Text.assemble((f"{company}: {bottleneck}", "bold underline"), f" {_SENSES.get(sense, '')}".rstrip()))
        for row in rows:
            _event(out, row)
        out.print()
    out.print(Text("Sources naming it by quarter of publication (+ say more, - say less than before)", style="bold"))
    for bottleneck, quarters in groupby(found.momentum, key=lambda row: row["bottleneck"]):
        latest = list(quarters)[-_QUARTERS_SHOWN:]
        cells = [f"{_quarter(row['quarter'])} {row['sources']} (+{row['more']} -{row['less']})" for row in latest]
        write_indented(out, Text(f"{bottleneck}: {', '.join(cells)}"), 2)


def _event(out: "Console", row: dict[str, Any]) -> None:
    from rich.text import Text

    changed = [row["before_severity"], row["severity"]]
    parts = [
        row["event"].replace("_", " "),
        " → ".join(word.replace("_", " ") for word in changed if word) if row["quote"] else "",
        ", ".join(row["figures"]) if row["event"] == "quantified" else "",
        "candidate" if row["tier"] == "candidate" else "",
    ]
    line = Text(f"  {row['day']} {_SIGNS[row['event']]} ")
    line.append(" · ".join(filter(None, parts)), style="bold")
    write_indented(out, line, 0)
    places = [_place(row, "before_"), _place(row, "")]
    item = f", {row['item']}" if row["item"] else ""
    write_indented(out, Text(f"{' → '.join(filter(None, places))}{item}", style="dim"), 4)
    for mark, name in (("was", "before_quote"), ("now", "quote")):
        if row[name]:
            write_indented(out, Text.assemble((f"{mark} ", "bold"), (f"“{row[name]}”", "dim")), 4)


def _place(row: dict[str, Any], side: str) -> str:
    """Return the document in few words: form and period of a report, else its title and source."""
    if row[f"{side}form"] and row[f"{side}period_end"]:
        return f"{row[f'{side}form']} {row[f'{side}period_end']}"
    return row[f"{side}document_title"] or (row["source_group"] if not side else "")


def _quarter(day: Any) -> str:
    return f"{day.year}Q{(day.month + 2) // 3}"
