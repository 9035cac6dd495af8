"""How to ask in English, and how agents ask: the pages' commands do what the pages say."""

import os
import re
import shlex
import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner

from graph.asking import understand
from graph.asking.grammar import load_grammar
from graph.errors import NothingFoundError, UsageError
from graph.model_files import read_yaml
from pipelines.cli import app
from pipelines.settings import load_settings
from tests.conftest import ROOT
from tests.warehouse.home import Home

ASK = (ROOT / "docs" / "how-to" / "ask.md").read_text(encoding="utf-8")
MCP = (ROOT / "docs" / "how-to" / "mcp.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^loadpath (ask .+)$", ASK, re.M)


@pytest.fixture(scope="module")
def loadpath(tmp_path_factory):
    home = Home(load_settings(tmp_path_factory.mktemp("asking") / "home", {}))
    home.put("one", [("TSMC", "NVIDIA"), ("NVIDIA", "Dell")])
    home.publish()

    def run(*arguments):
        return CliRunner().invoke(app, ["--home", str(home.settings.home), *arguments])

    run.home = home.settings.home
    return run


@pytest.mark.parametrize("command", COMMANDS)
def test_each_question_of_the_page_is_understood_or_refused_as_it_says(loadpath, command):
    done = loadpath(*shlex.split(command), *(() if "--dry" in command else ("--dry",)))

    if "Europe" in command:
        assert isinstance(done.exception, UsageError) and "'Europe'" in str(done.exception)
    else:
        assert done.exit_code == 0 and "understood as:" in done.stderr and "  loadpath query" in done.stderr


def test_the_conditions_of_the_page_are_understood(loadpath):
    table = re.findall(r"^\| [a-z ,]+ \| (`.+) \|$", ASK, re.M)
    said = [condition for cell in table for condition in re.findall(r"`([^`]+)`", cell)]
    of = {
        "above": "customers of NVIDIA",
        "more than": "facilities",
        "for two": "What breaks if Taiwan is cut off",
        "since": "What changed",
        "between": "What changed",
    }

    assert len(said) == 12
    for condition in said:
        begins = next((text for start, text in of.items() if condition.startswith(start)), "Who depends on TSMC")
        done = loadpath("ask", f"{begins} {condition}", "--dry")
        assert done.exit_code == 0, (condition, done.exception)


def test_the_answer_is_that_of_the_command_that_is_shown(loadpath):
    asked = loadpath("ask", "Who supplies NVIDIA?", "--engine", "sql", "--format", "jsonl")
    line = asked.stderr.splitlines()[1].strip().removeprefix("loadpath ")
    queried = loadpath(*shlex.split(line), "--format", "jsonl")

    assert asked.exit_code == 0 and "TSMC supplies NVIDIA." in asked.stdout
    assert asked.stdout == queried.stdout


def test_a_company_on_a_page_is_shown(loadpath):
    done = loadpath("ask", "Tell me about NVIDIA", "--format", "json")

    assert done.exit_code == 0 and '"part": "supplied_by"' in done.stdout


def test_nothing_to_show_and_nobody_of_that_name_are_told_apart(loadpath):
    assert isinstance(loadpath("ask", "Who supplies Intel?", "--engine", "sql").exception, NothingFoundError)
    nobody = loadpath("ask", "Who supplies Nvidea?", "--engine", "sql").exception
    assert isinstance(nobody, UsageError) and "did you mean NVIDIA" in str(nobody)


def test_the_program_of_the_page_about_agents_runs(loadpath):
    pytest.importorskip("mcp", reason="the extra mcp is not installed")
    (program,) = re.findall(r"```python\n(.*?)```", MCP, re.S)

    done = subprocess.run(
        [sys.executable, "-c", program, str(loadpath.home)],
        capture_output=True, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=120,
    )  # fmt: skip

    assert done.stdout.strip() == "loadpath query list_suppliers --param company=NVIDIA 1", done.stderr


def test_each_command_of_the_grammar_takes_what_a_question_gives_it():
    commands = typer.main.get_command(app).commands
    for case in read_yaml(ROOT / "tests" / "graph" / "asking" / "understood.yml"):
        name, *arguments = understand(case["ask"]).arguments
        with commands[name].make_context(name, arguments):
            pass
    rules = [rule.name for rule in load_grammar().rules if rule.is_command]
    assert rules and set(rules) <= set(commands)
