"""Asset ``claims``: documents to claims."""

import dagster as dg

from pipelines.defs.documents import documents
from pipelines.defs.resources import Workspace
from pipelines.warehouse.stages import read_claims


@dg.asset(deps=[documents], group_name="loadpath", kinds={"python", "parquet"})
def claims(context: dg.AssetExecutionContext, workspace: Workspace) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """One Parquet part a document, by document and extractor version: unchanged is zero work."""
    report = read_claims(workspace.settings(), workspace.progress())
    for refusal in report.refused:
        context.log.warning(str(refusal))
    return dg.MaterializeResult(
        metadata={
            "documents": report.written,
            "unchanged": report.unchanged,
            "refused": len(report.refused),
            "not_covered": report.not_covered,
        }
    )
