"""The graph's rows out of the warehouse. What belongs here: running ``sql/graph/*.sql``, one file a label or type.

What does not: writing them to a graph (``graph.load``). ``node_<label>.sql`` gives nodes, ``edge_<type>.sql`` gives
relationships with ``from_label, from_id, to_label, to_id``; ``edge_predicates.sql`` gives those of all predicates.
"""

from typing import Any

import duckdb

from pipelines.warehouse import store

Rows = list[dict[str, Any]]


def nodes(con: duckdb.DuckDBPyConnection) -> dict[str, Rows]:
    """Return the rows of each node label, each with an ``id``."""
    return _grouped(con, "node_*.sql", "label")


def edges(con: duckdb.DuckDBPyConnection) -> dict[str, Rows]:
    """Return the rows of each relationship type, each with an ``id`` and its two ends."""
    return _grouped(con, "edge_*.sql", "type")


def _grouped(con: duckdb.DuckDBPyConnection, pattern: str, by: str) -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    for path in sorted((store.SQL / "graph").glob(pattern)):
        for row in store.rows(con, path.read_text(encoding="utf-8")):
            found.setdefault(row.pop(f"_{by}"), []).append({k: v for k, v in row.items() if v is not None})
    return found
