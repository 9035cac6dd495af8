"""Asset checks: what must hold after a run, shown in Dagster's page. What belongs here: reading and judging.

The gates that stop a publication are ``sql/checks`` (run before it); these show them, and the graph's agreement.
"""

import dagster as dg

from pipelines.defs.documents import documents
from pipelines.defs.marts import marts
from pipelines.defs.resources import Workspace
from pipelines.warehouse import store


@dg.asset_check(asset=marts, blocking=True)
def gates_pass(workspace: Workspace) -> dg.AssetCheckResult:
    """Every gate of sql/checks finds no row in the published warehouse."""
    found = store.gates(workspace.settings().warehouse)
    return dg.AssetCheckResult(passed=not any(found.values()), metadata=dict(found))


@dg.asset_check(asset=documents)
def documents_are_readable(workspace: Workspace) -> dg.AssetCheckResult:
    """Warns when documents were refused: they are listed with their reasons in doc.refusal."""
    refused = list(workspace.settings().parts.glob("*refusals/[0-9a-f]*.parquet"))
    return dg.AssetCheckResult(
        passed=not refused, severity=dg.AssetCheckSeverity.WARN, metadata={"refused": len(refused)}
    )
