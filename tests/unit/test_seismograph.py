"""The seismograph on two made reports: what changed between them, in which sense, asked by name and by day."""

import json
import re
from datetime import date
from types import SimpleNamespace

import pytest

from graph.errors import NothingFoundError, UsageError
from pipelines.cli import seismograph as command
from pipelines.cli.output import console
from pipelines.defs.run import run_job
from pipelines.fetch.collect import collect_targets
from pipelines.resolve.senses import senses
from pipelines.settings import load_settings
from pipelines.warehouse import store
from pipelines.warehouse.seismograph import seismograph
from tests.conftest import ROOT
from tests.nlp.ixbrl import Filing

HOW_TO = (ROOT / "docs" / "how-to" / "seismograph.md").read_text(encoding="utf-8")
FILLER = (
    "We design processors and sell them through partners in many countries, and our results vary from year to year. "
)
STORM = (
    "Earthquakes, storms and power shortages could disrupt our operations in the valley where most of our people work."
)
RULES = (
    "Export controls may limit our ability to sell processors to customers in some parts of Asia and the Middle East."
)
RULES_NOW = "Export controls have limited our ability to sell processors to customers in some parts of Asia and the Middle East."
WAFERS = "A shortage of wafers could delay shipments of the desktop processors that we planned for autumn."
HALLS = "Power shortages could prevent our customers from opening the data centers that would take our accelerators."


def report(year, *sentences):
    body = "".join(f"<p>{sentence}</p>" for sentence in (FILLER * 40, *sentences))
    items = (
        f"<p><b>Item 1A. Risk Factors</b></p>{body}<p><b>Item 1B. Unresolved Staff Comments</b></p><p>None.</p>"
        f"<p><b>SIGNATURES</b></p><p>Date: February 1, {year + 1}</p>"
    )
    return Filing(end=f"{year}-12-31").html(items, str(year))


@pytest.fixture(scope="module")
def market(tmp_path_factory):
    home = tmp_path_factory.mktemp("seismograph")
    folder = home / "given"
    folder.mkdir()
    (folder / "amd-20231231.htm").write_text(report(2023, STORM, RULES, WAFERS), encoding="utf-8")
    (folder / "amd-20241231.htm").write_text(report(2024, STORM, RULES_NOW, HALLS), encoding="utf-8")
    settings = load_settings(home / "home", {"LOADPATH_JOBS": "1"})
    collect_targets([str(folder)], settings, publisher="")
    run_job(settings, [])
    return settings


def asked(market, bottleneck="", company="", since="", as_of="", known_on="", candidates=True):
    return seismograph(market, bottleneck, company, since, as_of, known_on, candidates)


def test_each_change_has_both_sentences(market):
    found = {
        (e["event"], e["bottleneck_code"], e["sense"], e["quote"], e["before_quote"]) for e in asked(market).events
    }

    assert found == {
        ("strengthened", "export_control", "unstated", RULES_NOW, RULES),
        ("first_named", "power_availability", "data_centers", HALLS, None),
        ("dropped", "leading_edge_wafers", "unstated", None, WAFERS),
    }


def test_names_and_days_choose(market):
    assert [e["event"] for e in asked(market, "Export control", "AMD").events] == ["strengthened"]
    with pytest.raises(NothingFoundError, match="no event fits"):
        asked(market, as_of="2024-06-30")
    with pytest.raises(NothingFoundError, match="1 periodic report of the company is held"):
        asked(market, company="amd", known_on="2024-06-30")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"bottleneck": "powr"}, "did you mean power_availability"),
        ({"company": "Nvidea"}, "did you mean NVIDIA"),
        ({"since": "yesterday"}, "--since yesterday: write the date as YYYY-MM-DD"),
        ({"since": "2025-01-01", "as_of": "2024-01-01"}, "it is later than --as-of"),
    ],
)
def test_what_is_not_known_is_one_line(market, given, says):
    with pytest.raises(UsageError, match=re.escape(says)):
        asked(market, **given)


def test_a_source_counts_once_a_quarter(market):
    quarters = [
        (m["quarter"], m["sources"], m["more"], m["less"]) for m in asked(market, "power_availability").momentum
    ]

    assert quarters == [(date(2024, 1, 1), 1, 0, 0), (date(2025, 1, 1), 1, 1, 0)]


def test_every_claim_of_an_event_is_held(market):
    with store.connection(market.warehouse) as con:
        lost = store.rows(
            con,
            "SELECT event_id FROM mart.fct_bottleneck_event e WHERE NOT list_has_all("
            "(SELECT list(claim_id) FROM mart.fct_claim), claim_ids || before_claim_ids) OR len(claim_ids || before_claim_ids) = 0",
        )

    assert lost == []


def test_the_statements_of_the_page_run(market):
    blocks = re.findall(r"```sql\n(.*?)```", HOW_TO, re.S)
    with store.connection(market.warehouse) as con:
        found = [store.rows(con, sql) for block in blocks for sql in block.split(";") if sql.strip()]

    assert len(found) == 2 and all(found)


def test_the_page_shows_the_timeline_of_these_reports(market, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    command._timelines(console(), asked(market))
    shown = capsys.readouterr().out

    assert max(map(len, shown.splitlines())) <= 80
    assert f"```\n{shown}```" in HOW_TO


def test_senses_are_read_in_their_order(tmp_path):
    path = tmp_path / "senses.yml"
    path.write_text(
        "element: lexicon\nname: senses\nof: [cooling]\nsenses:\n  - {sense: halls, terms: [rack, rack room, U.S.]}\n"
    )

    assert json.loads(json.dumps(senses(path))) == [
        {"sense": "halls", "place": 0, "bottlenecks": ["cooling"], "pattern": r"rack\ room|U\.S\.|rack"}
    ]


def test_what_differs_from_an_earlier_day_comes_with_its_claims(market, capsys):
    command.seismograph(SimpleNamespace(obj=market), "export_control", against="2024-06-30", form="jsonl")
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    assert {(row["change"], row["event"], row["quote"]) for row in rows} == {
        ("came", "strengthened", RULES),
        ("came", "strengthened", RULES_NOW),
    }
