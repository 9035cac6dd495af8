"""The command tags: what filings say in words beside what their tags say. What belongs here: layout only.

What does not: what is compared (``sql/mart/fct_tag_comparison.sql``), which rows are asked for (``pipelines.warehouse.tag_comparison``).
"""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph.errors import NothingFoundError
from pipelines.cli.against import Against, write_differences
from pipelines.cli.ask import Day, Format
from pipelines.cli.following import Watchlist, following
from pipelines.cli.output import console, say_text, write_indented, write_quote, write_rows
from pipelines.settings import Settings

if TYPE_CHECKING:
    from rich.console import Console

_STATUS = {
    "matched": "the words and the tag say the same",
    "mismatched": "they do not: both sides stand below",
    "no_tag": "no tag of the filing gives the number of the words",
    "tag_only": "a tag in a table that no sentence was read to say",
}
_REASONS = {
    "scale": "thousands or millions are left out or differ",
    "rounding": "off by less than a unit of the last digit",
    "other_period": "one number, of two periods",
    "other_party": "one number, of two parties",
    "other_measure": "another number of the same kind and period (net for gross, with leases or without)",
}


def register(app: typer.Typer) -> None:
    """Add the commands of this module to ``app``."""
    app.command()(tags)


def tags(
    context: typer.Context,
    company: Annotated[str, typer.Argument(help="Name, ticker or id of who files; all when left out.")] = "",
    only: Annotated[str, typer.Option(help="matched, mismatch, no-tag or tag-only.")] = "",
    as_of: Day = "",
    known_on: Day = "",
    against: Against = "",
    watchlist: Watchlist = None,
    form: Format = "table",
) -> None:
    """Print each percentage and amount of filings' claims beside its inline XBRL fact: the counts, and what does not match.

    A table lists the mismatches with both sides; with --only it lists what is asked for, the other formats list everything.

    Example: loadpath tags NVIDIA --only mismatch
    """
    from pipelines.warehouse import store
    from pipelines.warehouse.differences import moment
    from pipelines.warehouse.tag_comparison import SHAPE, comparisons

    settings: Settings = context.obj
    keep = following(settings, watchlist, form)
    with store.connection(settings.warehouse) as con:
        if against:
            asked = (as_of, known_on, against)
            write_differences(con, lambda at: comparisons(con, company, only, at), SHAPE, asked, form, keep)
            return
        rows = keep(comparisons(con, company, only, moment(as_of, known_on)))
    if not rows:
        raise NothingFoundError(_nothing(company, only))
    if form != "table":
        write_rows(rows, form)
    else:
        _write(console(), rows, [row for row in rows if only or row["status"] == "mismatched"])
    say_text(f"{len(rows)} numbers of {len({row['document_id'] for row in rows})} filings")


def _nothing(company: str, only: str) -> str:
    of = f" of {company}" if company else ""
    if only == "mismatch":
        return f"no number{of} differs from its tag; see `loadpath tags {company}`".replace(" `", " `")
    return f"no claim of a filing{of} states a percentage or amount{' like that' if only else ''}; add a filing with inline XBRL"


def _write(out: "Console", rows: Sequence[dict[str, Any]], listed: Sequence[dict[str, Any]]) -> None:
    from rich.text import Text

    for tier in ("fact", "candidate"):
        counts = Counter(row["status"] for row in rows if row["tier"] == tier)
        if counts:
            out.print(f"{tier}s", style="bold")
        for status, meaning in _STATUS.items():
            if counts[status]:
                out.print(Text(f"  {counts[status]:>5}  {status:<11} {meaning}"))
    for row in listed:
        _comparison(out, row)


def _comparison(out: "Console", row: dict[str, Any]) -> None:
    from rich.text import Text

    reason = f": {row['reason']}, {_REASONS[row['reason']]}" if row["reason"] else ""
    out.print()
    title = f"{row['filer_name'] or row['subject_name']}, {row['document_title']}"
    out.print(Text(title, style="bold"))
    write_indented(out, Text(f"{row['status']}{reason}" + (" (candidate)" if row["tier"] == "candidate" else "")), 2)
    write_indented(out, Text(f"words  {_words(row)}"), 2)
    write_indented(out, Text(f"tag    {_tag(row)}"), 2)
    write_quote(out, row["quote"], [row["words"] or ""])
    out.print(Text(f"    {' '.join(row['claim_ids'])}", style="dim"))


def _words(row: dict[str, Any]) -> str:
    if row["words"] is None:
        return "none read"
    measured = row["benchmark"] or row["metric"] or row["predicate"]
    parts = [f"{row['words']}, {measured}", row["object_name"] if row["predicate"] != "HAS_METRIC" else ""]
    parts += [_period(row["words_from"], row["words_to"]) if row["words_to"] else "", row["section"]]
    return ", ".join(part for part in parts if part)


def _tag(row: dict[str, Any]) -> str:
    if row["concept"] is None:
        return "none"
    unit = row["unit"] if row["unit"] == "percent" else row["tag_unit"].upper()
    parts = [f"{row['concept']} {_number(row['tag_value'])} {unit}", _period(row["tag_from"], row["tag_to"])]
    if row["tag_scale"] is not None:
        parts.append(f"scale {row['tag_scale']}")
    parts += ["=".join(_local(name) for name in each.split("=")) for each in row["tag_dimensions"]]
    return ", ".join(parts)


def _period(first: Any, last: Any) -> str:
    return str(last) if first is None or first == last else f"{first} to {last}"


def _local(name: str) -> str:
    return name.rpartition(":")[2].removesuffix("Member").removesuffix("Axis")


def _number(value: float) -> str:
    return f"{value:,.0f}" if value.is_integer() else f"{value:,g}"
