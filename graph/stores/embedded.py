"""The embedded default: ArcadeDB in a process of its own, reached over Bolt like any Neo4j. What belongs here: its files, start and end.

Below the folder lie published copies of the database, ``1``, ``2``, …, and ``current`` names the one to read. Readers open
that copy read-only and share it. The one writer works on a copy of it, which is published when the store is closed; a load
that is killed leaves the published copy as it was. A copy that nobody reads any more is removed by the next writer.
"""

import fcntl
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from graph.errors import GraphUnreachableError, NothingFoundError
from graph.stores import engine
from graph.stores.bolt import GraphStore, Login
from graph.stores.engine import DATABASE, READER, WRITER
from graph.stores.limits import Limits


def open_embedded(folder: Path, limits: Limits, writing: bool) -> GraphStore:
    """Return a store on the graph below ``folder``.

    Raises NothingFoundError where nothing was loaded yet, GraphUnreachableError where the engine does not start or,
    for a writer, another one is at work.
    """
    return GraphStore(Embedded(folder, limits, writing), limits)


class Embedded:
    """The engine's process and the copy that it has open."""

    embedded = True

    def __init__(self, folder: Path, limits: Limits, writing: bool) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._limits = limits
        self._writing = writing
        self._copy, self._lock = _working_copy(folder) if writing else _published(folder)
        self._process: subprocess.Popen[str] | None = None
        self._root: tempfile.TemporaryDirectory[str] | None = None

    @property
    def name(self) -> str:
        """Return the folder, for messages."""
        return str(self._folder)

    def start(self) -> tuple[Login, Login | None]:
        """Start the process; return the login of readers and, for a writer, its own."""
        self._root = tempfile.TemporaryDirectory(prefix="loadpath-graph-", ignore_cleanup_errors=True)
        self._process = subprocess.Popen(
            # -P: what lies beside that file is no library of its.
            [sys.executable, "-P", engine.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            # Ctrl-C is for the caller: it decides whether a copy is published.
            start_new_session=True,
        )
        order = {
            "root": self._root.name,
            "databases": str(self._copy),
            "writing": self._writing,
            "seconds": self._limits.seconds,
        }
        answer = self._say(order, meanwhile=_import_driver)
        if "uri" not in answer:
            self.stop()
            raise GraphUnreachableError(
                f"{self._folder}: the embedded graph cannot start ({answer.get('error', 'its process ended')}); "
                "remove the folder and run `loadpath neo4j load`"
            )
        logins = {name: Login(answer["uri"], name, word, DATABASE) for name, word in answer["passwords"].items()}
        return logins[READER], logins.get(WRITER)

    def why(self, cypher: str) -> str:
        """Return the engine's own words on a query that it refused, empty where it has none."""
        return str(self._say({"cypher": cypher}).get("error", ""))

    def kill(self) -> None:
        """End the process at once; ``start`` makes a new one."""
        if self._process is not None:
            self._process.kill()
        self.stop()

    def close(self) -> None:
        """End the process; publish the copy where it was written."""
        ended = self.stop()
        if self._writing and ended:
            _publish(self._folder, self._copy)
        self._lock.close()

    def stop(self) -> bool:
        """End the process; return whether a writer put everything away."""
        process, self._process = self._process, None
        if process is None:
            return False
        out, _ = process.communicate()
        if self._root is not None:
            self._root.cleanup()
        return "stopped" in out

    def _say(self, order: dict[str, Any], meanwhile: Callable[[], None] = lambda: None) -> dict[str, Any]:
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            return {}
        try:
            process.stdin.write(json.dumps(order) + "\n")
            process.stdin.flush()
            meanwhile()
            return dict(json.loads(process.stdout.readline() or "{}"))
        except OSError:
            return {}


def _import_driver() -> None:
    """Import what takes as long as the engine takes to start, at the same time."""
    import neo4j  # noqa: F401


def _published(folder: Path) -> tuple[Path, IO[str]]:
    """Return the published copy and a shared lock on it, which keeps it from being removed."""
    while True:
        name = _current(folder)
        if not name:
            raise NothingFoundError(f"{folder}: the graph is empty; run `loadpath neo4j load`")
        try:
            lock = (folder / name / "lock").open("a+")
        except FileNotFoundError:
            if _current(folder) == name:
                raise GraphUnreachableError(
                    f"{folder / name}: the graph's files are gone; remove the folder and run `loadpath neo4j load`"
                ) from None
            continue
        fcntl.flock(lock, fcntl.LOCK_SH)
        # Between reading the name and locking, a writer may have published the next one and removed this.
        if (folder / name / "lock").exists():
            return folder / name, lock
        lock.close()


def _working_copy(folder: Path) -> tuple[Path, IO[str]]:
    """Return a copy to write into, made anew from the published one, and the writer's lock."""
    lock = (folder / "writer").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise GraphUnreachableError(f"{folder}: another Loadpath loads the graph; wait for it") from None
    copy = folder / "next"
    shutil.rmtree(copy, ignore_errors=True)
    if name := _current(folder):
        shutil.copytree(folder / name, copy)
    copy.mkdir(exist_ok=True)
    (copy / "lock").touch()
    return copy, lock


def _publish(folder: Path, copy: Path) -> None:
    old = _current(folder)
    new = str(int(old or "0") + 1)
    copy.rename(folder / new)
    name = folder / "current.new"
    name.write_text(new, encoding="utf-8")
    name.replace(folder / "current")
    for path in folder.iterdir():
        if path.name.isdigit() and path.name != new:
            _remove_unread(path)


def _remove_unread(copy: Path) -> None:
    with (copy / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return
        (copy / "lock").unlink()
        shutil.rmtree(copy, ignore_errors=True)


def _current(folder: Path) -> str:
    path = folder / "current"
    return path.read_text(encoding="utf-8") if path.exists() else ""
