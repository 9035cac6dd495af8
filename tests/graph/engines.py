"""One question through three engines: SQL, the embedded graph, Neo4j. What belongs here: markets built of a case's documents, and asking.

What does not: the cases (``tests/graph/questions``) and what is expected of them (``test_questions``).
"""

from contextlib import contextmanager

from graph.load import load
from graph.model import load_ontology
from graph.query import find, run
from graph.stores import GraphSettings, connect
from pipelines.fetch.collect import collect_sources, collect_targets
from pipelines.settings import load_settings
from pipelines.warehouse import projection, stages, store


def build(home, documents=None):
    """Build a warehouse below ``home`` of ``documents`` (text by file name), of the shipped notes where there are none; return its settings."""
    settings = load_settings(home / "home", {"LOADPATH_JOBS": "1"})
    if documents is None:
        collect_sources(["fieldnotes"], settings)
    else:
        folder = home / "documents"
        folder.mkdir(parents=True)
        for name, text in documents.items():
            (folder / name).write_text(text, encoding="utf-8")
        collect_targets([str(folder)], settings)
    refused = stages.read_documents(settings).refused + stages.read_claims(settings).refused
    assert not refused, refused
    stages.build_core(settings)
    stages.build_marts(settings)
    return settings


@contextmanager
def embedded(folder):
    """Open an embedded graph below ``folder``."""
    opened = connect(GraphSettings("", "", "", "", folder), writing=True)
    try:
        yield opened
    finally:
        opened.close()


@contextmanager
def neo4j(server, folder):
    """Open the running Neo4j, emptied."""
    opened = connect(GraphSettings(server.uri, server.username, server.password, "neo4j", folder))
    try:
        empty(opened)
        yield opened
    finally:
        opened.close()


def empty(graph):
    """Take everything out of a Neo4j."""
    graph.rows("MATCH (n) DETACH DELETE n")


class Market:
    """A built warehouse, and the graphs that were filled from it; ``ask`` puts one question to all of them."""

    def __init__(self, settings, graphs):
        self.settings = settings
        self.graphs = graphs

    def fill(self):
        """Make each graph hold this market and nothing else."""
        with store.connection(self.settings.warehouse) as con:
            nodes, edges = projection.nodes(con), projection.edges(con)
        for graph in self.graphs.values():
            load(graph, load_ontology(), nodes, edges)

    def ask(self, name, given):
        """Return the rows of a named question by engine; ``given`` are its parameters as text."""
        query = find(name)
        with store.connection(self.settings.warehouse) as con:
            rows = {"sql": run(query, "sql", lambda text, values: store.rows(con, text, values), given)}
        return rows | {engine: run(query, "graph", graph.read, given) for engine, graph in self.graphs.items()}


def typed(value):
    """Return a value with its type, and that of every part of it, so that 1, 1.0 and true are three."""
    if isinstance(value, dict):
        return {key: typed(part) for key, part in value.items()}
    if isinstance(value, list):
        return [typed(part) for part in value]
    return type(value).__name__, value
