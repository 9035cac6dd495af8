"""Examples of the ontology files: each relation finds its own and leaves the rest; a new file is all that a relation needs."""

import json
import re
import shutil
import subprocess
import sys

import pytest
import yaml

from graph.errors import ModelError
from graph.model import load_ontology, load_registry
from pipelines.nlp.extract import extract_claims
from tests.conftest import ROOT
from tests.score.own import Case, document_of, line

EXAMPLES = [(p.name, example) for p in load_ontology().predicates.values() for example in p.examples]
PAGE = (ROOT / "docs" / "how-to" / "add-a-relation.md").read_text(encoding="utf-8")
TOY = re.search(r"```yaml\n(.*?)```", PAGE, re.S)[1]

# Runs in a copy of the checkout that holds the page's file: reads its examples with the real extractor.
READ_EXAMPLES = """
import json, sys
from graph.model import load_ontology, load_registry
from pipelines.nlp.extract import extract_claims
from pipelines.nlp.pipeline import load_pipeline
from pipelines.parse.read import read_document
ontology, registry, nlp = load_ontology(), load_registry(), load_pipeline()
for text in sys.argv[1:]:
    claims = extract_claims(read_document(text.encode(), "note.md"), ontology, registry, nlp)
    print(json.dumps([[c.subject.name, c.predicate, c.object.name, c.polarity, c.modality] for c in claims]))
"""


@pytest.mark.parametrize(("predicate", "example"), EXAMPLES, ids=[f"{p}-{e.text[:50]}" for p, e in EXAMPLES])
def test_examples_of_a_relation(predicate, example, nlp):
    case = Case.of("ontology", example.text, example.claims, example.filer)
    claims = extract_claims(document_of(case), load_ontology(), load_registry(), nlp)

    assert sorted(line(c) for c in claims if c.predicate == predicate) == sorted(example.claims)


def test_every_relation_is_shown_by_example():
    for predicate in load_ontology().predicates.values():
        assert sum(bool(e.claims) for e in predicate.examples) >= 3, predicate.name
        assert sum(not e.claims for e in predicate.examples) >= 1, predicate.name


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda body: body.pop("examples"), "key 'examples' is missing"),
        (lambda body: body["examples"].pop(), "3 sentences with a claim and one without"),
        (lambda body: body["examples"].pop(0), "3 sentences with a claim and one without"),
        (lambda body: body["examples"][0].update(claims=["A | OWNS | B | positive | asserted"]), "is not subject"),
        (lambda body: body["examples"][0].update(claims=["A | INSURES | B"]), "is not subject"),
        (lambda body: body["examples"][0].update(colour="red"), "unknown key 'colour'"),
        (lambda body: body["examples"][0].pop("text"), "key 'text' is missing"),
    ],
)
def test_a_file_with_poor_examples_is_refused_by_name(change, says, tmp_path):
    body = yaml.safe_load(TOY)
    change(body)
    (tmp_path / "insures.yml").write_text(yaml.safe_dump(body))

    with pytest.raises(ModelError, match=rf"insures\.yml:\d+: .*{says}"):
        load_ontology((tmp_path,))


def test_the_relation_of_the_page_is_read_by_its_file_alone(tmp_path):
    for package in ("graph", "pipelines"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "graph" / "ontology" / "insures.yml").write_text(TOY)
    examples = yaml.safe_load(TOY)["examples"]
    command = [sys.executable, "-c", READ_EXAMPLES, *(example["text"] for example in examples)]
    done = subprocess.run(command, cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    found = [[" | ".join(c) for c in json.loads(row) if c[1] == "INSURES"] for row in done.stdout.splitlines()]
    assert found == [example["claims"] for example in examples]
