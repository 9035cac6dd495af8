"""The commands brief and explain: pages for people. What belongs here: layout only, and the same as rows for programs.

What does not: what stands on them (``pipelines.warehouse.brief``, ``pipelines.warehouse.explain``).
"""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.cli.output import console, say_text, write_indented, write_quote, write_rows

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from pipelines.warehouse.brief import Brief
    from pipelines.warehouse.explain import Explained, Explanation, Span

# So much of a claim id is shown: enough to tell it from others, and for `explain` to find it.
SHORT_ID = 12
Format = Annotated[str, typer.Option("--format", help="table, json, jsonl or csv.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module to ``app``."""
    app.command()(brief)
    app.command()(explain)


def brief(
    context: typer.Context,
    company: Annotated[str, typer.Argument(help="Name, ticker or id.")],
    top: Annotated[int, typer.Option(help="At most this many lines a part.")] = 3,
    as_of: Annotated[str, typer.Option(help="The day that facts are about, YYYY-MM-DD.")] = "",
    known_on: Annotated[str, typer.Option(help="What could be known on that day, YYYY-MM-DD.")] = "",
    form: Format = "table",
) -> None:
    """Print a company on one page: what it depends on, who it supplies, customers, bottlenecks, commitments, sites, figures.

    Each line has its best quote with source and date, and how many publishers say so; the page ends with how complete it is.

    Example: loadpath brief NVIDIA --known-on 2025-06-30
    """
    from pipelines.warehouse.brief import brief as page_of

    page = page_of(context.obj, company, as_of, known_on, top)
    if form == "table":
        _page(console(), page)
    else:
        write_rows(_rows(page), form)
    for line in page.complete.lines():
        say_text(line)


def explain(
    context: typer.Context,
    what: Annotated[str, typer.Argument(metavar="ID", help="Id of a claim or a relationship, or how it begins.")],
    top: Annotated[int, typer.Option(help="At most this many claims of a relationship.")] = 3,
    form: Format = "table",
) -> None:
    """Show a claim or a relationship with its quotes in context, its source, trust, and what confirms or contradicts it.

    Examples: loadpath explain c_6a9e
    loadpath explain "tsmc|SUPPLIES|nvidia"
    """
    from pipelines.warehouse.explain import explain as explanation_of

    found = explanation_of(context.obj, what, top)
    if form == "table":
        _explanation(console(), found)
    else:
        write_rows([_record(found, each) for each in found.claims], form)
    if found.more:
        say_text(f"{found.more} more claims (--top {len(found.claims) + found.more})")


def _rows(page: "Brief") -> list[dict[str, Any]]:
    """Return the page as rows: who the company is, then each line with its part."""
    columns = (
        "part",
        "name",
        "detail",
        "status",
        "n_claims",
        "n_publishers",
        "quote",
        "publisher",
        "document",
        "url",
        "date",
        "claim_ids",
    )
    who = {"part": "who", "name": page.who["name"], "detail": _who(page.who)}
    lines = [{**line, "part": part} for part, of in page.parts.items() for line in of.lines]
    return [{column: row.get(column) for column in columns} for row in (who, *lines)]


def _who(who: dict[str, Any]) -> str:
    says = [
        who["company_id"] if who["registered"] else f"{who['company_id']}, not in the registry",
        " ".join(filter(None, (who["kind"], who["segment"]))),
        who["layers"],
        " ".join(filter(None, (who["exchange"], who["tickers"]))),
        f"CIK {who['cik']}" if who["cik"] else "",
        f"owned by {who['owner']}" if who["owner"] else "",
    ]
    return "; ".join(filter(None, says))


def _page(out: "Console", page: "Brief") -> None:
    from rich.text import Text

    out.print(Text(page.who["name"], style="bold"))
    write_indented(out, Text(_who(page.who)), 2)
    if page.who["offerings"]:
        write_indented(out, Text(f"offers {', '.join(page.who['offerings'])}"), 2)
    for part in page.parts.values():
        out.print()
        more = f" ({len(part.lines)} of {part.total})" if part.total > len(part.lines) else ""
        out.print(Text.assemble((part.title, "bold underline"), (more, "dim")))
        for line in part.lines:
            _brief_line(out, line)


def _brief_line(out: "Console", line: dict[str, Any]) -> None:
    from rich.text import Text

    says = Text(line["name"].removeprefix("other:"), style="bold")
    publishers = line.get("n_publishers") or 0
    extra = [line["detail"].replace("_", " "), line["status"], f"{publishers} publishers" if publishers > 1 else ""]
    if tail := ", ".join(filter(None, extra)):
        says.append(f"  {tail}", style="not bold")
    write_indented(out, says, 2)
    write_quote(out, line["quote"], line.get("words", ()), 4)
    if line.get("other_quote"):
        write_quote(out, line["other_quote"], (), 4)
    write_indented(out, _source(line), 4)


def _source(row: dict[str, Any]) -> "Text":
    """Return who says it, where and when, as one line; a link to its address where the terminal has links."""
    from rich.text import Text

    title = row.get("document") or row.get("document_title") or row["url"]
    if row.get("form") and row.get("period_end"):
        title = f"{row['form']} {row['period_end']}"
    publisher = row.get("publisher") or ""
    says = title if title.startswith(publisher) else f"{publisher}, {title}"
    text = Text("— ", style="dim")
    text.append(says, style=_link_to(row["url"]))
    day = row.get("date") or row.get("day") or row.get("published") or row.get("known_from")
    text.append(f", {day}  {row['claim_id'][:SHORT_ID]}")
    return text


def _link_to(address: str) -> str:
    """Return the style of words that lead to ``address``; what came with Loadpath or from a file has none that a browser opens."""
    return f"link {address}" if address.startswith(("http://", "https://")) else ""


def _explanation(out: "Console", found: "Explanation") -> None:
    from rich.text import Text

    if edge := found.relationship:
        out.print(Text(f"relationship {found.id}", style="bold"))
        says = f"{edge['status']}: {edge['n_claims']} claims in {edge['n_documents']} documents of {edge['n_publishers']} publishers, {edge['first_known']} to {edge['last_known']}"
        write_indented(out, Text(says), 2)
        out.print()
    for number, each in enumerate(found.claims):
        if number:
            out.print()
        _claim(out, each)


def _claim(out: "Console", each: "Explained") -> None:
    from rich.text import Text

    claim = each.claim
    out.print(
        Text(
            f"{claim['subject_name']} {claim['predicate']} {claim['object_name'] or claim['object_surface'] or ''}".strip(),
            style="bold",
        )
    )
    write_indented(out, Text(f"claim {claim['claim_id']}: {_force(claim)}"), 2)
    write_indented(out, _in_context(each.quote, claim), 4)
    for span in each.frame:
        _slot(out, span)
    write_indented(out, _source(claim), 2)
    # An address is for copying: it is never broken into lines.
    out.print(Text.assemble(("  address: ", "dim"), (claim["url"], _link_to(claim["url"]))), soft_wrap=True)
    for name, value in _facts(each):
        write_indented(out, Text.assemble((f"{name}: ", "dim"), value), 2)
    for link in each.links:
        _link(out, link)
    for decided in each.decisions:
        why = f" ({decided['why']})" if decided["why"] else ""
        write_indented(
            out, Text(f"decided: {decided['decision']}, {decided['who']} on {decided['decided_on']}{why}"), 2
        )


def _period(claim: dict[str, Any]) -> str:
    """Return the period that a claim is about; where only the year is told, no days are made up."""
    if claim["valid_precision"] in ("year", "fiscal_year"):
        return f"{claim['valid_precision'].replace('_', ' ')} {claim['valid_to'].year}"
    return " to ".join(str(claim[name]) for name in ("valid_from", "valid_to") if claim[name])


def _force(claim: dict[str, Any]) -> str:
    """Return in words what a claim says beside its parties: force, time, and what qualifies it."""
    valid = _period(claim)
    detail = ("role", "kind", "severity", "share", "benchmark", "amount", "metric", "value_text", "unit")
    told = [
        f"{name.removesuffix('_text')} {claim[name]:g}"
        if isinstance(claim[name], float)
        else f"{name.removesuffix('_text')} {claim[name]}"
        for name in detail
        if claim[name]
    ]
    sole = ["sole source"] if claim["sole_source"] else []
    return ", ".join(
        [
            claim["tier"],
            claim["polarity"],
            claim["modality"],
            *told,
            *sole,
            f"about {valid}" if valid else "about no stated time",
        ]
    )


def _in_context(span: "Span", claim: dict[str, Any]) -> "Text":
    """Return the quote between the words around it: bold on a terminal, its parties underlined, in quotation marks anywhere."""
    from rich.text import Text

    quote = Text(f"“{span.text}”", style="bold")
    words = [word for word in (claim["subject_surface"], claim["object_surface"]) if word]
    quote.highlight_words(words, style="underline", case_sensitive=False)
    return Text.assemble((span.before, "dim"), quote, (span.after, "dim"))


def _slot(out: "Console", span: "Span") -> None:
    """Write where the claim took from what its quote leaves open: the words and the end of what stands before them."""
    from rich.text import Text

    before = span.before.rpartition("\n")[2][-60:]
    after = span.after.partition("\n")[0][:60]
    says = Text.assemble(
        (f"{span.slot} from {span.source.replace('_', ' ')}: ", "dim"),
        (before, "dim"),
        (f"“{span.text}”", "bold"),
        (after, "dim"),
    )
    write_indented(out, says, 2)


def _facts(each: "Explained") -> list[tuple[str, str]]:
    claim = each.claim
    who = {"subject": claim["subject_name"], "object": claim["object_name"]}.get(
        claim["disclosed_by"], claim["publisher"]
    )
    trust = ", ".join(f"{name} {value:+g}" for name, value in each.trust.items())
    filing = " ".join(str(claim[name]) for name in ("form", "section") if claim[name])
    known = f"from {claim['known_from']}" + (f", closed {claim['known_to']}" if claim["known_to"] else "")
    return [
        (
            "document",
            f"{claim['document_id'][:12]}, characters {claim['char_start']} to {claim['char_end']}"
            + (f", {filing}" if filing else ""),
        ),
        ("disclosed by", f"{who} ({claim['disclosed_by'].replace('_', ' ')})"),
        ("known", known),
        ("confidence", f"{claim['confidence']:g} by {claim['method']}" + (f": {trust}" if trust else "")),
    ]


def _link(out: "Console", link: dict[str, Any]) -> None:
    """Write what another claim has to do with this one, with its quote and source."""
    from rich.text import Text

    words = {
        "CONFIRMS": ("confirms", "confirmed by"),
        "CONTRADICTS": ("contradicts", "contradicts"),
        "SUPERSEDES": ("supersedes", "superseded by"),
    }
    verb = words[link["type"]][link["direction"] == "other"]
    write_indented(
        out,
        Text.assemble(
            (verb, "bold"),
            f" {link['subject_name']} {link['predicate']} {link['object_name'] or ''}: {link['detail'] or link['meaning']}",
        ),
        2,
    )
    write_quote(out, link["quote"], (), 4)
    write_indented(out, _source(link), 4)


def _record(found: "Explanation", each: "Explained") -> dict[str, Any]:
    """Return a claim with all that stands behind it as plain values, for a program."""
    return {
        "id": found.id,
        **each.claim,
        "context": {"before": each.quote.before, "quote": each.quote.text, "after": each.quote.after},
        "frame": [{"slot": span.slot, "source": span.source, "text": span.text} for span in each.frame],
        "trust": each.trust,
        "links": each.links,
        "decisions": each.decisions,
    }
