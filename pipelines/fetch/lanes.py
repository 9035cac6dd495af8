"""Many requests at once, fair to hosts. What belongs here: threads and their end. What does not: requests (``http``).

Each host has a few lanes, threads that take its links in order, so that a slow host holds up no other. The threads are
daemons: Ctrl-C ends the process at once, and whatever was acknowledged is in the archive.
"""

import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

LANES_PER_HOST = 4
LANES = 24


@dataclass(frozen=True, slots=True)
class Done(Generic[T, R]):
    """One task and what came of it: its result, or the exception that it raised."""

    task: T
    result: R | None
    error: BaseException | None


def run(
    tasks: Sequence[T], host_of: Callable[[T], str], work: Callable[[T], R], waiting: Callable[[int], None]
) -> Iterator[Done[T, R]]:
    """Yield each task as it is done, in no order; ``waiting`` is told every second how many are missing."""
    by_host: dict[str, deque[T]] = defaultdict(deque)
    for task in tasks:
        by_host[host_of(task)].append(task)
    # The first lane of every host comes before the second of any.
    lanes: deque[deque[T]] = deque()
    for number in range(LANES_PER_HOST):
        lanes.extend(queue for queue in by_host.values() if len(queue) > number)
    results: SimpleQueue[Done[T, R]] = SimpleQueue()
    stopped = threading.Event()

    def drain() -> None:
        while not stopped.is_set():
            try:
                queue = lanes.popleft()
            except IndexError:
                return
            _drain(queue, work, results, stopped)

    for _ in range(min(LANES, len(lanes))):
        threading.Thread(target=drain, daemon=True).start()
    try:
        missing = len(tasks)
        while missing:
            try:
                done = results.get(timeout=1.0)
            except Empty:
                waiting(missing)
                continue
            missing -= 1
            yield done
    finally:
        stopped.set()


def _drain(queue: deque[T], work: Callable[[T], R], results: SimpleQueue[Done[T, R]], stopped: threading.Event) -> None:
    while not stopped.is_set():
        try:
            task = queue.popleft()
        except IndexError:
            return
        try:
            results.put(Done(task, work(task), None))
        except BaseException as error:  # (handed to the caller, who decides)
            results.put(Done(task, None, error))
