"""A source that is a folder of files. What belongs here: finding, archiving, and noticing what disappeared.

What does not: reading content, or folders named by hand (``inputs`` finds their files).
"""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from graph.errors import InputRefusedError
from pipelines.fetch import inputs
from pipelines.fetch.archive import Archive, Fetch
from pipelines.fetch.report import Collected, Progress
from pipelines.fetch.source import Files, Source
from pipelines.ids import sha256_hex
from pipelines.settings import Settings

GONE = 410


def collect(source: Source, settings: Settings, archive: Archive, progress: Progress) -> Collected:
    """Archive every file of the source's folder; a file that is no longer there is gone at once, unlike a web page."""
    report = Collected(source.name)
    files = source.spec.files or Files(folder=".", pattern="*")
    folder = settings.inbox if files.folder == "{inbox}" else source.folder / files.folder
    if not folder.is_dir():
        # A folder that is missing altogether (a drive that is not there) says nothing about its files.
        if "LOADPATH_INBOX" in settings.given or files.folder != "{inbox}":
            report.refused.append(InputRefusedError(str(folder), "no such folder"))
        return report
    paths = sorted(p for p in folder.glob(files.pattern) if p.is_file() and not _hidden(p.relative_to(folder)))
    if len(paths) > source.spec.volume.max:
        report.notes.append(f"more than {source.spec.volume.max} files: the rest is not read (volume in source.yml)")
    seen = set()
    for number, path in enumerate(paths, 1):
        address = files.address + path.relative_to(folder).as_posix() if files.address else path.absolute().as_uri()
        seen.add(address)
        if number <= source.spec.volume.max:
            _bring(path, address, source, archive, report)
            progress(report, len(paths) - number)
    _close_missing(seen, folder, source, archive, report)
    _check_volume(source, report)
    return report


def _bring(path: Path, address: str, source: Source, archive: Archive, report: Collected) -> None:
    now, held = _now(), archive.held(address)
    nothing = Fetch(address, str(path), "", now, 0, source.name)
    try:
        found = inputs.read_file(path)
    except InputRefusedError as error:
        report.refused.append(error)
        report.wrote |= archive.record(replace(nothing, reason=error.reason))
        return
    sha256 = sha256_hex(found.data)
    name = f"{source.name}/{Path(found.name).name}" if source.spec.files and source.spec.files.address else found.name
    fetch = replace(nothing, name=name, sha256=sha256, status=200, publisher=source.spec.publisher)
    report.wrote |= archive.keep(found.data, fetch)
    report.sha256s.append(sha256)
    report.new += held is None
    report.changed += held is not None and held.sha256 != sha256
    report.unchanged += held is not None and held.sha256 == sha256


def _close_missing(seen: set[str], folder: Path, source: Source, archive: Archive, report: Collected) -> None:
    here = source.spec.files.address if source.spec.files and source.spec.files.address else folder.absolute().as_uri()
    for address, last in sorted(archive.latest().items()):
        if last.source == source.name and address not in seen and address.startswith(here) and archive.held(address):
            gone = Fetch(address, last.name, "", _now(), GONE, source.name)
            wrote = archive.record(gone)
            report.wrote |= wrote
            report.vanished += [address] * wrote
            # The absence of a file is certain, that of a page is not: no second look is needed.
            report.wrote |= archive.record(replace(gone, fetched_at=_now()))


def _check_volume(source: Source, report: Collected) -> None:
    if len(report.sha256s) < source.spec.volume.min:
        reason = f"{len(report.sha256s)} documents, expected at least {source.spec.volume.min} (volume in source.yml)"
        report.refused.append(InputRefusedError(source.name, reason))


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
