"""The files for Neo4j Browser: every saved query gives rows on the sample market, and the style knows the labels and types of the ontology."""

import re
from pathlib import Path

import pytest

import graph
from graph.load import load
from graph.model import load_ontology
from graph.stores import GraphSettings, connect
from pipelines.fetch.collect import collect_sources
from pipelines.settings import load_settings
from pipelines.warehouse import projection, stages, store

FOLDER = Path(graph.__file__).parent / "browser"
SAVED = [text.strip() for text in (FOLDER / "saved.cypher").read_text(encoding="utf-8").split(";") if text.strip()]
PHRASES = re.findall(r"`(MATCH p = .*?)`", (FOLDER / "bloom.md").read_text(encoding="utf-8"))
ASKED = {"company": "NVIDIA", "scarcity": "HBM memory"}


@pytest.fixture(scope="module")
def sample(neo4j_server, tmp_path_factory):
    home = tmp_path_factory.mktemp("sample")
    settings = load_settings(home, {"LOADPATH_JOBS": "1"})
    collect_sources(["fieldnotes"], settings)
    assert not stages.read_documents(settings).refused + stages.read_claims(settings).refused
    stages.build_core(settings)
    stages.build_marts(settings)
    opened = connect(GraphSettings(neo4j_server.uri, neo4j_server.username, neo4j_server.password, "neo4j", home))
    opened.write("UNWIND $rows AS row MATCH (n) DETACH DELETE n", [{}])
    with store.connection(settings.warehouse) as con:
        load(opened, load_ontology(), projection.nodes(con), projection.edges(con))
    yield opened
    opened.close()


@pytest.mark.parametrize("text", SAVED, ids=lambda text: text.splitlines()[0][3:60])
def test_saved_queries_give_rows_on_the_sample_market(sample, text):
    assert text.startswith("// ")
    assert sample.read(text, ASKED)


@pytest.mark.parametrize("text", [text for text in PHRASES if "$nodes" not in text])
def test_search_phrases_of_the_perspective_give_rows(sample, text):
    assert sample.read(text, ASKED)


def test_the_scene_action_of_the_perspective_gives_rows(sample):
    (text,) = (text for text in PHRASES if "$nodes" in text)
    (row,) = sample.read("MATCH (o:Organization {name: $company}) RETURN elementId(o) AS id", ASKED)

    assert sample.read(text, {"nodes": [row["id"]]})


def test_the_style_draws_every_label_and_no_other():
    drawn = re.findall(r"^(node|relationship)\.(\w+) \{", (FOLDER / "loadpath.grass").read_text(encoding="utf-8"), re.M)

    assert sorted(name for what, name in drawn if what == "node") == sorted(load_ontology().labels)
    assert {name for what, name in drawn if what == "relationship"} <= set(load_ontology().types)
