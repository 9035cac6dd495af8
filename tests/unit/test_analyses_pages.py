"""Chokepoints, shocks, capital loops, court and layer migration on the bundled notes: the commands of their pages answer, bad input is one line."""

import json
import re
import shlex

import pytest
from typer.testing import CliRunner

from graph.errors import NothingFoundError, UsageError
from pipelines.cli import app
from pipelines.fetch.collect import collect_sources
from pipelines.settings import load_settings
from pipelines.warehouse import stages, store
from tests.conftest import ROOT

PAGES = [ROOT / "docs" / "how-to" / f"{name}.md" for name in ("chokepoints", "shock", "loops", "court", "migration")]
TEXT = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", TEXT, re.S | re.M)
COMMANDS = [line[9:] for kind, block in BLOCKS if not kind for line in block.splitlines()]
QUERIES = [block for kind, block in BLOCKS if kind == "sql"]


@pytest.fixture(scope="module")
def market(tmp_path_factory):
    settings = load_settings(tmp_path_factory.mktemp("analyses"), {"LOADPATH_JOBS": "1"})
    collect_sources(["fieldnotes"], settings)
    for read in (stages.read_documents, stages.read_claims):
        assert not read(settings).refused
    stages.build_core(settings)
    stages.build_marts(settings)
    return settings


@pytest.fixture
def loadpath(market, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")

    def run(command):
        return CliRunner().invoke(app, ["--home", str(market.home), *shlex.split(command)])

    return run


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_of_the_pages_answers(loadpath, command):
    done = loadpath(command.replace("find_capital_loops", "find_capital_loops --engine sql"))

    assert done.exit_code == 0, done.exception
    assert done.stdout and done.stderr
    assert "jsonl" in command or max(map(len, done.stdout.splitlines())) <= 80


@pytest.mark.parametrize("query", QUERIES)
def test_each_statement_of_the_pages_runs(market, query):
    with store.connection(market.warehouse) as con:
        store.rows(con, query)


@pytest.mark.parametrize(
    ("command", "error", "says"),
    [
        ("shock Taiwann", UsageError, "did you mean Taiwan"),
        ("shock Taiwan --days 0", UsageError, "--days 0: at least 1"),
        ("shock Taiwan --as-of tomorrow", UsageError, "--as-of tomorrow: write the date as YYYY-MM-DD"),
        ("chokepoints --company NVIDEA", UsageError, "did you mean NVIDIA"),
        ("chokepoints --known-on 1999-01-01", NothingFoundError, "no text says who supplies or depends on whom"),
        ("loops --company NVIDEA", UsageError, "did you mean NVIDIA"),
        ("loops --known-on 1999-01-01", NothingFoundError, "no capital loop is told"),
        ("loops --format xml", UsageError, "--format xml"),
    ],
)
def test_bad_input_is_one_line(loadpath, command, error, says):
    done = loadpath(command)

    assert isinstance(done.exception, error) and says in str(done.exception)


def test_what_is_hit_leads_to_its_claims(market, loadpath):
    rows = [json.loads(line) for line in loadpath("shock Taiwan --format jsonl").stdout.splitlines()]

    assert rows[0]["step"] == 0 and rows[-1]["step"] > 0
    for row in rows:
        assert len(row["claim_ids"]) == len(row["quotes"]) == len(row["relations"]) == len(row["path"]) - 1
        assert row["weakest_claim_id"] in row["claim_ids"]
        assert not set(row["substitutes"]) & set(row["hit_together"])


def test_the_tables_are_what_the_commands_show(market, loadpath):
    for command, table in (("chokepoints", "fct_chokepoint"), ("loops", "fct_capital_loop")):
        shown = [json.loads(line) for line in loadpath(f"{command} --format jsonl").stdout.splitlines()]
        with store.connection(market.warehouse) as con:
            kept = store.rows(con, f"FROM mart.{table}")

        assert shown == json.loads(json.dumps(kept, default=str))
