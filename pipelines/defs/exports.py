"""Asset ``exports``: marts as files for people and BI tools."""

import dagster as dg

from pipelines.defs.graph import graph
from pipelines.defs.resources import Workspace
from pipelines.export.files import export, exported_fingerprint
from pipelines.warehouse.stages import published_fingerprint


@dg.asset(deps=[graph], group_name="loadpath", kinds={"parquet", "csv", "duckdb"})
def exports(workspace: Workspace) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """Parquet, CSV and a read-only DuckDB snapshot, published as one folder."""
    settings = workspace.settings()
    folder = settings.home / "exports"
    if exported_fingerprint(folder) == published_fingerprint(settings):
        return dg.MaterializeResult(metadata={"tables": 0})
    counts = export(settings, folder)
    return dg.MaterializeResult(metadata={"tables": len(counts), "rows": counts, "folder": str(folder)})
