"""The embedded graph's files: readers at once, readers beside a loader, a loader that is killed, two loaders."""

import signal
import subprocess
import sys

import pytest

from graph.errors import GraphUnreachableError, NothingFoundError
from graph.load import load
from graph.model import load_ontology
from graph.stores import GraphSettings, connect

NAMES = "MATCH (n:Organization) RETURN n.name AS name ORDER BY name"
WRITES_AND_WAITS = """
import sys, time
from pathlib import Path
from graph.stores import GraphSettings, connect
store = connect(GraphSettings("", "", "", "", Path(sys.argv[1])), writing=True)
store.write("UNWIND $rows AS row MERGE (n:Organization {id: row.id}) SET n.name = row.id, n.loadpath = true", [{"id": "half"}])
print("written", flush=True)
time.sleep(600)
"""


@pytest.fixture
def place(tmp_path):
    return GraphSettings("", "", "", "", tmp_path)


def fill(place, *names):
    store = connect(place, writing=True)
    nodes = {"Organization": [{"id": name.lower(), "name": name} for name in names]}
    load(store, load_ontology(), nodes, {})
    store.close()


def names(store):
    return [row["name"] for row in store.read(NAMES)]


def test_readers_read_at_once_and_while_a_loader_writes(place):
    fill(place, "Acme")
    one, two, loader = connect(place), connect(place), connect(place, writing=True)
    loader.write("UNWIND $rows AS row MERGE (n:Organization {id: row.id}) SET n.name = row.id", [{"id": "Bolt"}])

    assert (names(one), names(two), names(loader)) == (["Acme"], ["Acme"], ["Acme", "Bolt"])

    loader.close()
    three = connect(place)
    # Who has it open keeps what he sees; who opens it anew sees the load.
    assert (names(one), names(three)) == (["Acme"], ["Acme", "Bolt"])
    for store in (one, two, three):
        store.close()


def test_copies_that_nobody_reads_are_removed(place):
    fill(place, "Acme")
    reader = connect(place)
    fill(place, "Acme", "Bolt")
    assert sorted(path.name for path in (place.home / "graph").iterdir()) == ["1", "2", "current", "writer"]
    reader.close()

    fill(place, "Acme", "Bolt", "Core")

    assert sorted(path.name for path in (place.home / "graph").iterdir()) == ["3", "current", "writer"]


def test_a_loader_that_is_killed_leaves_the_graph_and_the_next_one_finishes(place):
    fill(place, "Acme")
    with subprocess.Popen(
        [sys.executable, "-c", WRITES_AND_WAITS, str(place.home)], stdout=subprocess.PIPE, text=True
    ) as loader:
        assert loader.stdout.readline() == "written\n"
        loader.send_signal(signal.SIGKILL)

    reader = connect(place)
    assert names(reader) == ["Acme"]
    reader.close()
    fill(place, "Acme", "Bolt")
    reader = connect(place)
    assert names(reader) == ["Acme", "Bolt"]
    reader.close()


def test_a_second_loader_is_told_to_wait(place):
    first = connect(place, writing=True)
    with pytest.raises(GraphUnreachableError, match="another Loadpath loads the graph"):
        connect(place, writing=True)
    first.close()


def test_a_graph_that_was_never_loaded_says_what_to_run(place):
    with pytest.raises(NothingFoundError, match="loadpath neo4j load"):
        connect(place)
