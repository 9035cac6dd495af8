"""Dagster's entry: assembly only. What belongs here: the list of assets, checks, jobs, schedules and resources."""

import dagster as dg

from pipelines.defs import analyses, checks, claims, core, digest, documents, exports, graph, marts, raw
from pipelines.defs.jobs import daily_schedule, loadpath_job
from pipelines.defs.resources import Workspace

definitions = dg.Definitions(
    assets=dg.load_assets_from_modules([raw, documents, claims, core, marts, analyses, graph, exports, digest]),
    asset_checks=dg.load_asset_checks_from_modules([checks]),
    jobs=[loadpath_job],
    schedules=[daily_schedule()],
    resources={"workspace": Workspace()},
)
