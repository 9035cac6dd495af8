"""One writer a home. What belongs here: the lock that refresh, add, demo and the job hold, and saying who holds it.

The lock lies among the temporary files, not in the home: a refresh that finds nothing new writes nothing there.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pipelines.fetch.limits import shared_folder


@contextmanager
def writing(home: Path, say: Callable[[str], None] = lambda _: None) -> Iterator[None]:
    """Hold the lock of ``home``, waiting for it as long as it takes; ``say`` is told once who holds it.

    A process that holds it already may enter again.
    """
    key = hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:16]
    path = shared_folder() / f"home-{key}.lock"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    holder = path.with_suffix(".pid")
    lock = FileLock(path, is_singleton=True, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        who = holder.read_text(encoding="utf-8").strip() if holder.exists() else "unknown"
        say(f"{home}: process {who} is writing there; waiting for it to end (Ctrl-C stops waiting)")
        lock.acquire()
    try:
        holder.write_text(f"{os.getpid()}\n", encoding="utf-8")
        yield
    finally:
        lock.release()
