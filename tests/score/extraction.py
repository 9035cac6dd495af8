"""Claims of annotated documents as records. What belongs here: running the extractor as the command line does."""

from functools import partial
from pathlib import Path

from pipelines.cli.extracting import doc_name, load_file
from pipelines.nlp.pool import extract_all
from pipelines.nlp.record import gold_record
from tests.score.gold import SHARED, corpus_path
from tests.score.judging import Record


def records_of(documents: list[str], shared: Path = SHARED, jobs: int = 1) -> list[Record]:
    """Return the claims of ``documents`` in their order; raise the refusal of a document that cannot be read."""
    root = shared / "corpus"
    paths = [corpus_path(document, shared) for document in documents]
    records = []
    for each in extract_all(paths, partial(load_file, root=root), jobs, ""):
        if isinstance(each.found, Exception):
            raise each.found
        doc = doc_name(each.path, root)
        records += [gold_record(claim, doc) | {"parts": claim.confidence_parts} for claim in each.found]
    return records
