"""The archive: immutable bytes by content hash, and the fetch log. What belongs here: keeping and finding bytes.

What does not: reading their content, or asking the network for them (``http``) or the disk (``inputs``).
Bytes lie gzipped at ``objects/<first two digits>/<sha256>.gz``; the log is JSON lines, one an outcome that differs from
the one before for its address. What is acknowledged is on disk: object, then its line, each synced. A kill between the
two leaves an object without a line, which the next fetch of the document finds and names.

Threads and processes may write at once. One lock guards each write, and what another process appended is read before
deciding what is news. The order of lines means nothing: readers order by address and time.
"""

import gzip
import json
import os
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from graph.errors import GateError
from pipelines.fetch.address import redact
from pipelines.ids import sha256_hex

GONE = (404, 410)
GONE_ONCE, GONE_TWICE = "gone", "gone twice: closed"
LOCK_SECONDS = 60.0
# Gzip without name, flags and time, which no checksum covers; then the compression's level and the system, as zlib's versions write them.
_HEADER = bytes([0x1F, 0x8B, 8, 0, 0, 0, 0, 0])
_WRITERS = (b"\x00\x03", b"\x00\xff", b"\x02\xff", b"\x00\x13")


@dataclass(frozen=True, slots=True)
class Fetch:
    """One outcome for one address: what came, when, under which rules, and what is known of it from outside of its bytes.

    ``name`` is the file's name or URL path (a hint for its type); ``fetched_at`` and ``published`` are ISO 8601, empty
    where unknown. ``status`` is that of HTTP, 0 where no answer came. ``sha256`` is empty where nothing was brought;
    then ``reason`` says why. ``role`` is document, index (lists documents) or robots. ``robots`` is the decision.
    """

    url: str
    name: str
    sha256: str
    fetched_at: str
    status: int
    source: str
    publisher: str = ""
    published: str = ""
    title: str = ""
    role: str = "document"
    etag: str = ""
    last_modified: str = ""
    robots: str = ""
    reason: str = ""


class Archive:
    """A folder of objects and its fetch log; one instance may be used by many threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "fetches.jsonl"
        self._partial = folder / "partial"
        self._threads = threading.RLock()
        self._processes = FileLock(folder / "fetches.lock", timeout=LOCK_SECONDS, thread_local=False)
        self._read_to = self._lines = 0
        self._latest: dict[str, Fetch] = {}
        self._held: dict[str, Fetch] = {}
        self._answered: dict[str, Fetch] = {}

    def keep(self, data: bytes, fetch: Fetch) -> bool:
        """Keep ``data`` under its hash and log the fetch; return False when both were already there as they are."""
        new = self._write_object(data, fetch.sha256)
        return self.record(fetch) or new

    def record(self, fetch: Fetch) -> bool:
        """Log an outcome, where it differs from the last one of its address; return whether a line was written.

        404 and 410 of an address that once brought bytes are ``gone`` the first time and ``gone twice: closed`` the
        next, whatever failed in between; then they are no news. An outcome never precedes in time the one that it
        follows.
        """
        fetch = replace(fetch, url=redact(fetch.url))
        with self._threads:
            if not self._news(fetch, self.latest().get(fetch.url)):
                return False
            with self._writing():
                before = self.latest().get(fetch.url)
                if not self._news(fetch, before):
                    return False
                self._append(self._following(fetch, before))
        return True

    def has(self, sha256: str) -> bool:
        """Return whether bytes of this hash are here."""
        return self._path(sha256).exists()

    def read(self, sha256: str) -> bytes:
        """Return the archived bytes; raise GateError when they are missing or do not match their hash."""
        path = self._path(sha256)
        try:
            packed = path.read_bytes()
            data = gzip.decompress(packed)
        except (OSError, EOFError, ValueError, zlib.error) as error:
            raise GateError(f"{path}: archived bytes cannot be read ({error}); restore the archive") from None
        if sha256_hex(data) != sha256:
            raise GateError(f"{path}: archived bytes do not match their hash; restore the archive")
        if packed[:8] != _HEADER or packed[8:10] not in _WRITERS:
            raise GateError(f"{path}: the first bytes are not as they were written; restore the archive")
        return data

    def objects(self) -> list[str]:
        """Return the hashes of the objects that lie here, whether the log names them or not."""
        return sorted(path.name.removesuffix(".gz") for path in self.folder.glob("objects/??/*.gz"))

    def fetches(self) -> Iterator[Fetch]:
        """Yield the log in the order of address and time; raise GateError for a line that is no fetch."""
        yield from sorted(self._tail(0, 0)[0], key=_order)

    def latest(self) -> dict[str, Fetch]:
        """Return the last outcome of each address, by address; it grows with the log and is not the caller's to change."""
        with self._threads:
            self._catch_up()
            return self._latest

    def held(self, url: str) -> Fetch | None:
        """Return the last fetch of ``url`` that brought bytes, whatever came after it."""
        with self._threads:
            self._catch_up()
            return self._held.get(redact(url))

    def _news(self, fetch: Fetch, before: Fetch | None) -> bool:
        if before is not None and fetch.status in GONE and before.status in GONE:
            return before.reason == GONE_ONCE
        return before is None or _outcome(before) != _outcome(fetch)

    def _following(self, fetch: Fetch, before: Fetch | None) -> Fetch:
        if fetch.status in GONE and self._held.get(fetch.url):
            gone_before = self._answered[fetch.url].status in GONE
            fetch = replace(fetch, reason=GONE_TWICE if gone_before else GONE_ONCE)
        if before is not None and fetch.fetched_at <= before.fetched_at:
            after = datetime.fromisoformat(before.fetched_at) + timedelta(microseconds=1)
            fetch = replace(fetch, fetched_at=after.isoformat(timespec="microseconds"))
        return fetch

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            with self._threads, self._processes:
                yield
        except Timeout:
            raise GateError(
                f"{self.folder / 'fetches.lock'}: another process has held the archive for {LOCK_SECONDS:.0f} s; "
                "end it (a stopped refresh or add) and try again"
            ) from None

    def _write_object(self, data: bytes, sha256: str) -> bool:
        path = self._path(sha256)
        if path.exists():
            return False
        packed = gzip.compress(data, 6, mtime=0)
        with self._writing():
            if path.exists():
                return False
            path.parent.mkdir(parents=True, exist_ok=True)
            # Whatever lies at this name while we hold the lock was left by a killed process.
            with self._partial.open("wb") as partial:
                partial.write(packed)
                _sync(partial.fileno())
            self._partial.replace(path)
            _sync_folder(path.parent)
            _sync_folder(path.parent.parent)
        return True

    def _append(self, fetch: Fetch) -> None:
        line = json.dumps(asdict(fetch), ensure_ascii=False, sort_keys=True) + "\n"
        created = not self.log.exists()
        with self.log.open("ab") as log:
            # A line that a kill cut short was never acknowledged, and its fetch is done again.
            log.truncate(self._read_to)
            log.write(line.encode("utf-8", "backslashreplace"))  # half a character is written as JSON escapes it
            log.flush()
            _sync(log.fileno())
        if created:
            _sync_folder(self.folder)
        self._catch_up()

    def _catch_up(self) -> None:
        """Read the lines that were appended since the last look, by this process or another."""
        size = self.log.stat().st_size if self.log.exists() else 0
        if size == self._read_to:
            return
        if size < self._read_to:
            self._read_to = self._lines = 0
            self._latest, self._held, self._answered = {}, {}, {}
        fetches, length = self._tail(self._read_to, self._lines)
        self._read_to += length
        self._lines += len(fetches)
        for fetch in fetches:
            _later(self._latest, fetch)
            if fetch.sha256:
                _later(self._held, fetch)
            if fetch.sha256 or fetch.status in GONE:
                _later(self._answered, fetch)

    def _tail(self, start: int, lines: int) -> tuple[list[Fetch], int]:
        """Return the whole lines from byte ``start`` on (``lines`` stand before it), and their length in bytes."""
        if not self.log.exists():
            return [], 0
        with self.log.open("rb") as log:
            log.seek(start)
            text = log.read()
        text = text[: text.rfind(b"\n") + 1]
        return [self._fetch(line, lines + i) for i, line in enumerate(text.splitlines(), 1)], len(text)

    def _fetch(self, line: bytes, number: int) -> Fetch:
        try:
            return Fetch(**json.loads(line))
        except (ValueError, TypeError):
            raise GateError(
                f"{self.log}:{number}: this line is no fetch; restore the archive, or take it out"
            ) from None

    def _path(self, sha256: str) -> Path:
        return self.folder / "objects" / sha256[:2] / f"{sha256}.gz"


def _order(fetch: Fetch) -> tuple[str, str, str, int, str]:
    return fetch.url, fetch.fetched_at, fetch.sha256, fetch.status, repr(fetch)


def _later(known: dict[str, Fetch], fetch: Fetch) -> None:
    before = known.get(fetch.url)
    if before is None or _order(before) < _order(fetch):
        known[fetch.url] = fetch


def _outcome(fetch: Fetch) -> tuple[str | int, ...]:
    given = fetch.publisher, fetch.published, fetch.title
    return fetch.status, fetch.sha256, fetch.etag, fetch.last_modified, fetch.role, fetch.reason, *given


def _sync(descriptor: int) -> None:
    os.fsync(descriptor)


def _sync_folder(folder: Path) -> None:
    """Make a new name in ``folder`` outlive a power cut; where folders cannot be opened, the system does without."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
