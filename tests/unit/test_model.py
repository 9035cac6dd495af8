"""Registry, ontology, judgements, archive and settings: loading, and refusing what is wrong with file and reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import ModelError, UsageError
from graph.model import load_ontology, load_registry
from pipelines.fetch.archive import Archive, Fetch
from pipelines.ids import sha256_hex, slug, stable_id
from pipelines.resolve.judgements import same_parties
from pipelines.settings import load_settings

HEAD = "left,right,judgement,who,decided_on,why\n"


def test_the_shipped_registry_is_large_and_true_in_places():
    registry = load_registry()

    assert len(registry.organizations) >= 150
    assert registry.by_cik("0001045810").name == "NVIDIA"
    assert registry.find("AWS").id == "amazon"
    for layer in load_ontology().layers:
        assert sum(layer in org.layers for org in registry.organizations.values()) >= 8


def test_an_identifier_has_a_source():
    assert [o.id for o in load_registry().organizations.values() if (o.cik or o.tickers) and not o.source] == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- {id: x, name: X, kind: public, segment: other, colour: red}", "unknown key 'colour'"),
        ("- {id: nvidia, name: X, kind: public, segment: other}", "used twice"),
        ("- {id: x, name: X, kind: public, segment: other, aliases: [NVIDIA]}", "already stands for nvidia"),
        ("- {id: x, name: X, kind: public, segment: other, layers: [roof]}", "'roof' is no layer"),
        ("- {id: x, name: X, kind: public, segment: other, owner: nobody}", "owner 'nobody' is not registered"),
        ("- {id: x, name: [}", "mine.yml:1"),
    ],
)
def test_a_wrong_registry_file_is_refused_by_name(tmp_path, text, says):
    (tmp_path / "mine.yml").write_text(text)

    with pytest.raises(ModelError, match=says):
        load_registry((tmp_path,))


def test_judgements_are_transitive_and_reversible(tmp_path):
    path = tmp_path / "judgements.csv"
    path.write_text(HEAD + "a,b,same,me,2025-01-01,x\nb,c,same,me,2025-01-01,x\n")
    assert same_parties(path) == {"b": "a", "c": "a"}
    assert same_parties(path, frozenset({"c"})) == {"a": "c", "b": "c"}
    path.write_text(HEAD)
    assert same_parties(path) == {}


def test_judgements_that_contradict_are_refused_with_their_line(tmp_path):
    path = tmp_path / "judgements.csv"
    path.write_text(HEAD + "a,b,same,me,2025-01-01,x\na,b,different,me,2025-01-02,y\n")

    with pytest.raises(ModelError, match=r"judgements\.csv:3"):
        same_parties(path)


def test_the_archive_keeps_bytes_once_and_survives_a_torn_log(tmp_path):
    data = b"text"
    fetch = Fetch("file:///a", "a.txt", sha256_hex(data), "2025-01-01T00:00:00+00:00", 200, "added")
    assert Archive(tmp_path).keep(data, fetch)
    assert not Archive(tmp_path).keep(data, fetch)
    with (tmp_path / "fetches.jsonl").open("a") as log:
        log.write('{"url": "file:///b", "na')

    other = Fetch("file:///c", "c.txt", sha256_hex(b"more"), "2025-01-02T00:00:00+00:00", 200, "added")
    assert Archive(tmp_path).keep(b"more", other)
    assert [f.url for f in Archive(tmp_path).fetches()] == ["file:///a", "file:///c"]
    assert Archive(tmp_path).read(fetch.sha256) == data


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"LOADPATH_JBOS": "2"}, "did you mean LOADPATH_JOBS"),
        ({"LOADPATH_JOBS": "none"}, "no whole number"),
        ({"LOADPATH_SCHEDULE": "maybe"}, "neither on nor off"),
    ],
)
def test_wrong_settings_are_refused(environment, says):
    with pytest.raises(UsageError, match=says):
        load_settings(None, environment)


@given(st.text(min_size=1))
def test_slugs_and_ids_are_plain_and_stable(name):
    assert slug(name) == slug(name) != ""
    assert all(c.isascii() and (c.isalnum() or c == "_") for c in slug(name))
    assert stable_id("c_", name, {"b": 1, "a": 2}) == stable_id("c_", name, {"a": 2, "b": 1})
