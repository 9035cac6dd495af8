"""Words beside tags on one small filing, by the command: what agrees is counted, what does not stands with both sides."""

import json

import pytest
from typer.testing import CliRunner

from graph.errors import NothingFoundError, UsageError
from pipelines.cli import app
from pipelines.defs.run import run_job
from pipelines.fetch.collect import collect_targets
from pipelines.settings import load_settings
from pipelines.warehouse import store, tag_comparison
from pipelines.warehouse.differences import moment
from tests.nlp.ixbrl import LAST_YEAR, YEAR, Filing

CUSTOMER = {"type": "us-gaap:CustomerConcentrationRiskMember", "who": "acme:CustomerAMember"}


def filing():
    f = Filing()
    agreed = f.share("14", of="us-gaap:SalesRevenueNetMember", period=YEAR, **CUSTOMER)
    # The tags of the two days are swapped: the words put 11% to the later one.
    later = f.share("11", of="us-gaap:AccountsReceivableMember", period=LAST_YEAR, **CUSTOMER)
    earlier = f.share("12", of="us-gaap:AccountsReceivableMember", period=YEAR, **CUSTOMER)
    gross = f.amount("8,100", "PaymentsToAcquireProductiveAssets", period=YEAR)
    return f.html(
        f"<p>One customer accounted for {agreed}% of our revenue in fiscal year 2025.</p>"
        f"<p>As of January 26, 2025 and January 28, 2024, one customer accounted for {later}% and {earlier}%, respectively, of "
        "accounts receivable.</p>"
        f"<table><tr><td>Purchases of property and equipment</td><td>${gross}</td></tr></table>"
    )


@pytest.fixture(scope="module")
def market(tmp_path_factory):
    home = tmp_path_factory.mktemp("tags")
    (home / "amd-20250126.htm").write_text(filing(), encoding="utf-8")
    settings = load_settings(home / "home", {"LOADPATH_JOBS": "1"})
    collect_targets([str(home / "amd-20250126.htm")], settings, publisher="")
    run_job(settings, [])
    return settings


def comparisons(market, company, only, as_of, known_on):
    with store.connection(market.warehouse) as con:
        return tag_comparison.comparisons(con, company, only, moment(as_of, known_on))


def test_both_sides_of_a_mismatch_and_what_agrees(market):
    rows = comparisons(market, "AMD", "", "", "")

    assert [(r["status"], r["reason"], r["words"], r["tag_value"], r["tag_from"], r["tag_to"]) for r in rows] == [
        ("mismatched", "other_period", "11%", 11.0, *LAST_YEAR),
        ("mismatched", "other_period", "12%", 12.0, *YEAR),
        ("matched", None, "14%", 14.0, *YEAR),
        ("tag_only", None, None, 8_100_000_000.0, *YEAR),
    ]
    assert [row["words_to"] for row in rows[:2]] == [YEAR[1], LAST_YEAR[1]]


def test_what_is_asked_for_and_what_could_be_known(market):
    assert [row["words"] for row in comparisons(market, "", "mismatch", "", "")] == ["11%", "12%"]
    assert comparisons(market, "", "", "", "2025-01-01") == []
    with pytest.raises(UsageError, match="matched, mismatch, no-tag, tag-only"):
        comparisons(market, "", "mismatched", "", "")
    with pytest.raises(UsageError, match="did you mean AMD"):
        comparisons(market, "AMDD", "", "", "")


def test_the_command_in_a_narrow_terminal(market, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    shown = CliRunner().invoke(app, ["--home", str(market.home), "tags", "AMD"])

    assert shown.exit_code == 0 and max(map(len, shown.stdout.splitlines())) <= 80
    assert (
        "2  mismatched" in shown.stdout
        and "other_period" in shown.stdout
        and "MajorCustomers=CustomerA" in shown.stdout
    )
    found = CliRunner().invoke(app, ["--home", str(market.home), "tags", "--only", "matched", "--format", "json"])
    assert [row["words"] for row in json.loads(found.stdout)] == ["14%"]
    nothing = CliRunner().invoke(app, ["--home", str(market.home), "tags", "NVIDIA", "--only", "mismatch"])
    assert isinstance(nothing.exception, NothingFoundError) and "NVIDIA" in str(nothing.exception)
