"""Asset checks: what must hold after a run, shown in Dagster's page. What belongs here: reading and judging.

The gates are checks of the asset ``marts`` (``gate_checks``), which runs them before it publishes.
"""

import dagster as dg

from pipelines.defs.documents import documents
from pipelines.defs.resources import Workspace


@dg.asset_check(asset=documents)
def documents_are_readable(workspace: Workspace) -> dg.AssetCheckResult:
    """Warns when documents were refused: they are listed with their reasons in doc.refusal."""
    refused = list(workspace.settings().parts.glob("*refusals/[0-9a-f]*.parquet"))
    return dg.AssetCheckResult(
        passed=not refused, severity=dg.AssetCheckSeverity.WARN, metadata={"refused": len(refused)}
    )
