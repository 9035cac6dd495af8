"""The command refresh: ask the sources, read what changed, publish. What belongs here: its progress and its summary."""

import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph.errors import EXIT_REFUSED, InputRefusedError
from pipelines.cli.output import say
from pipelines.cli.publishing import Accept, checked
from pipelines.settings import Settings

if TYPE_CHECKING:
    from pipelines.fetch.report import Collected

# So many refusals of one kind are listed one by one; more are one line.
LISTED = 10
SECONDS_BETWEEN_LINES = 5.0


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command()(refresh)


def refresh(
    context: typer.Context,
    source: Annotated[list[str] | None, typer.Option(help="Only this source; may be given several times.")] = None,
    full: Annotated[bool, typer.Option(help="Ask for everything anew, unchanged or not.")] = False,
    accept: Accept = None,
) -> None:
    """Fetch what the sources have, read it, and publish what changed.

    Examples: loadpath refresh
    loadpath refresh --source edgar --source feeds
    loadpath refresh --accept claims_by_predicate
    """
    from pipelines.cli.build import is_published, warn
    from pipelines.fetch.collect import collect_sources
    from pipelines.fetch.lock import writing

    settings: Settings = context.obj
    accepted = checked(accept)
    with writing(settings.home, say):
        reports = collect_sources(source or None, settings, full, Ticker())
        for report in reports:
            _summarise(report)
        held = any(report.sha256s for report in reports)
        # What is published can be behind without a new document too: a decision or a judgement was written.
        held = held or settings.warehouse.exists()
        if any(report.wrote for report in reports) or (held and not is_published(settings)):
            from pipelines.defs.run import run_job

            outcome = run_job(settings, [], accepted)
            say(_read(outcome))
            warn(outcome)
        else:
            say("nothing changed; what is published is current" if held else "nothing was found")
    refused = [error for report in reports for error in report.refused]
    _list(refused)
    if refused:
        raise typer.Exit(EXIT_REFUSED)


class Ticker:
    """Progress of a source: a moving line on a terminal, a line every few seconds elsewhere."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._source = ""
        self._started = self._said = clock()

    def __call__(self, report: "Collected", left: int) -> None:
        """Show where ``report`` stands with ``left`` addresses known to remain."""
        now = self._clock()
        if report.name != self._source:
            self._source, self._started, self._said = report.name, now, now
        moving = sys.stderr.isatty()
        if now - self._said < (0.2 if moving else SECONDS_BETWEEN_LINES):
            return
        self._said = now
        line = _progress_line(report, left, now - self._started)
        if moving:
            sys.stderr.write(f"\r\x1b[K{line}")
            sys.stderr.flush()
        else:
            say(line)


def _progress_line(report: "Collected", left: int, seconds: float) -> str:
    rate = report.asked / seconds if seconds else 0.0
    remaining = f", about {left / rate:.0f} s left" if rate else ""
    counts = f"{report.new} new, {report.changed} changed, {report.unchanged} unchanged, {len(report.refused)} refused"
    return f"{report.name}: {report.asked} asked, {left} to go, {rate:.1f} a second{remaining} ({counts})"


def _summarise(report: "Collected") -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
    parts = [f"{report.new} new", f"{report.changed} changed", f"{report.unchanged} unchanged"]
    parts += [f"{len(report.vanished)} vanished"] if report.vanished else []
    parts += [f"{report.absent} optional pages absent"] if report.absent else []
    parts += [f"{len(report.refused)} refused"] if report.refused else []
    say(f"{report.name}: {len(report.sha256s)} documents: {', '.join(parts)}")
    if report.elsewhere:
        say(f"{report.name}: {report.elsewhere} addresses belong to another source, which brought them first")
    for note in report.notes:
        say(f"{report.name}: {note}")
    for url in report.vanished[:LISTED]:
        say(f"vanished: {url}")


def _read(outcome: dict[str, dict[str, Any]]) -> str:
    documents, claims = outcome["documents"], outcome["claims"]
    refused = documents["refused"] + claims["refused"]
    unread = f'; {refused} could not be read (loadpath sql "SELECT * FROM doc.refusal")' if refused else ""
    others = f"; {claims['not_covered']} are in a language that is not mined" if claims["not_covered"] else ""
    return f"read {documents['read']} documents, looked for claims in {claims['documents']}{others}{unread}"


def _list(refused: list[InputRefusedError]) -> None:
    """List refusals; many of one reason are one line with their number and where the list is."""
    kinds = Counter(error.reason for error in refused)
    for error in refused:
        if kinds[error.reason] <= LISTED:
            say(f"refused: {error}")
    for reason, count in kinds.items():
        if count > LISTED:
            say(f'refused: {count} addresses: {reason} (all: loadpath sql "SELECT * FROM raw.refusal")')
