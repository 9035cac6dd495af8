"""The archive: immutable bytes by content hash, and the fetch log. What belongs here: keeping and finding bytes.

What does not: reading their content, or asking the network for them (``http``) or the disk (``inputs``).
Bytes lie gzipped at ``objects/<first two digits>/<sha256>.gz``; the log is JSON lines, one a fetch that brought something new.
"""

import gzip
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from graph.errors import GateError
from pipelines.ids import sha256_hex


@dataclass(frozen=True, slots=True)
class Fetch:
    """One response: where it came from, what came, and what is known of it from outside of its bytes.

    ``name`` is the file's name or URL path (a hint for its type); ``fetched_at`` and ``published`` are ISO 8601, empty
    where unknown.
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


class Archive:
    """A folder of objects and its fetch log."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "fetches.jsonl"
        self._latest: dict[str, Fetch] | None = None

    def keep(self, data: bytes, fetch: Fetch) -> bool:
        """Keep ``data`` under its hash and log the fetch; return False when both were already there as they are."""
        if self._write_object(data, fetch.sha256) | self._is_news(fetch):
            self._append(fetch)
            return True
        return False

    def read(self, sha256: str) -> bytes:
        """Return the archived bytes; raise GateError when they are missing or do not match their hash."""
        path = self._path(sha256)
        try:
            data = gzip.decompress(path.read_bytes())
        except (OSError, EOFError) as error:
            raise GateError(f"{path}: archived bytes cannot be read ({error}); restore the archive") from None
        if sha256_hex(data) != sha256:
            raise GateError(f"{path}: archived bytes do not match their hash; restore the archive")
        return data

    def fetches(self) -> Iterator[Fetch]:
        """Yield the log in order; a last line that a crash cut short is passed over (its fetch is done again)."""
        if not self.log.exists():
            return
        for line in self.log.read_text(encoding="utf-8").splitlines():
            try:
                yield Fetch(**json.loads(line))
            except json.JSONDecodeError:
                continue

    def latest(self) -> dict[str, Fetch]:
        """Return the last fetch of each URL, by URL."""
        if self._latest is None:
            self._latest = {fetch.url: fetch for fetch in self.fetches()}
        return self._latest

    def _is_news(self, fetch: Fetch) -> bool:
        before = self.latest().get(fetch.url)
        return before is None or _content(before) != _content(fetch)

    def _write_object(self, data: bytes, sha256: str) -> bool:
        path = self._path(sha256)
        if path.exists():
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(f".{os.getpid()}.partial")
        partial.write_bytes(gzip.compress(data, 6, mtime=0))
        partial.replace(path)
        return True

    def _append(self, fetch: Fetch) -> None:
        line = json.dumps(asdict(fetch), ensure_ascii=False, sort_keys=True) + "\n"
        torn = self.log.exists() and self.log.stat().st_size and not self.log.read_bytes().endswith(b"\n")
        with self.log.open("a", encoding="utf-8") as log:
            log.write("\n" + line if torn else line)
            log.flush()
            os.fsync(log.fileno())
        self.latest()[fetch.url] = fetch

    def _path(self, sha256: str) -> Path:
        return self.folder / "objects" / sha256[:2] / f"{sha256}.gz"


def _content(fetch: Fetch) -> tuple[str, ...]:
    return fetch.sha256, fetch.publisher, fetch.published, fetch.title
