"""Graph stores: one code path, the official driver over Bolt. What belongs here: opening the right database.

``uri`` set: Neo4j. Unset: the embedded engine, started by this program below ``home``/graph. What does not belong here:
what is written (``graph.load``) or asked (``graph.query``).
"""

from dataclasses import dataclass
from pathlib import Path

from graph.stores.bolt import GraphStore


@dataclass(frozen=True, slots=True)
class GraphSettings:
    """Where the graph is: ``uri`` empty means the embedded engine below ``home``."""

    uri: str
    username: str
    password: str
    database: str
    home: Path


def connect(settings: GraphSettings) -> GraphStore:
    """Return an open store; raise GraphUnreachableError with one line that says whether address or login is wrong."""
    if settings.uri:
        return GraphStore(settings.uri, settings.username, settings.password, settings.database)
    from graph.stores.embedded import open_embedded

    return open_embedded(settings.home / "graph")
