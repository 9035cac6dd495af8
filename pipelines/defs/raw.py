"""Asset ``raw``: sources into the archive."""

import dagster as dg

from pipelines.defs.resources import Workspace
from pipelines.fetch.collect import collect_sources
from pipelines.fetch.lock import writing


class RawConfig(dg.Config):
    """Which sources to collect; by default those that are turned on."""

    sources: list[str] | None = None


@dg.asset(group_name="loadpath", kinds={"file"})
def raw(context: dg.AssetExecutionContext, config: RawConfig, workspace: Workspace) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """Bytes of every source, kept for ever by content hash, with a fetch log."""
    settings = workspace.settings()
    with writing(settings.home, context.log.info):
        reports = collect_sources(config.sources, settings)
    for refusal in (error for report in reports for error in report.refused):
        context.log.warning(str(refusal))
    counts = {"documents": sum(len(report.sha256s) for report in reports), "new": sum(report.new for report in reports)}
    refused = sum(len(report.refused) for report in reports)
    return dg.MaterializeResult(metadata={**counts, "refused": refused, "sources": [report.name for report in reports]})
