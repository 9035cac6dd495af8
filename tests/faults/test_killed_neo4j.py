"""A real Neo4j killed in the middle of a load and started again: the next load completes it, nothing is there twice."""

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from graph import server
from graph.errors import GraphUnreachableError, LoadpathError
from graph.load import load
from graph.model import load_ontology
from graph.stores import GraphSettings, connect
from graph.stores.bolt import GraphStore
from tests.bench.synthetic_graph import rows
from tests.graph.canonical import dump

# The jars that the other tests of a real Neo4j keep between runs.
JARS = Path(__file__).parent.parent.parent / "var" / "test-neo4j" / "neo4j" / "lib"


def started(home):
    try:
        return server.start(home)
    except LoadpathError as error:
        if os.environ.get("LOADPATH_REQUIRE_NEO4J") == "1":
            pytest.fail(f"a real Neo4j is required here: {error}")
        pytest.skip(f"no real Neo4j: {error}")


def opened(running, home):
    return connect(GraphSettings(running.uri, running.username, running.password, "neo4j", home))


def test_neo4j_killed_while_it_loads(tmp_path, monkeypatch):
    (tmp_path / "neo4j").mkdir()
    if (JARS / ".complete").exists():
        (tmp_path / "neo4j" / "lib").symlink_to(JARS)
    running = started(tmp_path)
    nodes, edges = rows(600, 3000)
    store = opened(running, tmp_path)
    # The driver tries again for half a minute, in case the server comes back; here it does not.
    store._driver._default_workspace_config.max_transaction_retry_time = 0
    write, written = GraphStore.write, []

    def killing(self, cypher, given):
        # The server dies while a batch of relationships is on its way, not between two.
        if "CREATE (a)" in cypher and len(written) > 9:
            threading.Timer(0.002, os.kill, (running.pid, signal.SIGKILL)).start()
        written.append(cypher)
        write(self, cypher, given)

    with monkeypatch.context() as patched:
        patched.setattr(GraphStore, "write", killing)
        with pytest.raises(GraphUnreachableError, match="run it again and it goes on from there"):
            load(store, load_ontology(), nodes, edges)
    store.close()
    while server.status(tmp_path):
        time.sleep(0.05)

    again = server.start(tmp_path, password=running.password)
    store = opened(again, tmp_path)
    try:
        held = len(dump(store))
        report = load(store, load_ontology(), nodes, edges)
        total = sum(map(len, (*nodes.values(), *edges.values())))
        assert 0 < held < total
        assert (report.created, report.unchanged) == (total - held, held)
        by_halves = dump(store)
        assert len(by_halves) == total
        store.write("UNWIND $rows AS row MATCH (n) DETACH DELETE n", [{}])
        load(store, load_ontology(), nodes, edges)
        assert dump(store) == by_halves
    finally:
        store.close()
        server.stop(tmp_path)
