"""Free queries only read: no hostile statement writes, reads a file, asks a site or outlives its time, on any of the three engines."""

import hashlib
import time
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from graph.errors import QueryLimitError, UsageError
from graph.load import load
from graph.model import load_ontology
from graph.stores import GraphSettings, connect
from graph.stores.limits import Limits
from pipelines.warehouse.free_sql import FreeSql
from tests.graph.hostile import statements
from tests.site import Site

PATIENT = Limits(seconds=60.0, rows=100)
SOON = Limits(seconds=0.5, rows=100)
SECRET = "canary that must not be read"
# A statement that nobody stops would take hours; the rest is for a busy machine.
AT_ONCE_SECONDS = 30.0

NODES = {"Organization": [{"id": "acme", "name": "Acme"}, {"id": "bolt", "name": "Bolt"}]}
ENDS = {"from_label": "Organization", "from_id": "acme", "to_label": "Organization", "to_id": "bolt"}
EDGES = {"SUPPLIES": [{"id": "acme|SUPPLIES|bolt", **ENDS, "claim_ids": ["c1"]}]}
CONTENT = (
    "MATCH (n) RETURN labels(n) AS labels, n ORDER BY n.id",
    "MATCH (a)-[r]->(b) RETURN a.id AS a, r, b.id AS b ORDER BY r.id",
    "SHOW CONSTRAINTS YIELD name RETURN name ORDER BY name",
    "SHOW INDEXES YIELD name RETURN name ORDER BY name",
)


@pytest.fixture
def site():
    site = Site()
    yield site
    site.close()


@pytest.fixture
def canary(tmp_path):
    path = tmp_path / "outside" / "canary.csv"
    path.parent.mkdir()
    path.write_text(f"{SECRET}\n", encoding="utf-8")
    return path


@pytest.fixture(params=["embedded", "neo4j"])
def place(request, tmp_path):
    """Return the settings of a graph that was loaded."""
    settings = GraphSettings("", "", "", "", tmp_path / "home", PATIENT)
    if request.param == "neo4j":
        running = request.getfixturevalue("neo4j_server")
        settings = GraphSettings(running.uri, running.username, running.password, "neo4j", tmp_path, PATIENT)
    loader = connect(settings, writing=True)
    loader.rows("MATCH (n) DETACH DELETE n")
    load(loader, load_ontology(), NODES, EDGES)
    loader.close()
    return settings


@contextmanager
def opened(settings):
    store = connect(settings)
    try:
        yield store
    finally:
        store.close()


@pytest.fixture
def warehouse(canary):
    path = canary.with_name("warehouse.duckdb")
    with duckdb.connect(str(path)) as con:
        con.execute(
            "CREATE SCHEMA mart; CREATE TABLE mart.fct_claim AS SELECT 'c1' AS claim_id, 'Acme supplies Bolt.' AS quote"
        )
    with duckdb.connect(str(path.with_name("other.duckdb"))) as con:
        con.execute(f"CREATE TABLE secret AS SELECT '{SECRET}' AS content")
    return path


def all_refused(ask, texts):
    """Return what was not refused, with the rows that it gave."""
    let_through = {}
    for text in texts:
        try:
            let_through[text] = ask(text).rows
        except UsageError as error:
            assert "\n" not in str(error)
    return let_through


def outliving(ask, texts):
    """Return the statements that were neither refused, stopped nor answered in time."""
    lasting = []
    for text in texts:
        begun = time.monotonic()
        with suppress(UsageError):
            ask(text)
        if time.monotonic() - begun > AT_ONCE_SECONDS:
            lasting.append(text)
    return lasting


def files(folder: Path):
    return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_no_hostile_cypher_writes_reads_a_file_or_asks_a_site(place, canary, site):
    outside = files(canary.parent)
    with opened(place) as graph:
        lists = ["cypher"] if graph.embedded else ["cypher", "neo4j"]
        texts = [text for name in lists for text in statements(name, CANARY=canary.as_uri(), SITE=site.base)[0]]
        before = [graph.read(query) for query in CONTENT]

        let_through = all_refused(graph.ask, texts)

        assert [graph.read(query) for query in CONTENT] == before
    assert let_through == {}
    assert (site.seen, files(canary.parent)) == ([], outside)
    assert len(texts) >= 200


def test_no_hostile_cypher_outlives_its_time(place):
    with opened(replace(place, limits=SOON)) as graph:
        first, *others = statements("cypher")[2]
        with pytest.raises(QueryLimitError, match=r"stopped after 0\.5 s"):
            graph.ask(first)
        assert outliving(graph.ask, others) == []
    with opened(place) as graph:
        assert graph.ask("MATCH (n:Organization) RETURN n.id AS id ORDER BY id").rows == [
            {"id": "acme"},
            {"id": "bolt"},
        ]


def test_no_hostile_sql_writes_reads_a_file_or_asks_a_site(warehouse, canary, site):
    places = {"CANARY": str(canary), "FOLDER": str(canary.parent), "SITE": site.base}
    texts, harmless, endless = statements("sql", **places)
    before = files(canary.parent)

    with FreeSql(warehouse, SOON) as sql:
        let_through = all_refused(sql.ask, texts)
        said = [sql.ask(text).rows for text in harmless]
        lasting = outliving(sql.ask, endless)
        rows = sql.ask("FROM mart.fct_claim").rows

    assert let_through == {}
    assert SECRET not in str(said)
    assert lasting == []
    assert rows == [{"claim_id": "c1", "quote": "Acme supplies Bolt."}]
    assert (site.seen, files(canary.parent)) == ([], before)
    assert len(texts) >= 200


WRONG_CYPHER = [
    ("MATCH (n) RETRUN n", r"^Cypher, line 1, column 11: .*RETRUN.*; did you mean RETURN\?$"),
    ("MATCH (n)\nWHERE n.id = 'acme'\nRETRUN n", r"^Cypher, line 3, column 1: .*did you mean RETURN\?$"),
    ("MATCH (n) RETURN m", r"^Cypher.*: .*`?'?m'?`? not defined"),
    ("MATCH (n:Organization) SET n.name = 'x'", r"^Cypher: free queries only read; nothing was written$"),
    ("LOAD CSV FROM 'file:///x' AS line RETURN line", r"^Cypher: free queries read the graph alone"),
    ("LOAD CSV FROM 'http://nowhere.invalid/x' AS line RETURN line", r"^Cypher: free queries read the graph alone"),
]


def test_wrong_cypher_is_one_line_with_its_place(place):
    with opened(place) as graph:
        for text, says in WRONG_CYPHER:
            with pytest.raises(UsageError, match=says):
                graph.ask(text)


def test_an_answer_longer_than_the_limit_is_cut_and_says_so(place):
    with opened(replace(place, limits=replace(PATIENT, rows=1))) as graph:
        cut = graph.ask("MATCH (n:Organization) RETURN n.id AS id ORDER BY id")
        whole = graph.ask("MATCH (n:Organization {id: 'bolt'}) RETURN n.id AS id")

    assert (cut.rows, cut.cut) == ([{"id": "acme"}], True)
    assert (whole.rows, whole.cut) == ([{"id": "bolt"}], False)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("SELECT qoute FROM mart.fct_claim", r'^SQL, line 1, column 8: .*Candidate bindings: "quote"'),
        ("SELECT *\nFROM mart.fct_clai", r'^SQL, line 2, column 6: .*Did you mean "(mart\.)?fct_claim"'),
        ("SELECT 'ü' AS x, qoute FROM mart.fct_claim", r"^SQL, line 1, column 18: "),
        ("SELEC 1", r"^SQL, line 1, column 1: syntax error"),
        ("DELETE FROM mart.fct_claim", r"^SQL: free queries only read, .*this is DELETE$"),
        ("SELECT 1; SELECT 2", r"^SQL: one statement at a time; this text has 2"),
        ("  ", r"^SQL: one statement at a time; this text has 0$"),
        ("FROM read_text('/etc/hostname')", r"^SQL: free queries read the warehouse alone"),
    ],
)
def test_wrong_sql_is_one_line_with_its_place_and_the_nearest_name(warehouse, text, says):
    with FreeSql(warehouse, PATIENT) as sql, pytest.raises(UsageError, match=says):
        sql.ask(text)


def test_sql_gives_as_many_rows_as_allowed_and_says_whether_there_were_more(warehouse):
    with FreeSql(warehouse, replace(PATIENT, rows=2)) as sql:
        cut, whole = sql.ask("SELECT range AS n FROM range(3)"), sql.ask("SELECT range AS n FROM range(2)")

    assert (cut.rows, cut.cut) == ([{"n": 0}, {"n": 1}], True)
    assert (whole.rows, whole.cut) == ([{"n": 0}, {"n": 1}], False)
