"""Text that is meant to break the extractor: it gives plain claims, or one refusal with the reason; nothing crashes or hangs."""

import hashlib
from functools import partial

import pytest

from graph.errors import InputRefusedError
from pipelines.cli.extracting import load_file
from pipelines.nlp.extract import extract_claims
from pipelines.nlp.pool import extract_all
from pipelines.parse.read import read_document
from tests.faults.hostile import SENTENCE, documents

# Far above what any of these takes beside others on a busy machine.
LIMIT_S = 60
# What a reader may say of them; any other reason means that it did not see it coming.
FORESEEN = ("the file is empty", "binary, not text", "not UTF-8", "the HTML parser stops")


def hang(path):
    """Stay in C, where neither a signal nor an exception reaches."""
    hashlib.pbkdf2_hmac("sha256", b"", b"", 10**10)


def crash(path):
    """End the process as a fault in C does."""
    import os

    os.abort()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    for name, data in documents().items():
        (folder / name).write_bytes(data)
    (folder / "plain.md").write_text("# Report\n\n" + SENTENCE)
    return folder


def test_each_document_gives_plain_claims_or_one_reason(folder):
    paths = sorted(folder.iterdir())
    results = list(extract_all(paths, partial(load_file, root=folder), 1, "", LIMIT_S))

    assert [each.path for each in results] == paths
    refused = {each.path.name: each.found.reason for each in results if isinstance(each.found, InputRefusedError)}
    assert {name: reason for name, reason in refused.items() if not reason.startswith(FORESEEN)} == {}
    assert set(refused) == {"empty.md", "nul.md", "wrong bytes.md", "nested list.html"}


def test_instructions_in_a_text_are_words_like_any_other(folder, nlp):
    from graph.model import load_ontology, load_registry

    text = (folder / "instructions.md").read_bytes()
    with_them = extract_claims(read_document(text, "a.md"), load_ontology(), load_registry(), nlp)
    plain = extract_claims(
        read_document((folder / "plain.md").read_bytes(), "a.md"), load_ontology(), load_registry(), nlp
    )

    said = {(c.subject.name, c.predicate, c.object.name) for c in plain}
    assert said and said <= {(c.subject.name, c.predicate, c.object.name) for c in with_them}
    assert {(c.subject.name, c.predicate, c.object.name) for c in with_them if c.tier == "fact"} <= said


def test_a_hang_or_a_crash_in_c_costs_one_refusal_with_one_worker_too(folder):
    plain = folder / "plain.md"
    read = partial(load_file, root=folder)
    # The worker has its parser before the short limit counts.
    (before,) = extract_all([plain], read, 1, "", LIMIT_S)
    (hung,) = extract_all([plain], hang, 1, "", 2)
    (crashed,) = extract_all([plain], crash, 1, "", LIMIT_S)
    (after,) = extract_all([plain], read, 1, "", LIMIT_S)

    assert hung.found.reason == "took longer than 2 s"
    assert crashed.found.reason.startswith("reader failed: ProcessExpired")
    assert before.found and after.found == before.found
