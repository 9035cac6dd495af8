"""Raw stage: what sources and people give, into the archive. What belongs here: which sources, one after the other.

What does not: how an address is walked (``walk``), a folder looked through (``folders``) or bytes kept (``archive``).
"""

import difflib
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from graph.errors import InputRefusedError, LoadpathError, UsageError
from graph.model import load_registry
from pipelines.fetch import folders, inputs
from pipelines.fetch.archive import Archive, Fetch
from pipelines.fetch.report import Collected, Progress, silent
from pipelines.fetch.source import SHIPPED, Context, Found, Link, Source, Spec, Volume, no_links, read_source
from pipelines.fetch.walk import BY_HAND, Walk
from pipelines.ids import sha256_hex
from pipelines.settings import Settings

_BY_HAND = Spec(title="By hand", licence="yours to know", cadence="once", volume=Volume(min=0, max=100_000))


def source_folders(settings: Settings) -> tuple[dict[str, Path], list[InputRefusedError]]:
    """Return the folders of all sources by name, shipped ones first; a user's own of a shipped name is refused."""
    found: dict[str, Path] = {}
    refused = []
    for path in (*sorted(SHIPPED.glob("*/source.yml")), *sorted((settings.home / "sources").glob("*/source.yml"))):
        folder = path.parent
        if folder.name in found:
            refused.append(InputRefusedError(str(folder), "a source of this name is shipped; rename the folder"))
        else:
            found[folder.name] = folder
    return found, refused


def collect_sources(
    names: Sequence[str] | None, settings: Settings, full: bool = False, progress: Progress = silent
) -> list[Collected]:
    """Ask the named sources (None: those that are turned on) and archive what comes; return a report of each.

    Raises UsageError for an unknown source, a setting that names something unknown, or a need that is not met when only
    one source is asked; among several, such a source is refused and the rest is done.
    """
    sources, reports = _chosen(names, settings)
    ready: list[tuple[Source, Context, list[Found]]] = []
    for source in sources:
        context = _context(source, settings)
        reason = _unmet(source, settings)
        if reason and len(sources) == 1:
            raise UsageError(f"{source.name}: {reason}")
        try:
            # Before the first request: a setting that names something unknown stops here.
            ready.append((source, context, _started(source, context, reason)))
        except InputRefusedError as error:
            reports.append(Collected(source.name, refused=[error]))
    archive = Archive(settings.archive)
    on_disk = [(source, context) for source, context, _ in ready if source.spec.files is not None]
    reports += [folders.collect(source, context.settings, archive, progress) for source, context in on_disk]
    on_the_web = [one for one in ready if one[0].spec.files is None]
    if on_the_web:
        from pipelines.fetch.http import Web

        with Web(settings, archive) as web:
            for source, context, start in on_the_web:
                reports.append(Walk(source, context, web, archive, full, progress).run(start))
    return reports


def _chosen(names: Sequence[str] | None, settings: Settings) -> tuple[list[Source], list[Collected]]:
    folders_by_name, refused = source_folders(settings)
    for name in names or ():
        if name not in folders_by_name:
            near = difflib.get_close_matches(name, folders_by_name, n=1, cutoff=0)[0]
            raise UsageError(
                f"{name}: no such source; did you mean {near}? There are: {', '.join(sorted(folders_by_name))}"
            )
    reports = [Collected(Path(error.source).name, refused=[error]) for error in refused if names is None]
    sources = []
    for name in dict.fromkeys(names if names is not None else sorted(folders_by_name)):
        try:
            source = read_source(folders_by_name[name])
        except InputRefusedError as error:
            reports.append(Collected(name, refused=[error]))
            continue
        if names is not None or source.is_on(settings):
            sources.append(source)
    return sources, reports


def _unmet(source: Source, settings: Settings) -> str:
    """Return why the source cannot be asked with these settings, or nothing."""
    if "contact" in source.spec.needs and not settings.contact.strip():
        return "needs a contact in the user agent; set LOADPATH_CONTACT to your name and mail address"
    if source.spec.turned_on in ("always", "never") or source.is_on(settings):
        return ""
    return f"is turned on by {source.spec.turned_on}, which is not set"


def _started(source: Source, context: Context, reason: str) -> list[Found]:
    """Return where the source begins; raise InputRefusedError for ``reason``, or where its own reader fails."""
    if reason:
        raise InputRefusedError(source.name, reason)
    try:
        return list(source.start(context))
    except LoadpathError:
        raise
    except Exception as error:  # (a user's own reader may raise anything)
        reason = f"its start(context) fails: {type(error).__name__}: {error}"
        raise InputRefusedError(source.name, reason) from None


def _context(source: Source, settings: Settings) -> Context:
    ciks: dict[str, str] = {}
    for org in load_registry().organizations.values():
        if org.cik:
            ciks |= {ticker.upper(): org.cik for ticker in (*org.tickers, org.cik)}
    return Context(source.spec, source.folder, settings, datetime.now(UTC).date(), ciks)


def collect_targets(
    targets: Iterable[str],
    settings: Settings,
    publisher: str = "",
    published: str = "",
    progress: Callable[[str], None] = lambda _: None,
) -> Collected:
    """Bring files, folders and addresses into the archive; refused ones are listed, the others done."""
    archive, report = Archive(settings.archive), Collected(BY_HAND)
    targets = list(targets)
    paths = [t for t in targets if not inputs.is_address(t)]
    for path in inputs.read_all(paths, report.refused):
        _bring(path, archive, report, publisher, published)
        progress(str(path))
    if addresses := list(filter(inputs.is_address, targets)):
        from pipelines.fetch.http import Web

        source = Source(BY_HAND, SHIPPED, _BY_HAND, no_links, no_links)
        links = [Link(address, publisher=publisher, published=published) for address in addresses]
        with Web(settings, archive) as web:
            Walk(source, _context(source, settings), web, archive, report=report).run(links)
    return report


def _bring(path: Path, archive: Archive, report: Collected, publisher: str, published: str) -> None:
    try:
        found = inputs.read_file(path)
    except InputRefusedError as error:
        report.refused.append(error)
        return
    sha256, now = sha256_hex(found.data), datetime.now(UTC).isoformat(timespec="microseconds")
    fetch = Fetch(found.url, found.name, sha256, now, 200, BY_HAND, publisher, published)
    wrote = archive.keep(found.data, fetch)
    report.wrote |= wrote
    report.new += wrote
    report.unchanged += not wrote
    report.sha256s.append(sha256)
