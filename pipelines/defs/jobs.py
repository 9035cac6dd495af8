"""The job and its schedule. What belongs here: what runs together, where, and when."""

import dagster as dg

from pipelines.settings import load_settings

loadpath_job = dg.define_asset_job(
    "loadpath",
    selection=dg.AssetSelection.all(),
    executor_def=dg.in_process_executor,
    description="raw → documents → claims → core → marts → graph → exports → digest",
)


def daily_schedule() -> dg.ScheduleDefinition:
    """Return the daily schedule, running only where LOADPATH_SCHEDULE is on."""
    status = dg.DefaultScheduleStatus.RUNNING if load_settings().schedule_on else dg.DefaultScheduleStatus.STOPPED
    return dg.ScheduleDefinition(
        name="daily", job=loadpath_job, cron_schedule="30 5 * * *", execution_timezone="UTC", default_status=status
    )
