"""The thesis court and layer migration as commands: what a page shows, who is ranked, and what is refused in one line."""

import json

import pytest
from typer.testing import CliRunner

from graph.court import rules
from graph.court.rules import load_court
from graph.errors import LoadpathError, ModelError, NothingFoundError, UsageError
from graph.query import find
from pipelines.cli import app
from pipelines.settings import load_settings
from pipelines.warehouse import store
from pipelines.warehouse.court import docket, hear
from tests.warehouse.home import Home


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    made = Home(load_settings(tmp_path_factory.mktemp("court") / "home", {}))
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


def test_a_hearing_has_each_finding_once_with_all_its_claims(home):
    heard = hear(home.settings, "NVDA", "", "")

    embedded = next(test for test in heard.tests if test.name == "embedded")
    assert [(row["finding"], row["n_claims"], row["n_publishers"]) for row in embedded.sides["for"]] == [
        ("it supplies Dell", 2, 1)
    ]
    assert [(row["finding"], row["side"]) for row in embedded.candidates] == [("it supplies AMD", "for")]
    assert embedded.publishers("for") == 1
    assert (heard.facts, heard.publishers) == (3, 1)


def test_nothing_stands_on_a_page_without_a_claim_and_its_quote(home):
    for company in ("NVIDIA", "TSMC"):
        for test in hear(home.settings, company, "", "").tests:
            for row in [row for side in test.sides.values() for row in side]:
                assert row["claim_ids"] and len(row["best_ids"]) == len(row["best_quotes"]), row


def test_a_hearing_as_known_on_a_day_knows_no_later_document(home):
    heard = hear(home.settings, "NVIDIA", "", "2025-01-01")

    embedded = next(test for test in heard.tests if test.name == "embedded")
    assert [row["n_claims"] for row in embedded.sides["for"]] == [1] and not embedded.candidates


def test_who_is_known_from_one_publisher_only_is_listed_and_not_ranked(home, loadpath):
    assert [(row["company"], row["rank"], row["publishers"]) for row in docket(home.settings, "", "")] == [
        ("NVIDIA", None, 1),
        ("TSMC", None, 1),
    ]
    assert "2 companies, 2 of them not ranked" in loadpath("court").stderr
    assert "NVIDIA is known from one publisher only" in loadpath("court", "NVIDIA").stderr


def test_the_page_fits_the_screen_and_says_what_is_unknown(loadpath):
    done = loadpath("court", "NVIDIA")

    assert max(len(line) for line in done.stdout.splitlines()) <= 80
    assert "unknown: none of the 3 facts says anything for or against" in done.stdout
    assert "it supplies AMD" not in done.stdout
    assert "it supplies AMD  for, not counted" in loadpath("court", "NVIDIA", "--candidates").stdout


def test_the_rows_are_those_of_the_page(loadpath):
    rows = json.loads(loadpath("court", "NVIDIA", "--format", "json").stdout)

    assert {(row["finding"], row["tier"]) for row in rows} == {
        ("it supplies Dell", "fact"),
        ("it supplies AMD", "candidate"),
    }


@pytest.mark.parametrize("command", ["court", "migration"])
def test_unknown_companies_and_dates_are_refused_in_one_line(loadpath, command):
    with pytest.raises(UsageError, match="Nvida: no such company; did you mean NVIDIA"):
        raise loadpath(command, "Nvida").exception
    with pytest.raises(UsageError, match="--known-on"):
        raise loadpath(command, "NVIDIA", "--known-on", "yesterday").exception


def test_nothing_found_is_said_with_its_reason(loadpath):
    with pytest.raises(NothingFoundError, match="none of the 2 facts that name it"):
        raise loadpath("court", "Dell").exception
    with pytest.raises(NothingFoundError, match="no claim tells of an entry of a company"):
        raise loadpath("migration").exception
    with pytest.raises(NothingFoundError, match="no claim speaks on any of the tests"):
        raise loadpath("court", "--known-on", "2020-01-01").exception
    assert issubclass(NothingFoundError, LoadpathError)


def test_what_eases_a_bottleneck_is_what_the_question_on_relievers_takes_for_it():
    eases = next(p.default for p in find("list_relievers").parameters if p.name == "eases")
    ours = {f"{segment}={code}" for segment, codes in load_court().eases.items() for code in codes}

    assert ours | {"FINANCES=capital"} == set(eases.split("|"))


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("side: for, predicate: RELIEVES, of: subject", "test 'weather' is none of"),
        ("side: maybe, predicate: RELIEVES, of: subject", "side 'maybe' is none of for, against, unknown"),
        ("side: for, predicate: LIKES, of: subject", "predicate 'LIKES' is none of"),
        ("side: for, predicate: RELIEVES, of: subject, words: '(['", "no pattern"),
        ("side: for, predicate: RELIEVES, of: subject, colour: red", "unknown key 'colour'"),
    ],
)
def test_a_wrong_rule_is_named_with_its_line(tmp_path, line, says):
    test = "weather" if "weather" in says else "cost"
    path = tmp_path / "rules.yml"
    path.write_text(
        f'tests: {{cost: lowers cost}}\neases: {{}}\nroles_ease: {{}}\nrules:\n  - {{id: a, test: {test}, {line}, says: "it does"}}\n',
        encoding="utf-8",
    )

    with pytest.raises(ModelError, match=r"rules\.yml:5: .*" + says):
        load_court(path)


def test_a_rule_twice_and_a_bottleneck_that_is_none_are_refused(tmp_path):
    rule = '  - {id: a, test: cost, side: for, predicate: RELIEVES, of: subject, says: "it does"}\n'
    path = tmp_path / "rules.yml"
    path.write_text(
        f"tests: {{cost: lowers cost}}\neases: {{}}\nroles_ease: {{}}\nrules:\n{rule}{rule}", encoding="utf-8"
    )
    with pytest.raises(ModelError, match="rule 'a' is there twice"):
        load_court(path)

    other = tmp_path / "other.yml"
    other.write_text(
        f"tests: {{cost: lowers cost}}\neases: {{power: [rain]}}\nroles_ease: {{}}\nrules:\n{rule}", encoding="utf-8"
    )
    with pytest.raises(ModelError, match="'rain' is no bottleneck"):
        load_court(other)
    other.write_text(
        f"tests: {{cost: lowers cost}}\neases: {{}}\nroles_ease: {{tea: []}}\nrules:\n{rule}", encoding="utf-8"
    )
    with pytest.raises(ModelError, match="'tea' is no role of SUPPLIES"):
        load_court.__wrapped__(other)


def test_rules_become_rows_in_their_order():
    rows = rules.rows()

    assert [row["position"] for row in rows] == list(range(1, len(rows) + 1))
    assert all(bool(row["eases"] and row["role_eases"]) == (row["beside"] == "exposed") for row in rows)


def test_an_entry_is_shown_with_its_day_its_sentence_and_the_steps_from_home(tmp_path):
    made = Home(load_settings(tmp_path / "home", {}))
    made.put("one", [("TSMC", "NVIDIA")], day=2)
    made.publish()
    with store.connection(made.settings.warehouse, read_only=False) as con:
        con.execute("UPDATE mart.fct_claim SET role = 'software'")

    done = CliRunner().invoke(app, ["--home", str(made.settings.home), "migration"], env={"COLUMNS": "80"})

    assert done.stdout.splitlines()[:3] == [
        "by 2025-01-02  TSMC → Orchestration  supplies software, new: 3 steps from",
        "compute",
        "    “TSMC supplies NVIDIA.”",
    ]
    assert "entries: 1, into layers that the registry does not give the company: 1" in done.stderr


def test_what_came_since_a_day_is_explained_by_its_claims(loadpath):
    rows = json.loads(loadpath("court", "Dell", "--against", "2025-01-01", "--format", "json").stdout or "[]")
    came = json.loads(loadpath("court", "NVIDIA", "--against", "2024-12-31", "--format", "json").stdout)

    assert rows == []
    assert {(row["change"], row["finding"]) for row in came} == {("came", "it supplies Dell")}
    assert [row["quote"] for row in came] == ["NVIDIA supplies Dell."] * 2
