"""Many documents: one guarded function mapped over them. What belongs here: processes, time limits, order of results.

Documents are parsed and mined in child processes only, with one worker too: native code can be stopped in no other way. A document
that raises, hangs or kills its process costs one refusal and nothing else. Results come in the order of the input, whatever the
number of workers.
"""

import atexit
import time
from collections.abc import Callable, Iterator
from concurrent.futures import TimeoutError as Overtime
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from graph.errors import InputRefusedError, LoadpathError
from pipelines.records import Claim, Document

if TYPE_CHECKING:
    from pebble import ProcessFuture, ProcessPool

# A 5 MB filing takes about 3 s; what takes longer than this hangs.
SECONDS_A_DOCUMENT = 120

T = TypeVar("T")
Found = list[Claim] | InputRefusedError


@dataclass(frozen=True, slots=True)
class Extracted:
    """The claims of one document, or why it gave none, and the seconds of CPU that it took (0 for a refusal)."""

    path: Path
    found: Found
    seconds: float


def claims_of(path: Path, load: Callable[[Path], Document], model: str) -> tuple[list[Claim], float]:
    """Return the claims of the document that ``load`` reads from ``path``, and the seconds of CPU that took."""
    from pipelines.nlp.extract import extract_claims
    from pipelines.nlp.tools import tools

    made = tools(model)
    begun = time.process_time()
    claims = extract_claims(load(path), made.ontology, made.registry, made.nlp)
    return claims, time.process_time() - begun


def extract_all(
    paths: list[Path],
    load: Callable[[Path], Document],
    jobs: int,
    model: str,
    limit: float = SECONDS_A_DOCUMENT,
) -> Iterator[Extracted]:
    """Yield what each of ``paths`` gave, in their order; a document gets ``limit`` seconds.

    ``load`` must be importable by a child process.
    """
    tasks = [(str(path), (path, load, model)) for path in paths]
    for path, given in zip(paths, guarded(claims_of, tasks, jobs, limit), strict=True):
        yield Extracted(path, given, 0.0) if isinstance(given, InputRefusedError) else Extracted(path, *given)


def guarded(
    action: Callable[..., T], tasks: list[tuple[str, tuple[Any, ...]]], jobs: int, limit: float = SECONDS_A_DOCUMENT
) -> Iterator[T | InputRefusedError]:
    """Yield what ``action`` returns for the arguments of each of ``tasks``, in their order, or why it refused the input.

    A task is the name of its input and the arguments; it gets ``limit`` seconds. ``action`` must be importable by a child process.
    """
    if not tasks:
        return
    # More workers than documents would load the parser for nothing.
    workers = min(jobs, len(tasks))
    pool = _pool(workers)
    waiting = [(name, pool.schedule(action, args=arguments, timeout=limit)) for name, arguments in tasks]
    try:
        for name, future in waiting:
            found: T | InputRefusedError = _result(future, name, limit)
            yield found
    finally:
        # Who stops asking stops the workers: a running task that is only cancelled gets a new worker in its place.
        if not all(future.done() for _, future in waiting):
            _stop(workers)


_POOLS: dict[int, "ProcessPool"] = {}


def _pool(workers: int) -> "ProcessPool":
    """Return the pool of this process with so many workers; it is kept, since each worker loads the parser once."""
    from multiprocessing import get_context

    from pebble import ProcessPool

    if workers not in _POOLS:
        _POOLS[workers] = ProcessPool(max_workers=workers, context=get_context("spawn"))
        atexit.register(_stop, workers)
    return _POOLS[workers]


def _stop(workers: int) -> None:
    if pool := _POOLS.pop(workers, None):
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _result(future: "ProcessFuture[Any]", name: str, limit: float) -> Any:
    try:
        return future.result()
    except InputRefusedError as error:
        return error
    except Overtime:
        return InputRefusedError(name, f"took longer than {limit:g} s")
    except LoadpathError:
        raise
    except Exception as error:
        return InputRefusedError(name, f"reader failed: {type(error).__name__}: {error}")
