"""Graph stores: one code path, the official driver over Bolt. What belongs here: opening the right database.

``uri`` set: Neo4j. Unset: the embedded engine, started by this program below ``home``/graph. What does not belong here:
what is written (``graph.load``) or asked (``graph.query``).
"""

from dataclasses import dataclass, field
from pathlib import Path

from graph.stores.bolt import GraphStore, Login, Remote
from graph.stores.limits import Limits


@dataclass(frozen=True, slots=True)
class GraphSettings:
    """Where the graph is: ``uri`` empty means the embedded engine below ``home``; ``limits`` hold for reading."""

    uri: str
    username: str
    password: str
    database: str
    home: Path
    limits: Limits = field(default_factory=Limits)


def connect(settings: GraphSettings, writing: bool = False) -> GraphStore:
    """Return an open store; ``writing`` for the loader, whose work is published when it closes the store.

    Raises GraphUnreachableError with one line that says whether address or login is wrong, NothingFoundError where the embedded
    graph was never loaded and is to be read.
    """
    if settings.uri:
        login = Login(settings.uri, settings.username, settings.password, settings.database)
        return GraphStore(Remote(login), settings.limits)
    from graph.stores.embedded import open_embedded

    return open_embedded(settings.home / "graph", settings.limits, writing)
