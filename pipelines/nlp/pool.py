"""Many documents: one guarded function mapped over them. What belongs here: processes, time limits, order of results.

Documents are read in child processes only, with one worker too: a document that raises, hangs or kills its process costs one
refusal and nothing else. Results come in the order of the input, whatever the number of workers.
"""

import atexit
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Overtime
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import InputRefusedError, LoadpathError
from pipelines.records import Claim, Document

if TYPE_CHECKING:
    from pebble import ProcessPool

# A 5 MB filing takes about 3 s; what takes longer than this hangs.
SECONDS_A_DOCUMENT = 120

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
    if not paths:
        return
    # More workers than documents would load the parser for nothing.
    pool = _pool(min(jobs, len(paths)))
    waiting = [(path, pool.schedule(claims_of, args=(path, load, model), timeout=limit)) for path in paths]
    try:
        for path, future in waiting:
            yield _guarded(future, path, limit)
    finally:
        for _, future in waiting:
            future.cancel()  # type: ignore[no-untyped-call]


@cache
def _pool(jobs: int) -> "ProcessPool":
    """Return the pool of this process with so many workers; it is kept, since each worker loads the parser once."""
    from multiprocessing import get_context

    from pebble import ProcessPool

    pool = ProcessPool(max_workers=jobs, context=get_context("spawn"))
    atexit.register(_stop, pool)
    return pool


def _stop(pool: "ProcessPool") -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    pool.join()


def _guarded(future: "Future[tuple[list[Claim], float]]", path: Path, limit: float) -> Extracted:
    try:
        return Extracted(path, *future.result())
    except InputRefusedError as error:
        return Extracted(path, error, 0.0)
    except Overtime:
        return Extracted(path, InputRefusedError(str(path), f"took longer than {limit:g} s"), 0.0)
    except LoadpathError:
        raise
    except Exception as error:
        reason = f"reader failed: {type(error).__name__}: {error}"
        return Extracted(path, InputRefusedError(str(path), reason), 0.0)
