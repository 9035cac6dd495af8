"""Asset ``exports``: marts as files for people and tools."""

import dagster as dg

from pipelines.defs.graph import graph
from pipelines.defs.resources import Workspace
from pipelines.export.files import publish
from pipelines.warehouse.stages import published_fingerprint


@dg.asset(deps=[graph], group_name="loadpath", kinds={"parquet", "excel", "duckdb"})
def exports(workspace: Workspace) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """Files for spreadsheets, BI and graph tools and programs, published as one folder."""
    settings = workspace.settings()
    written = publish(settings, published_fingerprint(settings))
    if written is None:
        return dg.MaterializeResult(metadata={"tables": 0})
    folder, left_out = str(settings.home / "exports"), list(written.left_out.values())
    return dg.MaterializeResult(
        metadata={"tables": len(written.rows), "rows": written.rows, "folder": folder, "left_out": left_out}
    )
