"""``loadpath extract``: files to JSON lines without state. What belongs here: paths, order, timings. No reading of its own."""

import json
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
    for each in extract_all(paths, partial(load_file, root=root), jobs, model):
        if isinstance(each.found, InputRefusedError):
            refused.append(each.found)
            continue
        doc = doc_name(each.path, root)
        for claim in each.found:
            yield json.dumps(gold_record(claim, doc), ensure_ascii=False) + "\n"
        if timings:
            say(f"{doc}: {len(each.found)} claims, {each.seconds:.2f} s CPU")
