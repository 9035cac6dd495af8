"""Asset ``core``: parties resolved, claims linked, in DuckDB."""

import dagster as dg

from pipelines.defs.claims import claims
from pipelines.defs.resources import Workspace
from pipelines.warehouse.stages import build_core


@dg.asset(deps=[claims], group_name="loadpath", kinds={"duckdb", "sql"})
def core(workspace: Workspace) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """Tables of the layers raw, doc, nlp and core, built beside the published warehouse."""
    counts = build_core(workspace.settings())
    return dg.MaterializeResult(metadata={"tables": len(counts), "rows": counts})
