"""Asset ``documents``: archived bytes to canonical text, blocks and frames."""

import dagster as dg

from pipelines.defs.raw import raw
from pipelines.defs.resources import Workspace
from pipelines.warehouse.stages import read_documents


@dg.asset(deps=[raw], group_name="loadpath", kinds={"parquet"})
def documents(context: dg.AssetExecutionContext, workspace: Workspace) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """One Parquet part a document; a document that cannot be read leaves a row with the reason."""
    report = read_documents(workspace.settings(), workspace.progress())
    for refusal in report.refused:
        context.log.warning(str(refusal))
    return dg.MaterializeResult(
        metadata={"read": report.written, "unchanged": report.unchanged, "refused": len(report.refused)}
    )
