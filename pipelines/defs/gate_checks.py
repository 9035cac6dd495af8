"""Gates as asset checks: each with its figures and bounds. What belongs here: showing verdicts. Judging is ``warehouse.gates``."""

from collections.abc import Iterator, Sequence

import dagster as dg

from pipelines.warehouse import gates
from pipelines.warehouse.gates import Verdict

_TABLES = (
    "Fails when a table breaks what its page promises: its columns, keys, required columns, closed lists or references."
)


def specs(asset: str) -> list[dg.AssetCheckSpec]:
    """Return a check for each assertion and each gate of bounds."""
    bounds = {name: gate.says for name, gate in gates.load().items()}
    says = {**{name: gates.comment(sql) for name, sql in gates.assertions().items()}, gates.TABLES: _TABLES, **bounds}
    return [dg.AssetCheckSpec(name, asset=asset, description=text) for name, text in says.items()]


def results(verdicts: Sequence[Verdict]) -> Iterator[dg.AssetCheckResult]:
    """Yield the result of each check; a gate without a figure has passed. Severity is error where it stops a publication."""
    for name in (*gates.assertions(), gates.TABLES, *gates.load()):
        of_gate = [verdict for verdict in verdicts if verdict.gate == name]
        outcomes = {verdict.outcome for verdict in of_gate}
        yield dg.AssetCheckResult(
            check_name=name,
            passed=not outcomes & {"failed", "warned"},
            severity=dg.AssetCheckSeverity.ERROR if "failed" in outcomes else dg.AssetCheckSeverity.WARN,
            metadata=_figures(of_gate),
        )


def _figures(verdicts: Sequence[Verdict]) -> dict[str, str | float]:
    found: dict[str, str | float] = {}
    for verdict in verdicts:
        bounds = [f"minimum {verdict.minimum:g}"] if verdict.minimum is not None else []
        bounds += [f"maximum {verdict.maximum:g}"] if verdict.maximum is not None else []
        was = f" times {verdict.before:g}" if verdict.before is not None else ""
        found[verdict.item or "figure"] = f"{verdict.figure:.4g}{was} ({', '.join(bounds)}): {verdict.outcome}"
    return found
