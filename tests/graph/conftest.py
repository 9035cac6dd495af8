"""Graph databases for tests: the embedded engine always, a real Neo4j where Java and Maven are."""

import os
from pathlib import Path

import pytest

from graph import server
from graph.errors import LoadpathError
from graph.stores import GraphSettings, connect


@pytest.fixture(scope="session")
def neo4j_server():
    # The jars are kept between runs of one checkout; the data are new each time.
    import shutil

    # Tests run in several processes, each with a server of its own.
    home = Path(__file__).parent.parent.parent / "var" / "test-neo4j" / os.environ.get("PYTEST_XDIST_WORKER", "")
    for old in ("data", "server.json"):
        path = home / "neo4j" / old
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
    try:
        running = server.start(home)
    except LoadpathError as error:
        if os.environ.get("LOADPATH_REQUIRE_NEO4J") == "1":
            pytest.fail(f"a real Neo4j is required here: {error}")
        pytest.skip(f"no real Neo4j: {error}")
    yield running
    server.stop(home)


@pytest.fixture(params=["embedded", "neo4j"])
def graph_store(request, tmp_path):
    if request.param == "embedded":
        store = connect(GraphSettings("", "", "", "", tmp_path), writing=True)
        yield store
        store.close()
        return
    running = request.getfixturevalue("neo4j_server")
    store = connect(GraphSettings(running.uri, running.username, running.password, "neo4j", tmp_path))
    with store._driver.session(database="neo4j") as session:
        session.run("MATCH (n) DETACH DELETE n").consume()
    yield store
    store.close()
