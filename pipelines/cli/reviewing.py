"""Commands of people's decisions: ``loadpath review`` and what stands behind it. What belongs here: arguments, asking, printing."""

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph.errors import NothingFoundError, UsageError
from pipelines.cli.output import say, write_rows
from pipelines.settings import Settings

if TYPE_CHECKING:
    import duckdb

    from pipelines.resolve.deciding import Written
    from pipelines.resolve.queue import Item, Side

Format = Annotated[str, typer.Option("--format", help="table, json, jsonl or csv.")]
Who = Annotated[str, typer.Option(help="Who decides; default: your login name.")]
Why = Annotated[str, typer.Option(help="The reason, in a few words; it stands in the file.")]
Publish = Annotated[bool, typer.Option("--publish", help="Build and publish at once.")]
KEYS = {"a": "accepted", "r": "rejected", "s": "same", "d": "different", "u": "unsure"}

review_app = typer.Typer(invoke_without_command=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this module to ``app``."""
    app.add_typer(review_app, name="review")


@review_app.callback()
def review(
    context: typer.Context,
    ask: Annotated[bool, typer.Option("--ask", help="Go through the questions one by one on the terminal.")] = False,
    kind: Annotated[str, typer.Option(help="Only questions of this kind: candidate, weak fact, names.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="So many questions.")] = 20,
    who: Who = "",
    publish: Publish = False,
    form: Format = "table",
) -> None:
    """List what is worth a decision, by how many claims hang on it; decide by the commands below.

    Examples: loadpath review
    loadpath review --ask --kind names
    loadpath review show 3
    loadpath review accept 1f0c2a… --why "the next sentence says so"
    loadpath review same organization:acme@1f2e3d4c5b6a acme --why "same address"
    """
    if context.invoked_subcommand:
        return
    settings: Settings = context.obj
    items = _queue(settings, kind)
    if not items:
        if form != "table":
            write_rows([], form)
        raise NothingFoundError("no question is open")
    if ask:
        _go_through(settings, items, who, publish)
        return
    write_rows([_row(number, item) for number, item in enumerate(items[:limit], 1)], form)
    if form == "table":
        say(
            f"{min(limit, len(items))} of {len(items)} questions; `loadpath review show N` shows both sides, `--ask` asks one by one"
        )


@review_app.command()
def show(
    context: typer.Context,
    what: Annotated[list[str], typer.Argument(help="A number of the queue, a claim id, or two parties.")],
    form: Format = "table",
) -> None:
    """Show the two sides of a question beside each other, with quotes.

    Examples: loadpath review show 3
    loadpath review show acme "Acme Holdings"
    """
    from pipelines.cli.review_screen import print_question, rows_of

    settings: Settings = context.obj
    with _store(settings) as con:
        item = _chosen(settings, con, what)
        left, right = _sides(con, item)
    if form != "table":
        write_rows(rows_of(item, left, right), form)
        return
    print_question(item, left, right)
    say(_how_to_answer(item))


@review_app.command()
def accept(context: typer.Context, claim_id: str, why: Why, who: Who = "", publish: Publish = False) -> None:
    """Accept a claim: it becomes a fact.

    Example: loadpath review accept 1f0c2a… --why "the next sentence says so"
    """
    _write(context.obj, ("accepted", claim_id), who, why, publish)


@review_app.command()
def reject(context: typer.Context, claim_id: str, why: Why, who: Who = "", publish: Publish = False) -> None:
    """Reject a claim: it stays, and carries no relationship.

    Example: loadpath review reject 1f0c2a… --why "this is about another company"
    """
    _write(context.obj, ("rejected", claim_id), who, why, publish)


@review_app.command()
def same(context: typer.Context, left: str, right: str, why: Why, who: Who = "", publish: Publish = False) -> None:
    """Judge two parties to be one.

    Example: loadpath review same organization:acme@1f2e3d4c5b6a acme --why "same address"
    """
    _write(context.obj, ("same", left, right), who, why, publish)


@review_app.command()
def different(context: typer.Context, left: str, right: str, why: Why, who: Who = "", publish: Publish = False) -> None:
    """Judge two parties to be different, whatever their names and context say.

    Example: loadpath review different organization:lambda@1f2e3d4c5b6a lambda --why "a law firm"
    """
    _write(context.obj, ("different", left, right), who, why, publish)


@review_app.command()
def unsure(context: typer.Context, left: str, right: str, why: Why = "", who: Who = "") -> None:
    """Note that it cannot be told whether two parties are one: the question is not asked again.

    Example: loadpath review unsure organization:acme@1f2e3d4c5b6a acme
    """
    _write(context.obj, ("unsure", left, right), who, why, False)


@review_app.command()
def undo(
    context: typer.Context,
    what: Annotated[
        list[str] | None, typer.Argument(help="A claim id, or two party ids; nothing: the last line.")
    ] = None,
    publish: Publish = False,
) -> None:
    """Take a decision back: its line goes, and the next build is as it was before.

    Examples: loadpath review undo
    loadpath review undo 1f0c2a…
    """
    from pipelines.fetch.lock import writing
    from pipelines.resolve import deciding

    settings: Settings = context.obj
    with writing(settings.home, say):
        line = deciding.undo(settings.home, what or [])
        say(f"taken back: {','.join(line.values.values())} ({line.path}, line {line.number})")
        _next_build(settings, publish)


@review_app.command(name="list")
def list_decisions(context: typer.Context, form: Format = "table") -> None:
    """List all decisions with their file and line, those on claims that are no longer found too.

    Example: loadpath review list --format csv
    """
    from pipelines.resolve import judgements, reviews

    settings: Settings = context.obj
    judged, reviewed = judgements.read(settings.home), reviews.read(settings.home)
    found = _found_claims(settings)
    rows = [
        _decision_row(line, f"{line.values['left']} | {line.values['right']}", line.values["judgement"], "")
        for line in judged
    ]
    for line in reviewed:
        state = "" if line.values["claim_id"] in found else "without claim"
        rows.append(_decision_row(line, line.values["claim_id"], line.values["decision"], state))
    if not rows:
        raise NothingFoundError("no decision was taken yet; `loadpath review` lists what is worth one")
    write_rows(rows, form)


def _decision_row(line: Any, what: str, decision: str, state: str) -> dict[str, Any]:
    shared = {key: line.values[key] for key in ("who", "decided_on", "why")}
    return {"on": what, "decision": decision, "state": state, **shared, "line": f"{line.file}:{line.number}"}


def _found_claims(settings: Settings) -> set[str]:
    from pipelines.warehouse import store

    with _store(settings) as con:
        return {row["claim_id"] for row in store.rows(con, "SELECT claim_id FROM nlp.claim")}


def _row(number: int, item: "Item") -> dict[str, Any]:
    return {
        "n": number,
        "claims": item.claims,
        "kind": item.kind,
        "question": f"{item.left_name} {item.predicate or '='} {item.right_name}{'' if item.is_claim else ' ?'}",
        "confidence": item.confidence,
        "reason": item.reason,
        "decide": item.claim_id or f"{item.left_id} {item.right_id}",
        "quote": item.quote,
    }


@contextmanager
def _store(settings: Settings) -> Iterator["duckdb.DuckDBPyConnection"]:
    from pipelines.warehouse import store

    with store.connection(settings.warehouse) as con:
        yield con


def _queue(settings: Settings, kind: str = "") -> list["Item"]:
    from pipelines.resolve import judgements, queue, reviews

    if kind and kind not in queue.KINDS:
        raise UsageError(f"--kind {kind}: it is one of {', '.join(queue.KINDS)}")
    with _store(settings) as con:
        items = queue.questions(con, judgements.read(settings.home), reviews.read(settings.home))
    return [item for item in items if kind in ("", item.kind)]


def _chosen(settings: Settings, con: "duckdb.DuckDBPyConnection", what: list[str]) -> "Item":
    from pipelines.resolve import queue

    if len(what) == 2:
        return queue.on_parties(con, *(queue.party_id(con, text) for text in what))
    if len(what) > 2:
        raise UsageError("show takes a number, a claim id, or two parties")
    if not what[0].isdigit():
        return queue.on_claim(con, what[0])
    items, number = _queue(settings), int(what[0])
    if not 1 <= number <= len(items):
        raise NothingFoundError(f"{number}: the queue has {len(items)} questions")
    return items[number - 1]


def _sides(con: "duckdb.DuckDBPyConnection", item: "Item") -> tuple["Side", "Side | None"]:
    from pipelines.resolve import queue

    return queue.side(con, item.left_id), queue.side(con, item.right_id) if item.right_id else None


def _write(settings: Settings, decision: tuple[str, ...], who: str, why: str, publish: bool) -> None:
    from pipelines.fetch.lock import writing

    with writing(settings.home, say):
        _report(_decide(settings, decision, who, why))
        _next_build(settings, publish)


def _decide(settings: Settings, decision: tuple[str, ...], who: str, why: str) -> "Written":
    """Write one decision; the lock is held."""
    from pipelines.resolve import deciding

    what, *on = decision
    if not why.strip() and what != "unsure":
        raise UsageError("--why: say in a few words why")
    with _store(settings) as con:
        if len(on) == 1:
            return deciding.review(con, settings.home, on[0], what, who or _login(), why)
        return deciding.judge(con, settings.home, on[0], on[1], what, who or _login(), why)


def _report(written: "Written") -> None:
    say(f"written: {written.place}")
    say(f"the next build: {written.does}")
    say(f"to take it back: loadpath review undo {written.undo}")


def _next_build(settings: Settings, publish: bool) -> None:
    if not publish:
        say("publish it with `loadpath refresh`, or give --publish")
        return
    from pipelines.cli.build import warn
    from pipelines.defs.run import run_job

    warn(run_job(settings, []))
    say("published")


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        raise UsageError("--who: this login has no name; say who decides") from None


def _how_to_answer(item: "Item") -> str:
    if item.is_claim:
        return f"loadpath review accept {item.claim_id} --why …   or: reject"
    return f"loadpath review same {item.left_id} {item.right_id} --why …   or: different, unsure"


def _go_through(settings: Settings, items: list["Item"], who: str, publish: bool) -> None:
    """Ask one question after the other; every answer is written before the next question is shown."""
    from pipelines.cli.review_screen import print_question
    from pipelines.fetch.lock import writing

    if not sys.stdin.isatty():
        raise UsageError(
            "--ask needs a terminal; elsewhere use `loadpath review accept`, `reject`, `same`, `different`, `unsure`"
        )
    written = 0
    for number, item in enumerate(items, 1):
        with _store(settings) as con:
            left, right = _sides(con, item)
        say(f"\nquestion {number} of {len(items)}, {item.claims} claims hang on it")
        print_question(item, left, right)
        key = _key(item)
        if key == "quit":
            break
        if key == "skip":
            continue
        decision = (KEYS[key], item.claim_id) if item.is_claim else (KEYS[key], item.left_id, item.right_id)
        why = typer.prompt("why", default="" if key == "u" else None, show_default=False, err=True)
        with writing(settings.home, say):
            _report(_decide(settings, decision, who, why))
        written += 1
    say(f"{written} decisions written")
    if written:
        with writing(settings.home, say):
            _next_build(settings, publish)


def _key(item: "Item") -> str:
    """Return the answer's key, asking until it is one that fits the question."""
    fits = "ar" if item.is_claim else "sdu"
    words = "[a]ccept, [r]eject" if item.is_claim else "[s]ame, [d]ifferent, [u]nsure"
    while True:
        text = typer.prompt(f"{words}, skip, quit", default="skip", show_default=False, err=True).strip().lower()
        if text in ("skip", "quit", "q"):
            return "quit" if text == "q" else str(text)
        if len(text) == 1 and text in fits:
            return str(text)
        say(f"{text}: one of {', '.join(fits)}, skip or quit")
