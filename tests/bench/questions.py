"""How long the named questions take on SQL, the embedded graph and a real Neo4j, each with its parameters' defaults.

Run with ``make bench``. ``--home DIR`` asks a home that is built (default: the shipped notes, built anew); it is read, not changed:
graphs are filled from its warehouse. Milliseconds pass on the wall, after one answer that nobody counts. Where there is no Neo4j,
it is left out and said so.
"""

import argparse
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from graph import server
from graph.errors import LoadpathError
from graph.query import queries
from pipelines.settings import load_settings
from tests.graph import engines

# Milliseconds that 95 of 100 answers may take.
TARGETS = {"sql": 100.0, "embedded": 50.0, "neo4j": 50.0}


def main() -> int:
    """Print a line a question; 1 where engines disagree or a target is missed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--home", type=Path, help="a home with a warehouse")
    options.add_argument("--times", type=int, default=40, help="how often each question is asked")
    options.add_argument(
        "--neo4j", type=Path, default=Path("var") / "bench-neo4j", help="where a Neo4j is made and its jars are kept"
    )
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name, ExitStack() as opened:
        folder = Path(name)
        graphs = {"embedded": opened.enter_context(engines.embedded(folder))}
        try:
            graphs["neo4j"] = opened.enter_context(engines.neo4j(server.start(chosen.neo4j), folder))
            opened.callback(server.stop, chosen.neo4j)
        except LoadpathError as error:
            print(f"no real Neo4j here, so it is not asked: {error}")
        market = engines.Market(load_settings(chosen.home, {}) if chosen.home else engines.build(folder), graphs)
        market.fill()
        return int(not ask_all(market, chosen.times))


def ask_all(market: engines.Market, times: int) -> bool:
    """Ask every question on every engine and print; return whether all agree and keep to the targets."""
    kept = True
    with market.readers() as readers:
        print("milliseconds, half and 95 of 100 answers:", ", ".join(readers))
        for name, query in queries().items():
            answers = {}
            figures = {}
            for engine, read in readers.items():
                answers[engine] = engines.typed(read(query, {}))
                figures[engine] = milliseconds(read, query, times)
            same = all(answer == answers["sql"] for answer in answers.values())
            slow = [engine for engine, (_, most) in figures.items() if most > TARGETS[engine]]
            shown = "  ".join(f"{half:7.1f} {most:7.1f}" for half, most in figures.values())
            told = "" if same else "  ROWS DIFFER"
            print(
                f"{name:28}{len(answers['sql']):6} rows {shown}{told}{'  missed: ' + ', '.join(slow) if slow else ''}"
            )
            kept = kept and same and not slow
    return kept


def milliseconds(read: Any, query: Any, times: int) -> tuple[float, float]:
    """Return the milliseconds that half and 95 of 100 answers take at most."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        read(query, {})
        taken.append(1000 * (time.perf_counter() - begun))
    taken.sort()
    return taken[len(taken) // 2], taken[int(len(taken) * 0.95)]


if __name__ == "__main__":
    sys.exit(main())
