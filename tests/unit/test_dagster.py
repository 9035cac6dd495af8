"""Dagster's definitions: they validate, assets stand in their order, the schedule is off by default."""

import subprocess
import sys

import dagster as dg

from pipelines.definitions import definitions
from tests.conftest import ROOT


def test_assets_stand_in_the_order_of_the_flow():
    graph = definitions.resolve_asset_graph()
    order = [keys for level in graph.toposorted_asset_keys_by_level for keys in level]

    assert [key.to_user_string() for key in order] == [
        "raw",
        "documents",
        "claims",
        "core",
        "marts",
        "graph",
        "exports",
    ]


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
