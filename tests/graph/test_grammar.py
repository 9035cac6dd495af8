"""Every question is accepted by Neo4j's own grammar, in the dialect of Neo4j 5, with the labels and types of this graph; needs node and npm."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from graph.model import load_ontology
from graph.query import queries
from tests.conftest import ROOT

HERE = Path(__file__).parent / "grammar"
INSTALLED = ROOT / "var" / "test-grammar"


@pytest.fixture(scope="session")
def grammar():
    """Return a function from queries by name to what the grammar says against each."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("node and npm are not installed")
    _install()

    def check(texts: dict[str, tuple[str, list[str]]]) -> dict[str, list[str]]:
        ontology = load_ontology()
        asked = {
            "schema": {
                "labels": sorted(ontology.labels),
                "relationshipTypes": sorted(ontology.types),
            },
            "queries": [{"name": n, "text": text, "parameters": names} for n, (text, names) in texts.items()],
        }
        done = subprocess.run(
            ["node", "check.cjs"],
            cwd=INSTALLED,
            input=json.dumps(asked),
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(done.stdout)

    return check


def _install():
    """Install what the lock file pins into a folder that is kept between runs; skip, or fail where it is required, if that is impossible."""
    lock = INSTALLED / "package-lock.json"
    wanted = (HERE / "package-lock.json").read_bytes()
    INSTALLED.mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "check.cjs", INSTALLED)
    if (INSTALLED / "node_modules").is_dir() and lock.exists() and lock.read_bytes() == wanted:
        return
    shutil.copy(HERE / "package.json", INSTALLED)
    lock.write_bytes(wanted)
    done = subprocess.run(
        ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=INSTALLED, capture_output=True, text=True
    )
    if done.returncode:
        lock.unlink()
        reason = f"npm cannot install the grammar: {done.stderr.strip().splitlines()[-1:]}"
        pytest.fail(reason) if os.environ.get("LOADPATH_REQUIRE_NEO4J") == "1" else pytest.skip(reason)


def test_every_question_is_accepted(grammar):
    found = grammar({q.name: (q.cypher, [p.name for p in q.parameters]) for q in queries().values()})

    assert {name: says for name, says in found.items() if says} == {}


def test_what_neo4j_does_not_know_is_told(grammar):
    wrong = {
        "Organisation": "MATCH (o:Organisation) RETURN o",
        "SUPPLY": "MATCH (o)-[:SUPPLY]->(p) RETURN o",
        "apoc.text.clean": "MATCH (o) RETURN o.name, apoc.text.clean(o.name)",
        "$company": "MATCH (o) WHERE o.id = $company RETURN o",
        "RETRUN": "MATCH (o) RETRUN o",
    }

    found = grammar({word: (text, []) for word, text in wrong.items()})

    assert {word for word, says in found.items() if not any(word in message for message in says)} == set()


def test_the_lock_file_names_no_registry():
    assert "resolved" not in (HERE / "package-lock.json").read_text(encoding="utf-8")
