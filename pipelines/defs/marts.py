"""Asset ``marts``: the star schema, behind the gates, each of which is a check of the asset."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from pipelines.defs.core import core
from pipelines.defs.gate_checks import results, specs
from pipelines.defs.resources import Workspace
from pipelines.warehouse.gates import PublicationRefusedError
from pipelines.warehouse.stages import build_marts


class MartsConfig(dg.Config):
    """Gates whose minimum may be missed this time: on purpose, and kept in the log of publications."""

    accept: list[str] | None = None


@dg.asset(deps=[core], group_name="loadpath", kinds={"duckdb", "sql"}, check_specs=specs("marts"))
def marts(context: dg.AssetExecutionContext, config: MartsConfig, workspace: Workspace) -> Iterator[Any]:
    """Tables of the layer mart; the warehouse is published when every gate passes, else it stays as it was."""
    try:
        outcome = build_marts(workspace.settings(), config.accept or [])
    except PublicationRefusedError as error:
        yield from results(error.verdicts)
        raise
    for line in outcome.warnings():
        context.log.warning(line)
    yield dg.MaterializeResult(
        metadata={"tables": len(outcome.rows), "rows": outcome.rows, "warnings": outcome.warnings()},
        check_results=list(results(outcome.verdicts)),
    )
