"""How long the graph takes: 20,000 nodes and 100,000 relationships into a real Neo4j and the embedded engine, then again unchanged.

Run with ``make bench``. The rows are synthetic. The first load of a fresh Neo4j also warms its Java up, so that a small load goes
before the measured one. Seconds pass on the wall, since two processes work; beside them stands the CPU of both (of Neo4j on Linux
alone), which a busy machine does not change. Where there is no Neo4j, its part is left out and said so.
"""

import argparse
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

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


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on the wall, and of CPU of this process and of the server."""

    wall: float
    own: float
    server: float

    @classmethod
    def until_now(cls, pid: int) -> "Spent":
        """Return what was spent so far; of the process ``pid`` where Linux tells it."""
        stat = Path(f"/proc/{pid}/stat")
        ticks = stat.read_text().rpartition(")")[2].split()[11:13] if pid and stat.exists() else ()
        return cls(time.monotonic(), time.process_time(), sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK"))

    def __sub__(self, other: "Spent") -> "Spent":
        return Spent(self.wall - other.wall, self.own - other.own, self.server - other.server)

    def __str__(self) -> str:
        return f"{self.wall:.1f} s (CPU {self.own:.1f} + {self.server:.1f})"


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
        address = GraphSettings(running.uri, running.username, running.password, "neo4j", home)
        try:
            missed = measured("Neo4j", address, (nodes, edges), running.pid, TARGET)
        finally:
            server.stop(home)
    with tempfile.TemporaryDirectory() as folder:
        measured("embedded", GraphSettings("", "", "", "", Path(folder)), (nodes, edges), 0, 0)
    return missed


def measured(name: str, address: GraphSettings, market: tuple[Rows, Rows], pid: int, target: int) -> int:
    """Measure one engine, print what it took, and return 1 where it stays below ``target`` relationships a second."""
    store = connect(address, writing=True)
    nodes, edges = market

    def spent(held: Rows) -> Spent:
        begun = Spent.until_now(pid)
        load(store, load_ontology(), nodes, held)
        return Spent.until_now(pid) - begun

    try:
        emptied(store)
        load(store, load_ontology(), *rows(NODES // 4, RELATIONSHIPS // 4, seed=1))
        emptied(store)
        first, second, unchanged = spent({}), spent(edges), spent(edges)
        row = edges["SUPPLIES"][0]
        row["best_quote"] = f"{row['best_quote']} Still."
        changed = spent(edges)
    finally:
        store.close()
    # What looking at the rows and at the graph takes is paid by every load; the rest wrote the relationships.
    written = second - unchanged
    each = RELATIONSHIPS / written.wall
    print(
        f"{name}: {NODES} nodes {first}, {RELATIONSHIPS} relationships {second}, unchanged {unchanged}, one changed {changed}"
    )
    print(
        f"  written {each:.0f} a second{f'    >= {target}' if target else ''}{'   MISSED' * (each < target)}; {written}"
    )
    return int(each < target)


def emptied(store: GraphStore) -> None:
    """Leave the constraints and indexes, and nothing else."""
    schema.create(store, load_ontology())
    store.schema("MATCH (n) CALL { WITH n DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS")


if __name__ == "__main__":
    sys.exit(main())
