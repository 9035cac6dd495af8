"""Raw stage: what sources and people give, into the archive. What belongs here: bringing in and reporting.

What does not: how bytes are found (``inputs``, ``http``) or kept (``archive``).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import yaml

from graph.errors import InputRefusedError, UsageError
from pipelines.fetch import inputs
from pipelines.fetch.archive import Archive, Fetch
from pipelines.fetch.inputs import Input
from pipelines.ids import sha256_hex
from pipelines.settings import Settings

SOURCES = Path(__file__).parent.parent / "sources"


@dataclass(slots=True)
class Collected:
    """What one collection brought: hashes of all inputs, how many were new, and what was refused with its reason."""

    sha256s: list[str] = field(default_factory=list)
    new: int = 0
    refused: list[InputRefusedError] = field(default_factory=list)


def source_names() -> list[str]:
    """Return the names of the shipped sources, in order."""
    return sorted(p.parent.name for p in SOURCES.glob("*/source.yml"))


def collect_source(name: str, settings: Settings) -> Collected:
    """Bring the documents of a shipped source into the archive; raise UsageError when there is no such source."""
    if name not in source_names():
        raise UsageError(f"{name}: no such source; there are: {', '.join(source_names())}")
    description = yaml.safe_load((SOURCES / name / "source.yml").read_text(encoding="utf-8"))
    archive, result = Archive(settings.archive), Collected()
    for path in sorted((SOURCES / name).glob(description["files"])):
        found = inputs.read_file(path)
        shipped = Input(f"{description['address']}{path.name}", f"{name}/{path.name}", found.data)
        _keep(archive, shipped, result, name, description["publisher"], "")
    low, high = description["volume"]["min"], description["volume"]["max"]
    if not low <= len(result.sha256s) <= high:
        raise InputRefusedError(name, f"{len(result.sha256s)} documents, expected {low} to {high}")
    return result


def collect_targets(
    targets: Iterable[str],
    settings: Settings,
    publisher: str = "",
    published: str = "",
    progress: Callable[[str], None] = lambda _: None,
) -> Collected:
    """Bring files, folders and addresses into the archive; refused ones are listed, the others done."""
    archive, result = Archive(settings.archive), Collected()
    targets = list(targets)
    paths = [t for t in targets if not inputs.is_address(t)]
    for path in inputs.read_all(paths, result.refused):
        _bring(lambda path=path: inputs.read_file(path), archive, result, publisher, published)  # type: ignore[misc]
        progress(str(path))
    addresses = list(filter(inputs.is_address, targets))
    if addresses:
        _collect_addresses(addresses, settings, archive, result, publisher, published)
    return result


def _collect_addresses(
    urls: list[str], settings: Settings, archive: Archive, result: Collected, publisher: str, published: str
) -> None:
    from pipelines.fetch.http import Web
    from pipelines.fetch.request import Request, WebRefusedError

    with Web(settings, archive) as web:
        for url in urls:
            fetched_at = datetime.now(UTC).isoformat(timespec="microseconds")
            outcome = Fetch(url, "", "", fetched_at, 0, "added", publisher, published)
            try:
                answer = web.get(Request(url, "added"))
            except WebRefusedError as error:
                result.refused.append(error)
                archive.record(replace(outcome, status=error.status, reason=error.reason, robots=error.robots))
                continue
            outcome = replace(
                outcome,
                name=answer.name,
                status=answer.status,
                etag=answer.etag,
                last_modified=answer.last_modified,
                robots=answer.robots,
            )
            held = archive.held(url)
            if answer.body is not None:
                sha256 = sha256_hex(answer.body)
                result.new += archive.keep(answer.body, replace(outcome, sha256=sha256))
                result.sha256s.append(sha256)
            elif answer.status == 304 and held:
                result.sha256s.append(held.sha256)
            else:
                result.refused.append(InputRefusedError(url, f"answers {answer.status}"))
                archive.record(replace(outcome, reason=f"answers {answer.status}"))


def _bring(get: Callable[[], Input], archive: Archive, result: Collected, publisher: str, published: str) -> None:
    try:
        found = get()
    except InputRefusedError as error:
        result.refused.append(error)
        return
    _keep(archive, found, result, "added", publisher, published)


def _keep(archive: Archive, found: Input, result: Collected, source: str, publisher: str, published: str) -> None:
    sha256 = sha256_hex(found.data)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    fetch = Fetch(found.url, found.name, sha256, now, 200, source, publisher, published)
    result.new += archive.keep(found.data, fetch)
    result.sha256s.append(sha256)
