"""A company on one page, a claim with what stands behind it, and the commands that ask: what they show, and what they refuse in one line."""

import json

import pytest
from typer.testing import CliRunner

from graph.errors import LoadpathError, NothingFoundError, UsageError
from pipelines.cli import app
from pipelines.settings import load_settings
from pipelines.warehouse.brief import brief
from pipelines.warehouse.explain import AROUND, explain, span_of
from tests.warehouse.home import Home


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    made = Home(load_settings(tmp_path_factory.mktemp("pages") / "home", {}))
    made.put("one", [("NVIDIA", "Dell"), ("TSMC", "NVIDIA")], day=1)
    made.put("two", [("NVIDIA", "Dell")], day=2)
    made.put("three", [("NVIDIA", "AMD")], day=3, tier="candidate")
    made.publish()
    return made


@pytest.fixture
def loadpath(home, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")

    def run(*arguments):
        return CliRunner().invoke(app, ["--home", str(home.settings.home), *arguments])

    return run


def test_a_page_has_each_relation_from_the_companys_side(home):
    page = brief(home.settings, "NVDA", "", "", 3)

    shown = {part: [(line["name"], line["n_claims"]) for line in of.lines] for part, of in page.parts.items()}
    assert shown == {"supplied_by": [("TSMC", 1)], "supplies": [("Dell", 2)]}
    assert page.who["company_id"] == "nvidia" and page.who["tickers"] == "NVDA"
    assert (page.complete.facts, page.complete.candidates, page.complete.filers[0].filings) == (3, 1, 0)


def test_a_page_as_known_on_a_day_knows_no_later_document(home):
    page = brief(home.settings, "nvidia", "", "2025-01-01", 3)

    assert [(line["name"], line["n_claims"]) for line in page.parts["supplies"].lines] == [("Dell", 1)]


def test_a_part_says_how_many_lines_it_has_beyond_those_shown(home):
    page = brief(home.settings, "Dell", "", "", 1)

    assert (page.parts["supplied_by"].total, len(page.parts["supplied_by"].lines)) == (1, 1)
    with pytest.raises(UsageError, match="--top 0: at least 1"):
        brief(home.settings, "Dell", "", "", 0)


def test_a_page_on_the_screen_fits_it_and_leads_to_claims(home, loadpath):
    done = loadpath("brief", "NVIDIA")

    lines = done.stdout.splitlines()
    assert lines[0] == "NVIDIA" and max(map(len, lines)) <= 80
    assert "    “TSMC supplies NVIDIA.”" in lines
    (claim,) = [line.split()[-1] for line in lines if line.startswith("    — A, one")][:1]
    assert explain(home.settings, claim, 1).claims[0].quote.text in done.stdout
    assert "NVIDIA: no filing of its own was read" in done.stderr


def test_a_relationship_is_its_claims_with_their_words_around(home):
    found = explain(home.settings, "nvidia|SUPPLIES|dell", 1)

    assert (found.relationship["n_claims"], len(found.claims), found.more) == (2, 1, 1)
    (quote,) = {each.quote.text for each in found.claims}
    assert quote == "NVIDIA supplies Dell."
    assert found.claims[0].quote.before.startswith("Note ")


@pytest.mark.parametrize(("wanted", "error"), [("c", UsageError), ("zzz", NothingFoundError), ("", NothingFoundError)])
def test_an_id_that_is_none_or_several_is_refused(home, wanted, error):
    with pytest.raises(error) as refused:
        explain(home.settings, wanted, 1)

    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize("at", [0, 500])
def test_context_is_cut_between_words(at):
    text = "x" * 3 + " word" * 400

    span = span_of(text, at, at + 3)

    assert span.text == text[at : at + 3]
    assert len(span.before) <= AROUND + 1 and len(span.after) <= AROUND + 1
    assert span.after.endswith("word…") and (span.before == "" or span.before.startswith("…word"))


def test_an_answer_says_how_complete_it_is_and_writes_it(loadpath, tmp_path):
    file = tmp_path / "coverage.json"

    done = loadpath("query", "check_supply_relations", "--engine", "sql", "--format", "jsonl", "--coverage", str(file))

    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(row["supplier"], row["customer"]) for row in rows] == [("NVIDIA", "Dell"), ("TSMC", "NVIDIA")]
    assert "Rests on 3 facts" in done.stderr and "in 2 of 3 documents read" in done.stderr
    assert json.loads(file.read_text(encoding="utf-8"))["candidates"] == 1


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["query", "list_supliers"], 2, "list_supliers: no such query; did you mean list_suppliers"),
        (["query", "list_suppliers", "--param", "compny=Dell"], 2, "did you mean company?"),
        (["query", "list_suppliers", "--param", "company=Nvdia"], 2, "Nvdia: no such company; did you mean NVIDIA"),
        (["query", "list_suppliers", "--as-of", "2025-02-30"], 2, "as_of: '2025-02-30' is no date"),
        (["query", "list_large_customers", "--param", "min_share=many"], 2, "min_share: 'many' is no number"),
        (["query", "list_large_customers", "--param", "min_share=nan"], 2, "min_share: 'nan' is no number"),
        (["query", "list_suppliers", "--engine", "cypher"], 2, "--engine cypher: it is graph or sql"),
        (["query", "list_suppliers", "--param", "company=AMD"], 3, "no answer in what was read for company=AMD"),
        (["brief", "Nobody Known"], 2, "Nobody Known: no such company"),
        (["brief", "NVIDIA", "--known-on", "soon"], 2, "--known-on soon: write the date as YYYY-MM-DD"),
        (["queries", "list"], 2, "list: no such query"),
    ],
)
def test_what_cannot_be_answered_is_one_line_with_its_exit_code(loadpath, arguments, code, says):
    engine = ["--engine", "sql"] if arguments[0] == "query" and "--engine" not in arguments else []

    done = loadpath(*arguments, *engine)

    assert isinstance(done.exception, LoadpathError)
    assert done.exception.exit_code == code
    assert says in str(done.exception) and len(str(done.exception).splitlines()) == 1


def test_an_empty_graph_says_what_to_run(loadpath):
    done = loadpath("query", "check_supply_relations")

    assert isinstance(done.exception, NothingFoundError)
    assert "loadpath neo4j load" in str(done.exception)


def test_a_graph_that_is_behind_the_warehouse_is_told(home, loadpath):
    assert loadpath("neo4j", "load").exit_code == 0
    assert "the graph holds publication" not in loadpath("query", "check_supply_relations").stderr
    home.put("four", [("AMD", "Dell")], day=4)
    home.publish()

    behind = loadpath("query", "check_supply_relations")

    assert "the graph holds publication" in behind.stderr and "loadpath neo4j load" in behind.stderr
    assert "AMD" not in behind.stdout


def test_questions_stand_one_a_line_and_one_by_itself(loadpath):
    lines = loadpath("queries").stdout.splitlines()
    assert max(map(len, lines)) <= 80
    assert [line.split()[:2] for line in lines if line.split()[0] == "25"] == [["25", "report_coverage"]]

    shown = " ".join(loadpath("queries", "list_suppliers").stdout.split())
    assert "company company, default NVIDIA: name, ticker or id" in shown
    assert "example loadpath query list_suppliers" in shown
