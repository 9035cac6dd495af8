"""Runs of the job from the command line, in this process. What belongs here: the instance, and the job's outcome.

Runs are kept below ``home``/dagster, where the web page of this checkout looks too.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import dagster as dg

from graph.errors import LoadpathError
from pipelines.definitions import definitions
from pipelines.defs.jobs import loadpath_job
from pipelines.settings import Settings

_INSTANCE = """\
telemetry: {{enabled: false}}
storage: {{sqlite: {{base_dir: "{home}/dagster/history"}}}}
local_artifact_storage:
  module: dagster._core.storage.root
  class: LocalArtifactStorage
  config: {{base_dir: "{home}/dagster/storage"}}
compute_logs:
  module: dagster._core.storage.noop_compute_log_manager
  class: NoOpComputeLogManager
"""


def run_job(settings: Settings, sources: list[str], accept: Sequence[str] = ()) -> dict[str, dict[str, Any]]:
    """Run the job with the given sources; return each asset's metadata. A foreseeable failure is raised as it was.

    ``accept`` names gates whose minimum may be missed this time.
    """
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "1"
    with _instance(settings.home) as instance:
        result = definitions.resolve_job_def(loadpath_job.name).execute_in_process(
            run_config={
                "ops": {"raw": {"config": {"sources": sources}}, "marts": {"config": {"accept": list(accept)}}},
                "resources": {"workspace": {"config": {"home": str(settings.home), "show_progress": True}}},
                "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
            },
            instance=instance,
            raise_on_error=False,
        )
    if not result.success:
        raise _cause(result)
    outcome = {}
    for event in result.get_asset_materialization_events():
        materialization = event.step_materialization_data.materialization
        outcome[materialization.asset_key.to_user_string()] = {k: v.value for k, v in materialization.metadata.items()}
    return outcome


def _instance(home: Path) -> dg.DagsterInstance:
    home.mkdir(parents=True, exist_ok=True)
    folder = home / "dagster"
    folder.mkdir(exist_ok=True)
    (folder / "dagster.yaml").write_text(_INSTANCE.format(home=home), encoding="utf-8")
    return dg.DagsterInstance.from_config(str(folder))


def _cause(result: dg.ExecuteInProcessResult) -> BaseException:
    for event in result.all_events:
        if event.is_step_failure and (error := event.step_failure_data.error):
            cause = error.cause or error
            # Dagster's own name for Ctrl-C in the middle of a step.
            if "DagsterExecutionInterruptedError" in (cause.cls_name, error.cls_name):
                return KeyboardInterrupt()
            if event.step_failure_data.error_source and cause.cls_name in _foreseeable():
                return _foreseeable()[cause.cls_name](cause.message.split(": ", 1)[-1].strip())
            return RuntimeError(f"step {event.step_key}: {cause.to_string()}")
    return RuntimeError("the job failed without a failed step")


def _foreseeable() -> dict[str, type[LoadpathError]]:
    kinds = [LoadpathError]
    for kind in kinds:
        kinds += kind.__subclasses__()
    return {kind.__name__: kind for kind in kinds if kind.__name__ != "InputRefusedError"}
