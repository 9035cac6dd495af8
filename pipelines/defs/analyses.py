"""One asset an analysis: how many rows its table has, its first findings, and a check that the table keeps its page's promises.

What belongs here: the list. An analysis is one line; its table is made with the other marts (``sql/mart``), before this.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import dagster as dg

from pipelines.defs.marts import marts
from pipelines.defs.resources import Workspace
from pipelines.warehouse.findings import findings


class Analysis(NamedTuple):
    """An analysis by its name, which is its command's too; ``table`` is one of the layer mart, ``guide`` a page of docs/how-to."""

    name: str
    table: str
    guide: str

    @property
    def asset(self) -> str:
        """Return the asset's name: a command may have a dash, an asset may not."""
        return self.name.replace("-", "_")


ANALYSES: tuple[Analysis, ...] = (
    Analysis("seismograph", "fct_bottleneck_event", "seismograph.md"),
    Analysis("chokepoints", "fct_chokepoint", "chokepoints.md"),
    Analysis("loops", "fct_capital_loop", "loops.md"),
    Analysis("mirror", "fct_mirror", "mirror.md"),
    Analysis("absence", "fct_absence", "absence.md"),
    Analysis("coverage", "fct_coverage", "coverage.md"),
    Analysis("court", "fct_court_evidence", "court.md"),
    Analysis("migration", "fct_layer_entry", "migration.md"),
    Analysis("tags", "fct_tag_comparison", "tags.md"),
    Analysis("unit-costs", "fct_doubling_time", "unit-costs.md"),
)


def _asset(analysis: Analysis) -> dg.AssetsDefinition:
    check = f"{analysis.asset}_keeps_its_promises"

    @dg.asset(
        name=analysis.asset,
        deps=[marts],
        group_name="analyses",
        kinds={"duckdb", "sql"},
        description=f"mart.{analysis.table}: `loadpath {analysis.name}`, docs/how-to/{analysis.guide}",
        check_specs=[dg.AssetCheckSpec(check, asset=analysis.asset)],
    )
    def asset(workspace: Workspace) -> Iterator[Any]:
        found = findings(workspace.settings(), analysis.table)
        yield dg.MaterializeResult(
            metadata={"rows": found.rows, "claims": found.claims, "first": dg.MarkdownMetadataValue(found.markdown())},
            check_results=[dg.AssetCheckResult(check_name=check, passed=not found.broken, metadata=found.broken)],
        )

    return asset


assets = [_asset(analysis) for analysis in ANALYSES]
