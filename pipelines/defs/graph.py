"""Asset ``graph``: nodes and relationships into Neo4j, or into the embedded engine."""

import dagster as dg

from graph.errors import GraphUnreachableError
from pipelines.defs.marts import marts
from pipelines.defs.resources import Workspace
from pipelines.warehouse.graph_load import load_graph


@dg.asset(deps=[marts], group_name="loadpath", kinds={"neo4j", "cypher"})
def graph(context: dg.AssetExecutionContext, workspace: Workspace) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """The market as a graph; where the database cannot be reached the rest is published and the next load mends it."""
    try:
        report = load_graph(workspace.settings())
    except GraphUnreachableError as error:
        context.log.error(str(error))
        return dg.MaterializeResult(metadata={"unreachable": str(error)})
    return dg.MaterializeResult(metadata=report)
