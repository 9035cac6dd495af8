"""The option --watchlist: one filter over the rows of many commands, said on stderr; which column carries a party."""

import json
import re
import shlex

import pytest
from click.testing import Result
from typer.main import get_command
from typer.testing import CliRunner

from graph.errors import LoadpathError, ModelError, NothingFoundError, UsageError
from pipelines.cli import app
from pipelines.settings import load_settings
from pipelines.warehouse.watching import Watched
from tests.conftest import ROOT
from tests.warehouse.home import Home

PAGE = (ROOT / "docs" / "how-to" / "watchlist.md").read_text(encoding="utf-8")
TAKES = {
    "ask", "query", "claims", "changes", "seismograph", "chokepoints", "shock", "loops", "mirror", "court", "migration", "tags", "ledger", "delta",
    "digest",
}  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """TSMC supplies NVIDIA and AMD; two days later, in a second publication, NVIDIA supplies Dell, and somebody of no registry AMD."""
    made = Home(load_settings(tmp_path_factory.mktemp("watchlist") / "home", {}))
    made.put("one", [("TSMC", "NVIDIA"), ("TSMC", "AMD")], day=1)
    made.publish()
    made.put("two", [("NVIDIA", "Dell"), ("Quietworks", "AMD")], day=3)
    made.publish()
    for name, text in {
        "dell": "companies: [DELL]",
        "quiet": "companies: [Quietworks]",
        "network": "layers: [networking_systems]",
        "power": "bottlenecks: [power_availability]",
        "bad": "companies:\n  - NVIDIA\n  - Nvidea",
    }.items():
        (made.settings.home / f"{name}.yml").write_text(f"{text}\n", encoding="utf-8")
    return made


@pytest.fixture
def loadpath(home):
    def run(*arguments: str) -> Result:
        return CliRunner().invoke(app, ["--home", str(home.settings.home), *arguments])

    return run


def pairs(done, subject="subject", object_="object"):
    return sorted((row[subject], row[object_]) for row in map(json.loads, done.stdout.splitlines()))


@pytest.mark.parametrize(
    ("watchlist", "expected"),
    [
        ("dell", [("NVIDIA", "Dell")]),
        ("quiet", [("Quietworks", "AMD")]),
        ("network", [("NVIDIA", "Dell"), ("TSMC", "NVIDIA")]),
    ],
)
def test_claims_of_what_is_followed_are_kept_and_the_others_counted(loadpath, watchlist, expected):
    done = loadpath("claims", "--watchlist", f"{watchlist}.yml", "--format", "jsonl")

    assert pairs(done) == expected
    assert f"{watchlist}.yml: {4 - len(expected)} of 4 rows are not on it and left out\n" in done.stderr


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (("changes", "--since", "2025-01-01", "--until", "2025-01-09"), [("NVIDIA", "Dell")]),
        (("mirror",), [("NVIDIA", "Dell")]),
        # A relationship's row has ids, a claim's row names.
        (("delta",), [("NVIDIA", "Dell"), ("nvidia", "dell")]),
    ],
)
def test_every_list_of_relations_takes_it(loadpath, command, expected):
    done = loadpath(*command, "--watchlist", "dell.yml", "--format", "jsonl")

    assert pairs(done) == expected
    assert "rows are not on it and left out\n" in done.stderr


def test_a_question_whose_rows_carry_names_alone_is_filtered_by_name(loadpath):
    asked = ("query", "check_supply_relations", "--engine", "sql", "--format", "jsonl")

    everything, kept = loadpath(*asked), loadpath(*asked, "--watchlist", "dell.yml")

    assert len(pairs(everything, "supplier", "customer")) == 4
    assert pairs(kept, "supplier", "customer") == [("NVIDIA", "Dell")]


def test_chokepoints_are_kept_with_those_that_hang_on_them(loadpath):
    done = loadpath("chokepoints", "--watchlist", "dell.yml", "--format", "jsonl")

    assert [row["party"] for row in map(json.loads, done.stdout.splitlines())] == ["NVIDIA"]


def test_a_question_in_english_takes_it(loadpath):
    asked = ("--engine", "sql", "--watchlist", "dell.yml", "--format", "jsonl")

    done, refused = loadpath("ask", "Who supplies AMD?", *asked), loadpath("ask", "Tell me about Dell", *asked)

    assert str(done.exception) == "dell.yml: none of the 2 rows is on it; leave --watchlist out"
    assert isinstance(refused.exception, UsageError) and "`loadpath brief` takes no --watchlist" in str(
        refused.exception
    )


def test_both_moments_of_a_comparison_are_filtered(loadpath):
    done = loadpath("mirror", "--against", "2025-01-02", "--watchlist", "dell.yml", "--format", "jsonl")

    assert {(row["subject"], row["object"]) for row in map(json.loads, done.stdout.splitlines())} == {
        ("NVIDIA", "Dell")
    }
    assert done.stderr.count("rows of what was") == 2


def test_where_all_is_left_out_the_watchlist_says_so(loadpath):
    done = loadpath("claims", "--watchlist", "power.yml", "--format", "json")

    assert json.loads(done.stdout) == []
    assert isinstance(done.exception, NothingFoundError)
    assert str(done.exception) == "power.yml: none of the 4 rows is on it; leave --watchlist out"


@pytest.mark.parametrize(
    ("arguments", "kind", "says"),
    [
        (("claims", "--watchlist", "bad.yml"), ModelError, "bad.yml:3: Nvidea: no such company; did you mean NVIDIA"),
        (("loops", "--watchlist", "none.yml"), UsageError, "--watchlist none.yml: no such file, here or in "),
        (("court", "NVIDIA", "--watchlist", "dell.yml"), UsageError, "leave out the company or the watchlist"),
        (("delta", "--list", "--watchlist", "dell.yml"), UsageError, "leave out one of the two"),
    ],
)
def test_what_cannot_be_followed_is_one_line(loadpath, arguments, kind, says):
    error = loadpath(*arguments).exception

    assert isinstance(error, LoadpathError) and type(error) is kind
    assert says in str(error) and len(str(error).splitlines()) == 1


def test_commands_that_list_parties_have_the_option_and_no_others():
    commands = get_command(app).commands.items()

    assert {name for name, command in commands if "watchlist" in {p.name for p in command.params}} == TAKES


@pytest.mark.parametrize("command", re.findall(r"^loadpath (.*)$", PAGE, re.M))
def test_each_command_of_the_page_takes_the_watchlist_of_the_page(home, loadpath, command):
    (text,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.S)
    (home.settings.home / "watchlist.yml").write_text(text, encoding="utf-8")

    done = loadpath(*shlex.split(command))

    # The small home says nothing on some of them.
    assert done.exit_code == 0 or isinstance(done.exception, NothingFoundError), done.exception


def test_the_page_names_every_command_that_takes_it():
    (named,) = re.findall(r"They are (.*?)\. Each", PAGE, re.S)

    assert set(re.findall(r"`(\w+)`", named)) == TAKES


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"company": "Acme"}, True),
        ({"company": "Acme", "company_id": "x:other"}, False),
        ({"company": "Acme Inc", "company_id": "acme"}, True),
        ({"company": "Acme", "company_id": ""}, True),
        ({"path": ["Bolt", "Acme", "Bolt"]}, True),
        ({"subject": "Bolt", "publisher": "Acme", "document": "Acme", "quotes": ["Acme"]}, False),
        ({"subject": "Bolt", "predicate": "EXPOSED_TO", "object": "cooling"}, True),
        ({"bottleneck": "Cooling of racks", "bottleneck_code": "cooling"}, True),
        ({"subject": "Bolt", "object": "Crate", "detail": "cooling"}, False),
        ({"supplier": "Bolt", "roles": ["cooling"], "goods": "cooling"}, False),
        ({"company": "Bolt", "layer": "models"}, True),
        ({"company": "Bolt", "home_layers": ["models", "compute"]}, True),
        ({"company": "Bolt", "goods": "models"}, False),
        ({"company": None, "n": 3, "share": 1.5}, False),
    ],
)
def test_a_row_is_on_it_by_the_columns_that_carry_parties(row, expected):
    watched = Watched(frozenset({"acme", "Acme"}), frozenset({"models"}), frozenset({"cooling"}))

    assert watched.holds(row) is expected
