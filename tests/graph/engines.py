"""One question through three engines: SQL, the embedded graph, Neo4j. What belongs here: markets built of a case's documents, and asking.

What does not: the cases (``tests/graph/questions``) and what is expected of them (``test_questions``).
"""

from contextlib import contextmanager
from functools import partial

from graph.load import load
from graph.model import load_ontology
from graph.query import find, run
from graph.stores import GraphSettings, connect
from pipelines.fetch.archive import Archive, Fetch
from pipelines.fetch.collect import collect_sources, collect_targets
from pipelines.settings import load_settings
from pipelines.warehouse import projection, stages, store


def build(home, documents=None, gone=()):
    """Build a warehouse below ``home`` of ``documents`` (text by file name), of the shipped notes where there are none; return its settings.

    ``gone`` are pairs of a file name and the day on which it was no longer at its address.
    """
    settings = load_settings(home / "home", {"LOADPATH_JOBS": "1"})
    if documents is None:
        collect_sources(["fieldnotes"], settings)
    else:
        folder = home / "documents"
        folder.mkdir(parents=True)
        for name, text in documents.items():
            (folder / name).write_text(text, encoding="utf-8")
        collect_targets([str(folder)], settings)
        _take_away(settings, folder, gone)
    refused = stages.read_documents(settings).refused + stages.read_claims(settings).refused
    assert not refused, refused
    stages.build_core(settings)
    stages.build_marts(settings)
    return settings


def _take_away(settings, folder, gone):
    """Record that files came on the day before and answered twice that they are gone, which closes what they say."""
    archive = Archive(settings.archive)
    for name, day in gone:
        held = archive.held((folder / name).absolute().as_uri())
        for hour in (1, 2):
            archive.record(Fetch(held.url, held.name, "", f"{day}T0{hour}:00:00.000000+00:00", 404, held.source))


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

    @contextmanager
    def raw_readers(self):
        """Open the warehouse; give for each engine what reads it: text and values in, rows out."""
        with store.connection(self.settings.warehouse) as con:
            reading = {"sql": lambda text, values: store.rows(con, text, values)}
            yield reading | {engine: graph.read for engine, graph in self.graphs.items()}

    @contextmanager
    def readers(self):
        """Open the warehouse; give for each engine what puts a question to it: question and parameters as text in, rows out."""
        with self.raw_readers() as reading:
            yield {
                engine: partial(_asked, "sql" if engine == "sql" else "graph", read) for engine, read in reading.items()
            }

    def ask(self, name, given):
        """Return the rows of a named question by engine; ``given`` are its parameters as text."""
        with self.readers() as readers:
            return {engine: read(find(name), given) for engine, read in readers.items()}


def _asked(language, read, query, given):
    return run(query, language, read, given)


def typed(value):
    """Return a value with its type, and that of every part of it, so that 1, 1.0 and true are three."""
    if isinstance(value, dict):
        return {key: typed(part) for key, part in value.items()}
    if isinstance(value, list):
        return [typed(part) for part in value]
    return type(value).__name__, value
