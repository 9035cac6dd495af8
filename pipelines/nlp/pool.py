"""Many documents: one guarded function mapped over them. What belongs here: processes, time limits, order of results.

One child process a worker; a document that raises, hangs or kills its process costs one refusal and nothing else.
Results come in the order of the input, whatever the number of workers.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import TimeoutError as Overtime
from pathlib import Path

from graph.errors import InputRefusedError, LoadpathError
from pipelines.records import Claim, Document

# A 5 MB filing takes about 3 s; what takes longer than this hangs.
SECONDS_A_DOCUMENT = 120

Found = list[Claim] | InputRefusedError


def claims_of(path: Path, load: Callable[[Path], Document], model: str) -> list[Claim]:
    """Return the claims of the document that ``load`` reads from ``path``."""
    from graph.model import load_ontology, load_registry
    from pipelines.nlp.extract import extract_claims
    from pipelines.nlp.pipeline import load_pipeline

    return extract_claims(load(path), load_ontology(), load_registry(), load_pipeline(model))


def extract_all(
    paths: list[Path], load: Callable[[Path], Document], jobs: int, model: str
) -> Iterator[tuple[Path, Found]]:
    """Yield each path with its claims, or with why it gave none. ``load`` must be importable by a child process."""
    if jobs == 1 or len(paths) == 1:
        for path in paths:
            yield path, _guarded(lambda path=path: claims_of(path, load, model), path)  # type: ignore[misc]
        return
    yield from _pooled(paths, load, jobs, model)


def _pooled(paths: list[Path], load: Callable[[Path], Document], jobs: int, model: str) -> Iterator[tuple[Path, Found]]:
    from multiprocessing import get_context

    from pebble import ProcessPool

    with ProcessPool(max_workers=jobs, context=get_context("spawn")) as pool:
        waiting = [
            (path, pool.schedule(claims_of, args=(path, load, model), timeout=SECONDS_A_DOCUMENT)) for path in paths
        ]
        for path, future in waiting:
            yield path, _guarded(future.result, path)


def _guarded(call: Callable[[], list[Claim]], path: Path) -> Found:
    try:
        return call()
    except InputRefusedError as error:
        return error
    except Overtime:
        return InputRefusedError(str(path), f"took longer than {SECONDS_A_DOCUMENT} s")
    except LoadpathError:
        raise
    except Exception as error:
        return InputRefusedError(str(path), f"reader failed: {type(error).__name__}: {error}")
