"""Asset ``raw``: sources into the archive."""

import dagster as dg

from pipelines.defs.resources import Workspace
from pipelines.fetch.collect import collect_source, source_names


class RawConfig(dg.Config):
    """Which shipped sources to collect; by default all."""

    sources: list[str] = source_names()


@dg.asset(group_name="loadpath", kinds={"file"})
def raw(config: RawConfig, workspace: Workspace) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """Bytes of every source, kept for ever by content hash, with a fetch log."""
    collected = {name: collect_source(name, workspace.settings()) for name in config.sources}
    return dg.MaterializeResult(
        metadata={
            "documents": sum(len(c.sha256s) for c in collected.values()),
            "new": sum(c.new for c in collected.values()),
            "sources": list(collected),
        }
    )
