"""The same bytes give the same claims: in any order of documents, with any number of workers, whatever the hash seed."""

import gzip
import itertools
import os
import subprocess
import sys

import pytest
import spacy

from graph.model import load_ontology, load_registry
from pipelines.nlp.extract import extract_claims
from pipelines.nlp.pipeline import Parses
from pipelines.nlp.reading import Sentence
from pipelines.nlp.sentences import sentences
from pipelines.nlp.version import extractor_version
from pipelines.parse.read import read_document
from tests.conftest import ROOT

DOCUMENTS = {
    "deal.md": "# Acme Cloud and NVIDIA\n\nAcme Cloud, Inc. buys GPUs from NVIDIA and leases halls from Equinix. It competes with "
    "CoreWeave and with Microsoft. TSMC makes NVIDIA’s chips.\n\n## Suppliers\n\n- Vertiv: cooling\n- Dell and Supermicro: racks\n",
    "table.md": "# Who buys\n\n| Supplier | Customer | Capacity |\n| --- | --- | --- |\n| Micron | NVIDIA | 5 MW |\n"
    "| SK hynix | AMD | 7 MW |\n\nMicron sells memory to NVIDIA, AMD and Broadcom.\n",
    "acme-10k.txt": "ACME WIDGETS INC\n\n(Exact name of registrant as specified in its charter)\n\nFORM 10-K\n\nItem 1A. Risk Factors\n\n"
    "We depend on TSMC and on a limited number of suppliers for our wafers. Our customers include Microsoft and Meta. "
    "A shortage of power could harm us. One customer accounted for 12% of revenue in fiscal 2025.\n",
}
FILINGS = (
    "filings/Archives/edgar/data/1045810/000104581025000209/nvda-20250727.htm",
    "filings/Archives/edgar/data/1045810/000104581024000124/nvda-20240428.htm",
)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("documents")
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def extracted(folder, names, jobs, seed):
    """Return the JSON lines of ``loadpath extract`` in a process of its own."""
    code = "from pipelines.cli import main\nif __name__ == '__main__':\n    main()"
    script = folder.parent / "run.py"
    script.write_text(code)
    command = [sys.executable, str(script), "extract", "--root", str(folder), "--jobs", str(jobs)]
    environment = {**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [*command, *(str(folder / name) for name in names)], capture_output=True, cwd=ROOT, env=environment, check=True
    )
    return done.stdout


def test_processes_jobs_and_hash_seeds_give_the_same_bytes(written):
    one = extracted(written, sorted(DOCUMENTS), 1, 1)
    two = extracted(written, sorted(DOCUMENTS), 2, 2)

    assert one == two
    assert one.count(b"\n") >= 10


def test_the_order_of_documents_does_not_matter(nlp):
    def found(names):
        return {n: extract_claims(read_document(DOCUMENTS[n].encode(), n), load_ontology(), load_registry(), nlp) for n in names}  # fmt: skip

    first = found(DOCUMENTS)
    assert all(first.values())
    for names in itertools.permutations(DOCUMENTS):
        assert found(names) == first


def test_two_filings_give_the_same_claims_in_either_order(shared_dir, nlp):
    read = [
        read_document(gzip.decompress((shared_dir / "corpus" / f"{name}.gz").read_bytes()), name) for name in FILINGS
    ]
    runs = [
        {document.sha256: extract_claims(document, load_ontology(), load_registry(), nlp) for document in order}
        for order in (read, read[::-1])
    ]
    assert runs[0] == runs[1]


def test_a_sentence_reads_the_same_alone_and_among_others(shared_dir, nlp):
    document = read_document(gzip.decompress((shared_dir / "corpus" / f"{FILINGS[0]}.gz").read_bytes()), FILINGS[0])
    wanted = [
        Sentence(start, end, [])
        for block in document.blocks
        if block.kind == "paragraph"
        for start, end in sentences(document.text_of(block), block.start)
    ][:300]
    many = Parses(nlp, document.text)
    many.read(wanted)

    def tree(parses, sentence):
        return [(t.text, t.tag_, t.pos_, t.lemma_, t.dep_, t.head.i) for t in parses.of(sentence).tokens]

    alone = Parses(nlp, document.text)
    assert [tree(many, s) for s in wanted] == [tree(alone, s) for s in wanted]


@pytest.mark.parametrize("times", [1, 2])
def test_words_remembered_have_the_classes_and_lemmas_of_the_model(times, nlp):
    stock = spacy.load(nlp.path, exclude=["ner", "senter"])
    texts = [
        "TSMC makes the chips that it's gon na sell, and let's say we ain't buying them.",
        "There are two suppliers.  They  supply\nus.",
        "It does supply racks, but I'd have bought that from those who had better ones.",
        "We supply it. The supply is short, and what we lead leads to lead.",
    ]

    def words(pipeline):
        return [[(t.text, t.tag_, t.pos_, t.lemma_, t.dep_) for t in doc] for doc in pipeline.pipe(texts)]

    assert [words(nlp) for _ in range(times)] == [words(stock)] * times


def test_the_version_covers_code_model_data_and_the_parser(tmp_path, nlp):
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "meta.json").write_text('{"version": "1"}')
    first = extractor_version(str(tmp_path / "model"))
    extractor_version.cache_clear()
    assert extractor_version(str(tmp_path / "model")) == first != extractor_version()
    (tmp_path / "model" / "meta.json").write_text('{"version": "2"}')
    extractor_version.cache_clear()
    assert extractor_version(str(tmp_path / "model")) != first
    assert extractor_version() == extractor_version(str(nlp.path))
