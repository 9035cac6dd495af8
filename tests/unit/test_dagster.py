"""Dagster's definitions: they validate, assets stand in their order, the schedule is off by default."""

import subprocess
import sys

import dagster as dg
import typer

from pipelines.cli import app
from pipelines.definitions import definitions
from pipelines.defs.analyses import ANALYSES
from pipelines.warehouse.tables import load_tables
from tests.conftest import ROOT


def test_assets_stand_in_the_order_of_the_flow():
    graph = definitions.resolve_asset_graph()
    order = [keys for level in graph.toposorted_asset_keys_by_level for keys in level]
    flow = [key.to_user_string() for key in order if graph.get(key).group_name == "loadpath"]

    assert flow == [
        "raw",
        "documents",
        "claims",
        "core",
        "marts",
        "graph",
        "exports",
        "digest",
    ]


def test_every_analysis_has_an_asset_a_table_a_guide_and_a_command():
    graph = definitions.resolve_asset_graph()
    commands = typer.main.get_command(app).commands

    assets = {key.to_user_string() for key in graph.get_all_asset_keys() if graph.get(key).group_name == "analyses"}
    assert assets == {analysis.asset for analysis in ANALYSES}
    for analysis in ANALYSES:
        assert f"mart.{analysis.table}" in load_tables(), analysis
        assert (ROOT / "docs" / "how-to" / analysis.guide).is_file(), analysis
        assert analysis.name in commands, analysis
        assert {parent.to_user_string() for parent in graph.get(dg.AssetKey(analysis.asset)).parent_keys} == {"marts"}


def test_the_schedule_is_off_unless_the_setting_turns_it_on():
    schedule = definitions.resolve_schedule_def("daily")

    assert schedule.default_status == dg.DefaultScheduleStatus.STOPPED


def test_definitions_validate():
    command = [
        sys.executable,
        "-m",
        "dagster",
        "definitions",
        "validate",
        "-m",
        "pipelines.definitions",
        "-a",
        "definitions",
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, env={"DAGSTER_DISABLE_TELEMETRY": "1", "PATH": ""}
    )

    assert done.returncode == 0, done.stderr
