"""How long the graph takes: 20,000 nodes and 100,000 relationships into a real Neo4j and the embedded engine, then again unchanged.

Run with ``make bench``. The rows are synthetic. The first load of a fresh Neo4j also warms its Java up, so that a small load goes
before the measured one. Seconds pass on the wall: two processes work. Where there is no Neo4j, its part is left out and said so.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from graph import schema, server
from graph.errors import LoadpathError
from graph.load import load
from graph.model import load_ontology
from graph.stores import GraphSettings, connect
from graph.stores.bolt import GraphStore
from tests.bench.synthetic_graph import Rows, rows

NODES, RELATIONSHIPS = 20_000, 100_000
# Relationships a second that a load into Neo4j must reach.
TARGET = 10_000


def main() -> int:
    """Print figures; 1 where the target is missed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--home", type=Path, default=Path("var") / "bench-neo4j", help="where a Neo4j is made and its jars are kept"
    )
    home = options.parse_args().home
    nodes, edges = rows(NODES, RELATIONSHIPS)
    missed = 0
    try:
        running = server.start(home)
    except LoadpathError as error:
        print(f"no real Neo4j here, so it is not measured: {error}")
    else:
        try:
            missed = measured(
                "Neo4j", (running.uri, running.username, running.password, "neo4j"), home, (nodes, edges), TARGET
            )
        finally:
            server.stop(home)
    with tempfile.TemporaryDirectory() as folder:
        measured("embedded", ("", "", "", ""), Path(folder), (nodes, edges), 0)
    return missed


def measured(name: str, address: tuple[str, str, str, str], home: Path, market: tuple[Rows, Rows], target: int) -> int:
    """Measure one engine, print what it took, and return 1 where it stays below ``target``."""
    store = connect(GraphSettings(*address, home))
    try:
        emptied(store)
        load(store, load_ontology(), *rows(NODES // 4, RELATIONSHIPS // 4, seed=1))
        emptied(store)
        nodes = seconds(lambda: load(store, load_ontology(), market[0], {}))
        edges = seconds(lambda: load(store, load_ontology(), *market))
        unchanged = seconds(lambda: load(store, load_ontology(), *market))
        row = market[1]["SUPPLIES"][0]
        row["best_quote"] = f"{row['best_quote']} Still."
        one = seconds(lambda: load(store, load_ontology(), *market))
    finally:
        store.close()
    # What looking at the rows and at the graph takes is paid by every load; the rest wrote the relationships.
    each = RELATIONSHIPS / (edges - unchanged)
    print(
        f"{name}: {NODES} nodes {nodes:.1f} s, then {RELATIONSHIPS} relationships {edges:.1f} s ({RELATIONSHIPS / edges:.0f} a second)"
    )
    print(f"  written {each:.0f} a second{f'    >= {target}' if target else ''}{'   MISSED' * (each < target)}")
    print(f"  unchanged {unchanged:.1f} s, one changed {one:.1f} s")
    return int(each < target)


def emptied(store: GraphStore) -> None:
    """Leave the constraints and indexes, and nothing else."""
    schema.create(store, load_ontology())
    store.schema("MATCH (n) CALL { WITH n DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS")


def seconds(action: Callable[[], Any]) -> float:
    """Return how long ``action`` takes."""
    begun = time.monotonic()
    action()
    return time.monotonic() - begun


if __name__ == "__main__":
    sys.exit(main())
