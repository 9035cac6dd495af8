"""How to ask: the page's table is that of the headers, its commands run on the bundled notes, its own question is one."""

import re
import runpy
import shlex

import pytest
from typer.testing import CliRunner

from graph.query import queries
from pipelines.cli import app
from pipelines.fetch.collect import collect_sources
from pipelines.settings import load_settings
from pipelines.warehouse import stages
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "how-to" / "questions.md"
TEXT = PAGE.read_text(encoding="utf-8")
COMMANDS = re.findall(r"^loadpath (.+)$", "\n".join(re.findall(r"```\n(.*?)```", TEXT, re.S)), re.M)
(OWN,) = re.findall(r"```sql\n(.*?)```", TEXT, re.S)


@pytest.fixture(scope="module")
def loadpath(tmp_path_factory):
    home = tmp_path_factory.mktemp("questions")
    settings = load_settings(home, {"LOADPATH_JOBS": "1"})
    collect_sources(["fieldnotes"], settings)
    for read in (stages.read_documents, stages.read_claims):
        assert not read(settings).refused
    stages.build_core(settings)
    stages.build_marts(settings)
    (home / "queries").mkdir()
    (home / "queries" / "count_publishers.sql").write_text(OWN, encoding="utf-8")

    def run(command):
        return CliRunner().invoke(app, ["--home", str(home), *shlex.split(command)])

    return run


def test_the_table_is_that_of_the_headers():
    assert runpy.run_path(str(ROOT / "docs" / "generate_questions.py"))["page"]() == TEXT


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_of_the_page_answers(loadpath, command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    done = loadpath(command)

    assert done.exit_code == 0, done.exception
    assert done.stdout
    if "--coverage" in command:
        assert (tmp_path / "coverage.json").exists()


def test_a_question_of_ones_own_is_answered(loadpath):
    done = loadpath("query count_publishers --engine sql --format jsonl")

    assert done.exit_code == 0 and "NVIDIA" in done.stdout
    assert "Rests on" in done.stderr


def test_each_shipped_question_counts_the_predicates_that_it_asks():
    predicates = queries()["report_coverage"].predicates
    shipped = queries().values()

    # Question 25 lists all of them, in its header and, since one text counts them by name, in its Cypher.
    assert all(f"'{name}'" in queries()["report_coverage"].cypher for name in predicates)
    assert all(set(query.predicates) <= set(predicates) for query in shipped)
