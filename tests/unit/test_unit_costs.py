"""The worked example of the how-to page on unit costs, run as it stands; the plot."""

import math
import re
from datetime import date

import pytest
from typer.testing import CliRunner

from graph.errors import NothingFoundError, UsageError
from pipelines.cli import app
from pipelines.cli.plot import plot
from pipelines.defs.run import run_job
from pipelines.fetch.collect import collect_targets
from pipelines.settings import load_settings
from pipelines.warehouse import store, unit_costs
from pipelines.warehouse.differences import moment
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "how-to" / "unit-costs.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def market(tmp_path_factory):
    home = tmp_path_factory.mktemp("costs")
    (home / "systems.md").write_text(re.findall(r"```markdown\n(.+?)```", PAGE, re.S)[0], encoding="utf-8")
    settings = load_settings(home / "home", {"LOADPATH_JOBS": "1"})
    collect_targets([str(home / "systems.md")], settings, publisher="")
    run_job(settings, [])
    return settings


def curve(market, per, as_of, known_on):
    with store.connection(market.warehouse) as con:
        return unit_costs.curve(con, per, moment(as_of, known_on))


def test_the_page_shows_what_the_command_says(market, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    shown = CliRunner().invoke(app, ["--home", str(market.home), "unit-costs", "cluster"])

    assert shown.exit_code == 0 and max(map(len, shown.stdout.splitlines())) <= 80
    said = " ".join(shown.stdout.split())
    for line in re.findall(r"^(?:stated|planned), USD: .+$", PAGE, re.M):
        assert line in said


def test_the_doubling_time_by_hand(market):
    found = curve(market, "cluster", "", "")
    points = [(p["day"], p["subject"], p["level"]) for p in found.points if p["series"] == "stated"]
    stated = next(row for row in found.times if row["series"] == "stated")

    assert [(day.year, subject) for day, subject, _ in points] == [
        (2022, "GPT-4 cluster"),
        (2023, "Aurelia"),
        (2024, "Colossus"),
        (2025, "Borealis"),
    ]
    x = [(day - date(2020, 1, 1)).days / 365.25 for day, _, _ in points]
    y = [math.log2(level) for _, _, level in points]
    mean_x, mean_y = sum(x) / 4, sum(y) / 4
    spread = sum((v - mean_x) ** 2 for v in x)
    slope = sum((v - mean_x) * (w - mean_y) for v, w in zip(x, y, strict=True)) / spread
    rest = sum((w - mean_y - slope * (v - mean_x)) ** 2 for v, w in zip(x, y, strict=True))
    reach = 4.303 * math.sqrt(rest / 2 / spread)
    months = (stated["doubling_months"], stated["months_low"], stated["months_high"])
    assert months == pytest.approx((12 / slope, 12 / (slope + reach), 12 / (slope - reach)), abs=0.006)
    assert len(stated["claim_ids"]) == stated["n"] == 4


def test_what_cannot_be_told_says_why(market):
    planned = next(row for row in curve(market, "cluster", "", "").times if row["series"] == "planned")

    assert planned["refused"] == "fewer than three points: 1" and planned["doubling_months"] is None
    assert curve(market, "cluster", "", "2026-01-01").costs == []
    with pytest.raises(UsageError, match="did you mean cluster"):
        curve(market, "clusters", "", "")
    nothing = CliRunner().invoke(app, ["--home", str(market.home), "unit-costs", "minute"])
    assert isinstance(nothing.exception, NothingFoundError) and "transcribed minute" in str(nothing.exception)


def test_what_differs_from_an_earlier_day_and_by_which_claims(market):
    shown = CliRunner().invoke(app, ["--home", str(market.home), "unit-costs", "cluster", "--against", "2026-01-01"])

    assert shown.exit_code == 0 and "came: cluster stated USD" in " ".join(shown.stdout.split())


def test_a_plot_keeps_to_the_terminal_and_marks_what_falls_together():
    lines = plot([(date(2020, 1, 1), 1e8, "a"), (date(2020, 1, 2), 1.01e8, "b"), (date(2025, 1, 1), 1e10, "c")])

    assert max(map(len, lines)) <= 80
    assert lines[0].startswith("      10B |") and lines[0].endswith("c")
    assert lines[10].startswith("     100M |*")
    assert lines[-1].split() == ["2020-01-01", "2025-01-01"]
