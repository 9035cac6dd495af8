"""How often a host is asked, over all threads and processes. What belongs here: turns, pauses and waiting for them.

What does not: requests. A turn of a key (a host, or a group of hosts) is had when fewer than its number of requests are
under way or ended within its window. A server counts a request between its start and its end here, so that no window of
that length at the server ever holds more, however late or bunched requests arrive on the way. Turns are also spaced.

The state is one small file under a file lock, held for microseconds and never while waiting. The kernel frees the lock
of a killed process, and its requests count as ended. Times are of the monotonic clock, which all processes of a machine
share and which never goes back while the machine is up; a state from before a restart is thrown away.
"""

import itertools
import json
import math
import os
import tempfile
import threading
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from filelock import FileLock, Timeout

from graph.errors import GateError, LoadpathError, UsageError

DEFAULT_RATE = 1.0
# A window is a little longer than its second, against clocks that tick apart.
WINDOW_SECONDS, MARGIN = 1.0, 0.02
MAX_PAUSE_SECONDS = 120.0
# No exchange lives longer than this: what is still under way then is of a process whose number went to another.
FORGOTTEN_SECONDS = 180.0
IDLE_SECONDS = 3600.0
LOCK_SECONDS = 60.0
POLL_SECONDS = 0.05
MAX_STATE_BYTES = 1 << 20
# Tells this process from a dead one that had the same number.
_PROCESS = uuid.uuid4().hex
_numbers = itertools.count()


def shared_folder() -> Path:
    """Return the folder that all homes of this user share on this machine, so that their limits are one.

    It lies among the temporary files: a run that finds nothing new writes nothing in its home.
    """
    user = os.getuid() if hasattr(os, "getuid") else "user"
    return Path(tempfile.gettempdir()) / f"loadpath-{user}"


class PausedError(Exception):
    """The host asked for a pause that is not waited for."""


class StoppedError(LoadpathError):
    """The run was stopped while this request waited."""


class _Entry(TypedDict):
    """One key's state: requests under way by token and start, recent ends, latest start, end of the pause."""

    busy: dict[str, float]
    ended: list[float]
    last: float
    paused: float


@dataclass(frozen=True, slots=True)
class Turn:
    """The right to one request now, under ``keys``; given back when the request has ended."""

    keys: tuple[str, ...]
    token: str


class Limits:
    """The turns of all hosts, shared by everything that uses the same ``folder``."""

    def __init__(
        self, folder: Path, max_pause: float = MAX_PAUSE_SECONDS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (folder / "limits.lock").touch()
        except OSError as error:
            raise UsageError(f"{folder}: cannot be written ({error.strerror}); TMPDIR can name another place") from None
        self._file = folder / "limits.json"
        self._lock = FileLock(folder / "limits.lock", timeout=LOCK_SECONDS, thread_local=False)
        self._threads = threading.Lock()
        self._queues: dict[str, threading.Lock] = defaultdict(threading.Lock)
        self._max_pause = max_pause
        self._clock = clock
        self._stopped = threading.Event()

    def stop(self) -> None:
        """End all waits, now and later, with StoppedError."""
        self._stopped.set()

    def sleep(self, seconds: float) -> None:
        """Wait; raise StoppedError when the run is stopped meanwhile."""
        if self._stopped.wait(seconds):
            raise StoppedError("stopped; what was fetched is kept, and the next run goes on from there")

    @contextmanager
    def turn(self, keys: Sequence[str], rate: float | None) -> Iterator[None]:
        """Wait for a turn under every one of ``keys`` at ``rate`` requests a second, and hold it.

        Raises PausedError at once where a pause goes on for longer than is waited for.
        """
        turn = self._wait(tuple(keys), rate or DEFAULT_RATE)
        try:
            yield
        finally:
            self._end(turn)

    def pause(self, keys: Sequence[str], seconds: float) -> None:
        """Let nobody have a turn under ``keys`` for ``seconds`` from now (at most a day)."""
        with self._state() as state:
            until = self._clock() + min(seconds, 86400.0)
            for key in keys:
                entry = state.setdefault(key, _new())
                entry["paused"] = max(entry["paused"], until)

    def _wait(self, keys: tuple[str, ...], rate: float) -> Turn:
        # One thread a key waits by the clock, the others for it, which costs nothing.
        with ExitStack() as queues:
            for key in sorted(keys):
                with self._threads:
                    queue = self._queues[key]
                queues.enter_context(queue)
            while True:
                seconds, turn = self._try(keys, rate)
                if turn is not None:
                    return turn
                self.sleep(seconds)

    def _try(self, keys: tuple[str, ...], rate: float) -> tuple[float, Turn | None]:
        if self._stopped.is_set():
            self.sleep(0)
        with self._state() as state:
            now = self._clock()
            entries = [state.setdefault(key, _new()) for key in keys]
            wait = max(self._wait_of(entry, rate, now) for entry in entries)
            if wait > 0:
                return wait, None
            turn = Turn(keys, f"{os.getpid()}:{_PROCESS}:{next(_numbers)}")
            for entry in entries:
                entry["busy"][turn.token] = now
                entry["last"] = now
        return 0, turn

    def _wait_of(self, entry: _Entry, rate: float, now: float) -> float:
        """Return the seconds until ``entry`` may have a turn; the end of a request under way is looked for in steps."""
        if entry["paused"] - now > self._max_pause:
            raise PausedError
        number, window = max(1, math.floor(rate)), max(WINDOW_SECONDS, 1 / rate) + MARGIN
        spaced = entry["last"] + 1 / rate - now
        full = len(entry["busy"]) + sum(now - end < window for end in entry["ended"]) - number + 1
        if full <= 0:
            return max(entry["paused"] - now, spaced)
        _end_dead(entry, now)
        recent = sorted(end for end in entry["ended"] if now - end < window)
        freed = recent[full - 1] + window - now if full <= len(recent) else POLL_SECONDS
        return max(entry["paused"] - now, spaced, freed, 0.001)

    def _end(self, turn: Turn) -> None:
        with self._state() as state:
            now = self._clock()
            for key in turn.keys:
                entry = state.setdefault(key, _new())
                entry["busy"].pop(turn.token, None)
                entry["ended"] = [end for end in entry["ended"] if now - end < WINDOW_SECONDS + MARGIN] + [now]

    @contextmanager
    def _state(self) -> Iterator[dict[str, _Entry]]:
        """Give the state to read and change, under the lock of all threads and processes."""
        try:
            with self._threads, self._lock:
                descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
                try:
                    before = os.pread(descriptor, MAX_STATE_BYTES, 0)
                    state = self._current(before)
                    yield state
                    # One write over what was there, never shorter: a kill leaves the old state or the new one.
                    after = json.dumps(state).encode().ljust(len(before))
                    if after != before:
                        os.pwrite(descriptor, after, 0)
                finally:
                    os.close(descriptor)
        except Timeout:
            raise GateError(
                f"{self._lock.lock_file}: another process has held the limits for {LOCK_SECONDS:.0f} s; end it"
            ) from None

    def _current(self, text: bytes) -> dict[str, _Entry]:
        """Return the state without hosts that idle; nothing of one that is broken, or of before a restart."""
        now = self._clock()
        try:
            state: dict[str, _Entry] = json.loads(text or b"{}")
            if any(entry["last"] > now for entry in state.values()):
                return {}
            return {k: e for k, e in state.items() if e["busy"] or max(e["last"] + IDLE_SECONDS, e["paused"]) > now}
        except (ValueError, TypeError, KeyError, AttributeError):
            return {}


def _new() -> _Entry:
    return {"busy": {}, "ended": [], "last": 0.0, "paused": 0.0}


def _end_dead(entry: _Entry, now: float) -> None:
    """Count the requests of processes that are no more, and forgotten ones, as ended now."""
    for token, since in list(entry["busy"].items()):
        pid, process, _ = token.split(":")
        if now - since > FORGOTTEN_SECONDS or not _lives(int(pid), process):
            del entry["busy"][token]
            entry["ended"].append(now)


def _lives(pid: int, process: str) -> bool:
    if pid == os.getpid():
        return process == _PROCESS
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
