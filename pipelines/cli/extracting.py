"""``loadpath extract``: files to JSON lines without state. What belongs here: paths, order, timings. No reading of its own."""

import json
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from graph.errors import InputRefusedError
from pipelines.cli.output import say
from pipelines.fetch.inputs import plain_name, read_all, read_file
from pipelines.nlp.pool import extract_all
from pipelines.nlp.record import gold_record
from pipelines.records import Document


def load_file(path: Path, root: Path) -> Document:
    """Return the document of a file; its name is the path relative to ``root``."""
    from pipelines.parse.read import read_document

    return read_document(read_file(path).data, doc_name(path, root))


def doc_name(path: Path, root: Path) -> str:
    """Return the path relative to ``root`` where it lies below it, without ``.gz``."""
    resolved = path.resolve()
    base = root.resolve()
    return plain_name(resolved.relative_to(base) if resolved.is_relative_to(base) else path)


def claims_of_files(
    targets: list[str], root: Path, jobs: int, model: str, refused: list[InputRefusedError], timings: bool
) -> Iterator[str]:
    """Yield the claims of all files as JSON lines, in the order of files and text; refusals are appended to ``refused``."""
    paths = list(read_all(targets, refused))
    begun = time.process_time()
    for path, found in extract_all(paths, partial(load_file, root=root), jobs, model):
        if isinstance(found, InputRefusedError):
            refused.append(found)
            continue
        doc = doc_name(path, root)
        for claim in found:
            yield json.dumps(gold_record(claim, doc), ensure_ascii=False) + "\n"
        if timings:
            say(f"{doc}: {len(found)} claims, {time.process_time() - begun:.2f} s CPU")
            begun = time.process_time()
