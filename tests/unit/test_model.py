"""Registry, ontology, archive and settings: loading, and refusing what is wrong with file and reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import ModelError, UsageError
from graph.model import load_ontology, load_registry
from pipelines.fetch.archive import Archive, Fetch
from pipelines.ids import sha256_hex, slug, stable_id
from pipelines.settings import load_settings


def test_the_shipped_registry_is_large_and_true_in_places():
    registry = load_registry()

    assert len(registry.organizations) >= 400
    assert registry.by_cik("0001045810").name == "NVIDIA"
    assert registry.find("AWS").id == "amazon"
    for layer in load_ontology().layers:
        assert sum(layer in org.layers for org in registry.organizations.values()) >= 8


def test_an_identifier_has_a_source():
    assert [o.id for o in load_registry().organizations.values() if (o.cik or o.tickers) and not o.source] == []


REGISTERED = "- {id: x, name: X, kind: public, segment: other"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (REGISTERED + ",\n   colour: red}", r"mine\.yml:2: unknown key 'colour'"),
        ("- {name: X, kind: public, segment: other}", r"mine\.yml:1: key 'id' is missing"),
        ("- id: nvidia\n  name: X\n  kind: public\n  segment: other", r"mine\.yml:1: nvidia: this id is used twice"),
        (REGISTERED + ",\n   aliases:\n   [Xx,\n   NVIDIA]}", r"mine\.yml:4: x: 'NVIDIA' already stands for nvidia"),
        (REGISTERED + ", layers: [compute,\n   roof]}", r"mine\.yml:2: x: 'roof' is no layer"),
        (REGISTERED + ", aliases: Xx}", r"mine\.yml:1: a list is expected here, not 'Xx'"),
        (REGISTERED + ",\n   owner: nobody}", r"mine\.yml:2: x: owner 'nobody' is not registered"),
        (REGISTERED + ", offerings: [\n{name: Y}]}", r"mine\.yml:2: key 'kind' is missing"),
        (REGISTERED + ", offerings: [{name: Y, kind: chip,\n layer: roof}]}", r"mine\.yml:2: x: 'roof' is no layer"),
        ("- id: x\n  name: X\n  name: Y", r"mine\.yml:3: .*key 'name' is given twice"),
        (REGISTERED + ",\n   cik: '0001045810', source: list}", r"mine\.yml:2: x: '0001045810' is no cik"),
        (REGISTERED + ",\n   cik: '1045810', source: list}", r"mine\.yml:2: x: cik 1045810 already stands for nvidia"),
        (REGISTERED + ",\n   tickers: [NVDA], source: list}", r"mine\.yml:2: x: ticker NVDA already stands for nvidia"),
        (REGISTERED + ",\n   lei: 5493}", r"mine\.yml:2: x: 5493 is no lei"),
        (REGISTERED + ", tickers: [XXXX]}", r"mine\.yml:1: x: an identifier needs its source"),
        (REGISTERED.replace("public", "club") + "}", r"mine\.yml:1: x: kind 'club' is none of public, private"),
        (
            REGISTERED + ",\n   owner: y}\n- {id: y, name: Yy, kind: public, segment: other, owner: x}",
            r"mine\.yml:2: x: owners go round in a circle: x → y → x",
        ),
        ("- Acme", r"mine\.yml:1: a mapping is expected here, not 'Acme'"),
        ("id: x", r"mine\.yml:1: a list is expected here"),
        ("- {id: x,\n   name: [}", r"mine\.yml:2: not readable as YAML"),
    ],
)
def test_a_wrong_registry_file_is_refused_with_its_line(tmp_path, text, says):
    (tmp_path / "mine.yml").write_text(text)

    with pytest.raises(ModelError, match=says):
        load_registry((tmp_path,))


PREDICATE = """name: HEATS
element: relationship
meaning: One warms another.
domain: [Organization]
range: [Organization]
symmetric: false
projects: false
qualifiers: {}
slots: []
examples: [{text: a, claims: &c [A | HEATS | B | positive | asserted]}, {text: b, claims: *c}, {text: c, claims: *c}, {text: d, claims: []}]
"""


def slot(entries):
    """Return PREDICATE with these slots."""
    return PREDICATE.replace("slots: []", f"slots: [{entries}]")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("element: relation\nname: HEATS", r"mine\.yml:1: element 'relation' is none of"),
        ("- HEATS", r"mine\.yml:1: element None is none of"),
        (PREDICATE + "colour: red", r"mine\.yml:11: unknown key 'colour'"),
        (PREDICATE.replace("symmetric: false\n", ""), r"mine\.yml:1: key 'symmetric' is missing"),
        (PREDICATE.replace("range: [Organization]", "range: [Kettle]"), r"mine\.yml:5: 'Kettle' is no node label"),
        (PREDICATE.replace("domain: [Organization]", "domain: Kettle"), r"mine\.yml:4: a list is expected here"),
        (PREDICATE.replace("HEATS", "SUPPLIES"), r"mine\.yml:1: 'SUPPLIES' is already defined in supplies\.yml"),
        (PREDICATE + "meaning: Twice.", r"mine\.yml:11: .*key 'meaning' is given twice"),
        (PREDICATE + "reading:\n  verb:\n  - {lemma: [heat]}", r"mine\.yml:12: unknown list of patterns 'verb'"),
        (PREDICATE + "reading:\n  verbs:\n  - {lemma: [heat],\n     slot: x}", r"mine\.yml:14: unknown key 'slot'"),
        (PREDICATE + "reading:\n  nouns:\n  - {id: a}\n  - {id: a}", r"mine\.yml:14: id 'a' is used twice"),
        (slot("{id: s, of: [subject, colour], functional: false}"), r"mine\.yml:9: 'colour' is neither subject, object nor a qualifier"),
        (slot("{id: s, of: [], functional: false}"), r"mine\.yml:9: a slot is at least of its subject"),
        (slot("{id: s, of: [subject], functional: maybe}"), r"mine\.yml:9: functional is true or false, not 'maybe'"),
        (slot("{id: s, of: [subject], functional: true, holds: period}"), r"mine\.yml:9: slot 's' is functional: key 'value' is missing"),
        (slot("{id: s, of: [subject], functional: true, value: heat, holds: period}"), r"mine\.yml:9: 'heat' is no qualifier"),
        (slot("{id: s, of: [subject], functional: true, value: q, holds: ever}").replace("{}", "{q: text}"), r"mine\.yml:9: holds is one of period, state, not 'ever'"),
        (slot("{id: s, of: [subject], functional: false, only: {q: [a]}}"), r"mine\.yml:9: 'q' is neither subject"),
        (slot("{id: s, of: [subject], functional: false},\n  {id: s, of: [subject], functional: false}"), r"mine\.yml:10: slot 's' is declared twice"),
        (PREDICATE + "mirror: COOLS", r"mine\.yml:11: 'COOLS' is no relation of the ontology"),
        ("element: node\nname: Kettle", r"mine\.yml:1: key 'key' is missing"),
        ("element: bottlenecks\nbottlenecks:\n- {code: a, name: A, meaning: A, constrains: [roof]}", r"mine\.yml:3: a: 'roof' is no layer"),
        ("element: lexicon\nname: a\nwords: [a, ]]", r"mine\.yml:3: not readable as YAML"),
    ],
)  # fmt: skip
def test_a_wrong_ontology_file_is_refused_with_its_line(tmp_path, text, says):
    (tmp_path / "mine.yml").write_text(text)

    with pytest.raises(ModelError, match=says):
        load_ontology((tmp_path,))


def test_a_new_predicate_and_a_new_organization_are_read_after_the_shipped_ones(tmp_path):
    (tmp_path / "mine.yml").write_text(PREDICATE)
    assert load_ontology((tmp_path,)).predicates["HEATS"].meaning == "One warms another."
    (tmp_path / "mine.yml").write_text(REGISTERED + ", owner: nvidia}")
    assert load_registry((tmp_path,)).organizations["x"].owner == "nvidia"


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
