"""Asset ``marts``: the star schema, behind the gates."""

import dagster as dg

from pipelines.defs.core import core
from pipelines.defs.resources import Workspace
from pipelines.warehouse.stages import build_marts


@dg.asset(deps=[core], group_name="loadpath", kinds={"duckdb", "sql"})
def marts(workspace: Workspace) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """Tables of the layer mart; the warehouse is published when every gate passes, else it stays as it was."""
    counts = build_marts(workspace.settings())
    return dg.MaterializeResult(metadata={"tables": len(counts), "rows": counts})
