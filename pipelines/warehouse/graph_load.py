"""From the published warehouse to the graph database. What belongs here: opening both and reporting.

What does not: rows (``projection``) and how they are written (``graph.load``).
"""

from dataclasses import asdict
from typing import Any

from graph.load import load
from graph.model import load_ontology
from graph.stores import GraphSettings, connect
from graph.stores.bolt import GraphStore
from pipelines.settings import Settings
from pipelines.warehouse import graph_state, projection, store


def graph_settings(settings: Settings) -> GraphSettings:
    """Return what the graph store needs of the settings."""
    return GraphSettings(
        uri=settings.neo4j_uri,
        username=settings.neo4j_username,
        password=settings.neo4j_password,
        database=settings.neo4j_database,
        home=settings.home,
        limits=settings.limits,
    )


def open_graph(settings: Settings, writing: bool = False) -> GraphStore:
    """Return the graph store, for reading or for the loader; raise GraphUnreachableError saying whether address or login is wrong."""
    return connect(graph_settings(settings), writing)


def load_graph(settings: Settings) -> dict[str, Any]:
    """Load the published warehouse into the graph; return how much was created, updated, removed and left."""
    with store.connection(settings.warehouse) as con:
        nodes, edges = projection.nodes(con), projection.edges(con)
    graph = open_graph(settings, writing=True)
    try:
        report = load(graph, load_ontology(), nodes, edges)
    finally:
        graph.close()
    graph_state.note_load(settings)
    return asdict(report)
