"""Gates: what stops a publication and what only warns, in words with figure and bound; the last good stays."""

import json

import pytest

from graph.errors import GateError, ModelError, UsageError
from pipelines.warehouse import gates, stages
from pipelines.warehouse.publications import Publications
from tests.warehouse.home import Home

MANY = [(f"Supplier {i}", "Dell") for i in range(150)]


@pytest.fixture
def home(settings):
    return Home(settings)


def write(tmp_path, text):
    path = tmp_path / "bounds.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_drop_below_the_minimum_stops_the_publication_and_the_last_one_stays(home):
    home.put("a", MANY)
    home.put("b", [("NVIDIA", "Dell")])
    home.publish()
    live = home.settings.warehouse.read_bytes()
    home.put("a", MANY[:60])

    with pytest.raises(GateError) as refused:
        home.publish()

    said = str(refused.value)
    assert (
        "claims_by_predicate (SUPPLIES): 0.404 times the last version's (151 before) is below the minimum of 0.7"
        in said
    )
    assert "--accept claims_by_predicate" in said and "\n" not in said
    assert refused.value.exit_code == 5
    assert home.settings.warehouse.read_bytes() == live
    assert len(Publications(home.settings.home).all()) == 1
    assert (home.settings.home / "warehouse.refused.duckdb").exists()


def test_what_is_accepted_is_published_and_kept_in_the_log(home):
    home.put("a", MANY)
    home.publish()
    home.put("a", MANY[:60])
    named = ["claims", "claims_by_predicate", "relationships_by_predicate", "parties_by_kind", "columns_filled"]
    with pytest.raises(GateError, match=r"claims: 0\.4 times"):
        home.publish(named[1:])

    outcome = home.publish(named)

    assert home.rows("SELECT count(*) FROM mart.fct_claim") == [(60,)]
    last = Publications(home.settings.home).last()
    assert "claims: 0.4 times the last version's (150 before) is below the minimum of 0.8" in last.accepted
    assert any(line.startswith("accepted: claims: ") for line in outcome.warnings())
    home.put("c", [("NVIDIA", "Dell")])
    assert home.publish().rows


def test_growth_above_the_maximum_warns_and_is_published(home):
    home.put("a", MANY)
    home.publish()
    home.put("b", [(f"Maker {i}", "Dell") for i in range(300)])

    outcome = home.publish()

    assert "warning: claims: 3 times the last version's (150 before) is above the maximum of 2" in outcome.warnings()
    assert Publications(home.settings.home).last().warnings == [
        line.removeprefix("warning: ") for line in outcome.warnings()
    ]


def test_a_small_home_may_change_as_it_likes(home):
    home.put("a", [("NVIDIA", "Dell"), ("TSMC", "NVIDIA")])
    home.publish()
    home.drop("a")
    home.put("b", [("TSMC", "AMD")])

    assert home.publish().warnings() == []


def test_an_empty_home_is_published(home):
    assert home.publish().rows["mart.fct_claim"] == 0


def test_an_assertion_names_an_offending_row_and_cannot_be_accepted(home):
    home.put("a", [("NVIDIA", "Dell")])
    home.put("a", [("NVIDIA", "Dell")], tier="certain")

    with pytest.raises(GateError, match=r"assert_enumerations_closed: 1 rows where none may be, such as c[0-9a-f]{20}"):
        home.publish()
    with pytest.raises(UsageError, match="an assertion cannot be accepted"):
        home.publish(["assert_enumerations_closed"])


def test_an_unknown_gate_to_accept_is_refused_with_the_nearest(home):
    with pytest.raises(UsageError, match="did you mean claims_by_predicate"):
        home.publish(["claims_by_predicat"])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("claims:\n  says: claims\n  measure: SELECT 1\n  minimun: 1\n", "bounds.yml:4: unknown key 'minimun'"),
        ("claims:\n  says: claims\n  minimum: 1\n", "bounds.yml:1: key 'measure' is missing"),
        ("claims:\n  says: claims\n  measure: SELECT 1\n", "bounds.yml:1: claims: a minimum or a maximum is missing"),
        (
            "claims:\n  says: c\n  measure: SELECT 1\n  minimum: much\n",
            "bounds.yml:4: claims: minimum cannot be 'much'",
        ),
        (
            "claims:\n  says: c\n  measure: SELECT 1\n  minimum: 2\n  maximum: 1\n",
            "bounds.yml:4: claims: the minimum 2 is above",
        ),
        ("- claims\n", "bounds.yml:1: gates by name are expected"),
        ("claims:\n  says: [\n", "bounds.yml:3: not readable as YAML"),
    ],
)
def test_a_gate_file_with_a_mistake_is_refused_with_file_and_line(tmp_path, text, says):
    with pytest.raises(ModelError) as refused:
        gates.load(write(tmp_path, text))

    assert str(refused.value).startswith(says)


@pytest.mark.parametrize("measure", ["SELECT nothing FROM mart.fct_claim", "SELECT 1 AS item, 2 AS figure"])
def test_a_measure_that_is_no_such_query_is_refused_with_file_and_line(tmp_path, home, measure):
    home.put("a", [("NVIDIA", "Dell")])
    home.publish()
    path = write(tmp_path, f"claims:\n  says: claims\n  minimum: 1\n  measure: {measure}\n")

    with (
        stages.store.connection(home.settings.warehouse) as con,
        pytest.raises(ModelError, match=r"^bounds\.yml:4: claims: "),
    ):
        gates.measure(con, gates.load(path), path)


def test_the_log_of_publications_refuses_a_line_that_is_none(home):
    home.put("a", [("NVIDIA", "Dell")])
    home.publish()
    log = Publications(home.settings.home).log
    log.write_text(log.read_text() + json.dumps({"id": 1}) + "\n")

    with pytest.raises(GateError, match=r"publications\.jsonl:2: this line is no publication"):
        Publications(home.settings.home).all()


def test_every_gate_is_a_check_of_the_asset_with_figures_and_bounds(home):
    from pipelines.defs.gate_checks import results, specs

    home.put("a", MANY)
    home.publish()
    home.put("b", [(f"Maker {i}", "Dell") for i in range(300)])

    found = {result.check_name: result for result in results(home.publish().verdicts)}

    assert list(found) == [spec.name for spec in specs("marts")]
    assert {"assert_no_orphans", "claims", "columns_filled"} <= set(found)
    assert found["assert_no_orphans"].passed and not found["claims"].passed
    assert found["claims"].severity.value == "WARN"
    assert found["claims"].metadata["figure"].text == "3 times 150 (minimum 0.8, maximum 2): warned"
