"""How long shocks and chokepoints take: on a home that is built, and at a hundred times a small market (1,000,000 relationships).

Run with ``make bench``. ``--home DIR`` measures a home (default: var, where it has a warehouse); it is read, not changed. The rest is
``synthetic_graph``'s market as marts, one claim a relationship. Seconds are CPU, the best of three.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines.settings import Settings, load_settings
from pipelines.warehouse import analyses, stages, store
from pipelines.warehouse.shock import shock
from tests.bench.synthetic_graph import NODES, RELATIONSHIPS, rows
from tests.sql_cases import built_over_nothing

TIMES = 100
PREDICATES = ("SUPPLIES", "DEPENDS_ON")
# Seconds that a shock may take on a home, and on the large market.
ON_HOME, LARGE = 1.0, 30.0


def main() -> int:
    """Print figures; 1 where a target is missed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--home", type=Path, default=Path("var"), help="a home with a warehouse; it is read, not changed"
    )
    options.add_argument(
        "--times", type=int, default=TIMES, help=f"how many times {NODES} nodes, {RELATIONSHIPS} relationships"
    )
    chosen = options.parse_args()
    missed = 0
    if (chosen.home / "warehouse.duckdb").exists():
        settings = load_settings(chosen.home, {})
        for what in ("Taiwan", "TSMC", "CoWoS", "HBM memory"):
            missed += measured(settings, what, ON_HOME)
    with tempfile.TemporaryDirectory() as folder:
        large = market(Path(folder), chosen.times)
        for what in ("organization-0000200", "place:taiwan", "EUV"):
            missed += measured(large, what, LARGE, 1)
        with store.connection(large.warehouse) as con:
            seconds, found = best(lambda: analyses.answer(con, "mart.fct_chokepoint"), 1)
            print(f"{'chokepoints':24} {seconds:6.2f} s of CPU, {len(found)} parties")
    return int(missed > 0)


def measured(settings: Settings, what: str, target: float, times: int = 3) -> bool:
    """Print how long the shock takes; return whether that is more than ``target``."""
    seconds, found = best(lambda: shock(settings, what, 90, "", ""), times)
    print(
        f"{what:24} {seconds:6.2f} s of CPU, {len(found.hit)} hit in {found.hit[-1]['step'] if found.hit else 0} steps"
    )
    return seconds > target


def best(work: Callable[[], Any], times: int) -> tuple[float, Any]:
    """Return the fewest seconds of CPU that ``work`` took, and what it gave."""
    took = []
    for _ in range(times):
        begun = time.process_time()
        found = work()
        took.append(time.process_time() - begun)
    return min(took), found


def market(home: Path, times: int) -> Settings:
    """Return the settings of a home whose marts hold the synthetic market."""
    settings = built_over_nothing(home)
    path = stages.building(settings)
    nodes, edges = rows(NODES * times, RELATIONSHIPS * times)
    links = [row | {"predicate": name} for name in PREDICATES for row in edges[name]]
    segments = ("equipment", "design", "cloud", "models")
    parties = [
        {"party_id": o["id"], "name": o["name"], "kind": "Organization", "segment": segments[at % 4], "layers": ["compute"]}
        for at, o in enumerate(nodes["Organization"])
    ]  # fmt: skip
    parties.append({"party_id": "place:taiwan", "name": "Taiwan", "kind": "Place"})
    claims = [_claim(at, row) for at, row in enumerate(links)]
    with store.connection(path, read_only=False) as con:
        for table, found in (("mart.dim_party", parties), ("mart.fct_claim", claims)):
            con.execute(f"DELETE FROM {table}")
            schema = con.table(table).to_arrow_table().schema
            con.register("found", pa.Table.from_pylist(found, schema=schema))
            con.execute(f"INSERT INTO {table} FROM found")
            con.unregister("found")
        con.execute("INSERT INTO mart.bridge_relationship_claim SELECT subject_id || '|' || predicate || '|' || object_id, claim_id FROM mart.fct_claim WHERE object_kind = 'Organization'")  # fmt: skip
    path.replace(settings.warehouse)
    return settings


def _claim(at: int, row: dict[str, Any]) -> dict[str, Any]:
    """Return the claim of a relationship; some depend on a place, and some name a technology."""
    place = row["predicate"] == "DEPENDS_ON" and at % 5000 == 0
    return {
        "claim_id": f"c{at:07}", "predicate": row["predicate"], "subject_id": row["from_id"], "subject_name": row["from_id"],
        "subject_kind": "Organization", "object_id": "place:taiwan" if place else row["to_id"], "object_name": "Taiwan" if place else row["to_id"],
        "object_kind": "Place" if place else "Organization", "role": ("chips", "memory", None)[at % 3], "modality": "asserted", "polarity": "positive",
        "tier": "fact", "review": "auto", "confidence": 0.5 + at % 50 / 100, "source_group": f"P{at % 50}", "known_from": row["first_known"],
        "sole_source": at % 200 == 0, "quote": f"It buys {'EUV tools' if at % 3001 == 0 else 'parts'} from its neighbours, says report {at}.",
        "publisher": f"P{at % 50}", "url": "", "document_id": "d", "benchmark": None,
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
