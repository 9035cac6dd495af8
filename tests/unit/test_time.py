"""Two times: views as of a day and as known on a day, what changed between two, gates against impossible days; the page about it."""

import re
from datetime import date

import duckdb
import pytest
import typer.testing

from graph.errors import GateError, UsageError
from pipelines.cli import app
from pipelines.export.files import export
from pipelines.fetch.collect import collect_targets
from pipelines.warehouse import stages, store
from pipelines.warehouse.changes import find_changes, readable
from pipelines.warehouse.claims import find_claims
from pipelines.warehouse.parts import Parts
from tests.conftest import ROOT
from tests.properties.market import Arrival, Said, home, rows

DAY = {number: date(2026, 1, 1 + number) for number in range(9)}


def says(**more):
    plain = {
        "polarity": "positive",
        "modality": "asserted",
        "share": "",
        "period": 0,
        "side": "subject",
        "tier": "fact",
    }
    return Said(**{"subject": "nvidia", "predicate": "SUPPLIES", "object": "dell", **plain, **more})


# Day by day: NVIDIA's share of 2024, Dell from the other end, the share restated, a denial, a page that goes again.
STORY = [
    Arrival(0, "NVIDIA", (says(share="14%", period=1),), None, 0),
    Arrival(1, "Dell", (says(subject="dell", predicate="DEPENDS_ON", object="nvidia"),), None, 0),
    Arrival(2, "NVIDIA", (says(share="20%", period=1), says(share="9%", period=3)), None, 0),
    Arrival(3, "Wire", (says(polarity="negative", side="third_party"),), None, 0),
    Arrival(4, "Blog", (says(subject="tsmc", object="nvidia", side="third_party"),), 2, 0),
]


@pytest.fixture(scope="module")
def market(tmp_path_factory):
    return home(tmp_path_factory.mktemp("market"), STORY, 8)


def relationship(market, as_of, known_on):
    found = rows(
        market, f"SELECT * FROM mart.relationships_at({as_of}, DATE '{known_on}') WHERE predicate = 'SUPPLIES'"
    )
    return [(r["object_id"], r["status"], r["n_claims"], r["n_publishers"], r["share"]) for r in found]


@pytest.mark.parametrize(
    ("known_on", "expected"),
    [
        (DAY[0], [("dell", "supported", 1, 1, 14.0)]),
        (DAY[1], [("dell", "confirmed", 1, 1, 14.0)]),
        (DAY[3], [("dell", "contradicted", 2, 1, 20.0)]),
        (DAY[4], [("dell", "contradicted", 2, 1, 20.0), ("nvidia", "supported", 1, 1, None)]),
        (DAY[7], [("dell", "contradicted", 2, 1, 20.0)]),
    ],
)
def test_a_relationship_is_made_again_from_what_was_known(market, known_on, expected):
    assert relationship(market, "DATE '2024-08-01'", known_on) == expected


def test_as_of_takes_open_closed_and_unknown_validity(market):
    def shares(as_of):
        return sorted(
            (row["share"] or 0.0) for row in rows(market, f"SELECT share FROM mart.claims_at({as_of}, DATE '{DAY[2]}')")
        )

    assert shares("NULL::DATE") == [0.0, 9.0, 14.0, 20.0]
    assert shares("DATE '2024-12-31'") == [0.0, 14.0, 20.0]
    assert shares("DATE '2025-01-01'") == [0.0, 9.0]
    assert shares("DATE '2027-01-01'") == [0.0]


def test_the_command_takes_both_times(market):
    found = find_claims(market, "Dell", "SUPPLIES", "", "", "2024-08-01", str(DAY[2]))
    assert sorted(row["share"] for row in found) == [14.0, 20.0]


def test_what_changed_each_with_both_quotes(market):
    found = find_changes(market, "NVDA", "", "", "", "2026-01-01", "2026-01-09")
    shown = [(row["day"], row["event"], row["rule"]) for row in found]

    assert (DAY[1], "confirmed", "mirror") in shown
    assert (DAY[2], "superseded", "restated") in shown
    assert (DAY[3], "contradicted", "denied") in shown
    assert (DAY[6], "closed", "") in shown
    assert not any(day <= DAY[0] for day, _, _ in shown)
    (restated,) = [row for row in found if row["rule"] == "restated"]
    assert restated["detail"] == "20% instead of 14% for 2024-01-01..2024-12-31"
    assert restated["quotes"] == ["nvidia SUPPLIES dell 14%.", "nvidia SUPPLIES dell 20%."]
    assert readable(restated)["statement"] == "NVIDIA SUPPLIES Dell"


@pytest.mark.parametrize(
    ("given", "says_so"),
    [
        (("", "", "", "", "2026-02-01", "2026-01-01"), "later than --until"),
        (("", "", "", "", "", "2026-01-01"), "give both dates"),
        (("", "", "", "", "yesterday", "2026-01-01"), "--since yesterday: write the date"),
        (("", "both", "", "", "2026-01-01", "2026-01-02"), "subject or object"),
        (("", "", "SELLS", "", "2026-01-01", "2026-01-02"), "--predicate SELLS"),
    ],
)
def test_changes_with_wrong_dates_are_refused(market, given, says_so):
    with pytest.raises(UsageError, match=says_so):
        find_changes(market, *given)


def test_the_exported_snapshot_has_the_views(market, tmp_path):
    export(market, tmp_path / "out", ("duckdb",))
    with duckdb.connect(str(tmp_path / "out" / "loadpath.duckdb"), read_only=True) as con:
        found = con.execute(f"SELECT status FROM relationships_at(NULL, DATE '{DAY[1]}')").fetchall()
    assert found == [("confirmed",), ("confirmed",)]


def test_a_document_of_the_future_is_refused_and_the_others_are_read(settings, tmp_path):
    for name, day in (("late.md", "2999-01-01"), ("fine.md", "2025-01-01")):
        (tmp_path / name).write_text(f"---\npublished: {day}\n---\nNVIDIA supplies Dell with boards.\n")
    collect_targets([str(tmp_path / "late.md"), str(tmp_path / "fine.md")], settings)
    report = stages.read_documents(settings)

    (refused,) = report.refused
    assert re.search(r"late\.md: published on 2999-01-01, but it came on 20..-..-..; add it again", str(refused))
    assert len([name for name in Parts(settings.parts, "documents").names() if not name.startswith("_")]) == 1


def test_a_claim_of_the_future_stops_the_publication(tmp_path):
    late = home(tmp_path, STORY[:1], 8)
    log = late.archive / "fetches.jsonl"
    log.write_text(log.read_text().replace("2026-01-01T", "2025-12-30T"))
    before = late.warehouse.read_bytes()
    stages.build_core(late)
    with pytest.raises(GateError, match="assert_known_when_it_came"):
        stages.build_marts(late)
    assert late.warehouse.read_bytes() == before


def test_the_page_about_time_shows_what_works(market):
    page = (ROOT / "docs" / "how-to" / "time.md").read_text(encoding="utf-8")
    commands = re.findall(r"^loadpath (.+)$", page, re.M)
    runner = typer.testing.CliRunner()
    for command in commands:
        result = runner.invoke(app, ["--home", str(market.home), *command.split()])
        assert result.exit_code == 0, f"{command}: {result.output} {result.exception}"
    blocks = re.findall(r"```sql\n(.+?)```", page, re.S)
    with store.connection(market.warehouse) as con:
        assert commands and blocks and all(store.rows(con, sql) for sql in blocks)
