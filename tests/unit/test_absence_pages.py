"""Mirror, absence, coverage and the time machine on the sample market: the pages' commands answer, wrong input is one line, dates explain."""

import json
import re
import shlex

import pytest
from typer.testing import CliRunner

from graph.analysis.telling import tellings
from graph.errors import ModelError
from pipelines.cli import app
from pipelines.fetch.collect import collect_sources
from pipelines.settings import load_settings
from pipelines.warehouse import stages, store
from tests.conftest import ROOT

PAGES = [ROOT / "docs" / "how-to" / name for name in ("mirror.md", "absence.md", "coverage.md")]
COMMANDS = [line for page in PAGES for line in re.findall(r"^loadpath (.+)$", page.read_text(encoding="utf-8"), re.M)]
QUERIES = [sql for page in PAGES for sql in re.findall(r"```sql\n(.*?)```", page.read_text(encoding="utf-8"), re.S)]


@pytest.fixture(scope="module")
def market(tmp_path_factory):
    settings = load_settings(tmp_path_factory.mktemp("absence"), {"LOADPATH_JOBS": "1"})
    collect_sources(["fieldnotes"], settings)
    for read in (stages.read_documents, stages.read_claims):
        assert not read(settings).refused
    stages.build_core(settings)
    stages.build_marts(settings)
    return settings


@pytest.fixture
def loadpath(market):
    def run(command):
        return CliRunner().invoke(app, ["--home", str(market.home), *shlex.split(command)])

    return run


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_of_the_pages_answers(loadpath, command):
    done = loadpath(command)

    assert done.exit_code == 0, done.exception
    assert done.stdout


@pytest.mark.parametrize("sql", QUERIES)
def test_each_query_of_the_pages_runs(market, sql):
    with store.connection(market.warehouse) as con:
        store.rows(con, sql)


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("mirror NVIDEA", "did you mean NVIDIA"),
        ("mirror --predicate SELLS", "--predicate SELLS: it is one of"),
        ("mirror --status both", "--status both: it is one of both_sides"),
        ("mirror --known-on tomorrow", "--known-on tomorrow: write the date as YYYY-MM-DD"),
        ("mirror --against 2024", "--against 2024: write the date as YYYY-MM-DD"),
        ("mirror --known-on 2024-01-01 --against 2024-01-01", "it is the moment asked for"),
        ("mirror --known-on 1990-01-01", "no relation between two named companies fits"),
        ("absence NVIDEA OWNS", "did you mean NVIDIA"),
        ("absence NVIDIA SELLS", "SELLS: it is one of"),
        ("absence NVIDIA OPERATES --side object", "a company stands on the side subject of OPERATES"),
        ("coverage NVIDEA", "did you mean NVIDIA"),
    ],
)
def test_wrong_input_is_one_line(loadpath, command, says):
    done = loadpath(command)

    assert says in str(done.exception) and "\n" not in str(done.exception)


def test_a_difference_is_explained_by_the_claims_that_came(loadpath):
    done = loadpath("mirror --against 2025-10-01 --format json")
    rows = json.loads(done.stdout)

    came = [row for row in rows if row["change"] == "came"]
    assert came and all(row["claim"] == "came" and row["claim_ids"] and row["quote"] for row in came)
    assert all(row["why"] > "known from 2025-10-01" for row in came if row["why"].startswith("known from"))
    before = json.loads(loadpath("mirror --known-on 2025-10-01 --format json").stdout)
    after = json.loads(loadpath("mirror --format json").stdout)
    keys = [{(row["subject"], row["predicate"], row["object"]) for row in each} for each in (before, after)]
    assert {(row["subject"], row["predicate"], row["object"]) for row in came} == keys[1] - keys[0]


@pytest.mark.parametrize(
    "command", ["chokepoints", "loops", "coverage", "coverage --recall", "absence NVIDIA SUPPLIES"]
)
def test_every_analysis_tells_what_differs(loadpath, command):
    done = loadpath(f"{command} --against 2024-01-01 --format json")

    rows = json.loads(done.stdout)
    assert rows or "nothing differs between" in str(done.exception)
    assert all(row["change"] in ("came", "went", "changed") and row["why"] for row in rows)


def test_an_answer_is_the_same_bytes_twice(loadpath):
    assert loadpath("mirror --format jsonl").stdout == loadpath("mirror --format jsonl").stdout


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("  OPERATES:", "  OPERATED:", "told_in.yml:{line}: unknown key 'OPERATED'"),
        ("    subject: {10-K: [Item 2]}", "    speaker: {10-K: [Item 2]}", "told_in.yml:{line}: unknown key 'speaker'"),
        ("    subject: {10-K: [Item 2]}", "    subject: {10-K: [2]}", "told_in.yml:{line}: 2 is no item of a form"),
    ],
)
def test_the_list_of_telling_items_is_checked(tmp_path, was, becomes, says):
    text = (ROOT / "graph" / "analysis" / "told_in.yml").read_text(encoding="utf-8")
    path = tmp_path / "told_in.yml"
    path.write_text(text.replace(was, becomes), encoding="utf-8")
    line = text[: text.index(was)].count("\n") + 1

    with pytest.raises(ModelError, match=re.escape(says.format(line=line))):
        tellings(path)
