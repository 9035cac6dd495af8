"""The questions' own cases: answers worked out by hand from small documents, and the same rows from SQL, embedded graph and Neo4j.

A file ``tests/graph/questions/<query>.yml`` is a list of cases. Each has ``says`` (what holds), ``documents`` (text by file name; the name
of a question: the documents of its first case; left out: those of the case before), ``gone`` (with documents: the day from
which a file is no longer at its address, by name; after today), ``params``, ``as_of``, ``known_on`` and ``expect``: all rows in order, each with only the columns that
matter. Of ``quotes`` each may be given by a part. ``expect`` is worked out from the documents before the question is asked.
"""

from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.analysis.recall import sightings
from graph.completeness import COVERAGE
from graph.model_files import check_keys, read_yaml
from graph.query import queries
from tests.graph import engines

FOLDER = Path(__file__).parent / "questions"
NEEDED, ALLOWED = ("says", "expect"), ("documents", "gone", "params", "as_of", "known_on")
# Their rows tell of documents, of which some are missing or make no claim.
OF_DOCUMENTS = {COVERAGE}
# Days in the past of the shipped notes, so that some of what they say is not yet known, or no longer holds.
PAST = {"now": {}, "past": {"as_of": "2025-06-30", "known_on": "2025-09-30"}}


@dataclass(frozen=True)
class Case:
    """One case with the documents that its market is built of."""

    query: str
    says: str
    documents: tuple[tuple[str, str], ...]
    gone: tuple[tuple[str, str], ...]
    given: dict[str, str]
    expect: list[dict[str, Any]]


def cases():
    """Return the cases of all files, those of the same documents one after the other."""
    files = {path.stem: read_yaml(path) for path in sorted(FOLDER.glob("*.yml"))}
    found = []
    for query, entries in files.items():
        documents: dict[str, str] = {}
        gone: dict[str, str] = {}
        for number, each in enumerate(entries):
            check_keys(FOLDER / f"{query}.yml", (number,), each, NEEDED, ALLOWED)
            gone = each.get("gone", {}) if "documents" in each else gone
            documents = each.get("documents", documents)
            documents = files[documents][0]["documents"] if isinstance(documents, str) else documents
            given = {**each.get("params", {}), **{k: each[k] for k in ("as_of", "known_on") if k in each}}
            texts = {name: str(value) for name, value in given.items()}
            days = tuple(sorted((name, str(day)) for name, day in gone.items()))
            found.append(Case(query, each["says"], tuple(sorted(documents.items())), days, texts, each["expect"]))
    return sorted(found, key=lambda case: (case.documents, case.gone))


@pytest.fixture(scope="module")
def graphs(request, tmp_path_factory):
    """Open the embedded graph, and Neo4j where one can be started."""
    folder = tmp_path_factory.mktemp("graphs")
    with ExitStack() as opened:
        stores = {"embedded": opened.enter_context(engines.embedded(folder))}
        with suppress(pytest.skip.Exception):
            server = request.getfixturevalue("neo4j_server")
            stores["neo4j"] = opened.enter_context(engines.neo4j(server, folder))
        yield stores


@pytest.fixture(scope="module")
def market_of(graphs, tmp_path_factory):
    """Return the market of a case's documents; the one that was asked last is kept."""
    held = {}

    def of(documents, gone=()):
        key = documents, gone
        if key not in held:
            held.clear()
            texts = None if documents is None else dict(documents)
            held[key] = engines.Market(engines.build(tmp_path_factory.mktemp("market"), texts, gone), graphs)
            held[key].fill()
        return held[key]

    return of


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.query}: {case.says}")
def test_a_question_is_answered_as_by_hand_on_every_engine(case, market_of):
    rows = market_of(case.documents, case.gone).ask(case.query, case.given)

    assert_same(rows)
    assert [shown(row, wanted) for row, wanted in padded(rows["sql"], case.expect)] == case.expect
    for row in rows["sql"]:
        assert row["claim_ids"] == sorted(set(row["claim_ids"]))
        assert len(row["quotes"]) == len(row["claim_ids"])
        assert row["claim_ids"] or case.query in OF_DOCUMENTS


@pytest.mark.parametrize("given", PAST.values(), ids=PAST)
@pytest.mark.parametrize("name", sorted(queries()))
def test_the_sample_market_gives_the_same_rows_on_every_engine(name, given, market_of):
    assert_same(market_of(None).ask(name, given))


@pytest.mark.parametrize("times", [{}, {"as_of": date(2025, 6, 30), "known_on": date(2025, 9, 30)}], ids=PAST)
def test_who_states_which_relation_is_the_same_on_every_engine(times, market_of):
    with market_of(None).raw_readers() as readers:
        found = {
            engine: sightings("sql" if engine == "sql" else "graph", read, times) for engine, read in readers.items()
        }
    rows = [{**row, "claim_ids": []} for row in found.pop("sql")]

    assert any(row["by_third"] for row in rows)
    assert all(given == rows for given in found.values())


def test_every_question_has_a_case():
    assert {case.query for case in cases()} == set(queries())
    assert sorted(query.number for query in queries().values()) == list(range(1, 26))


def test_neo4j_is_among_the_engines(neo4j_server, graphs):
    assert set(graphs) == {"embedded", "neo4j"}


def assert_same(rows):
    columns = [list(row) for row in rows["sql"]]
    for engine, given in rows.items():
        assert [list(row) for row in given] == columns, engine
        assert engines.typed(given) == engines.typed(rows["sql"]), engine


def padded(rows, expect):
    """Return pairs of a row and what is expected of it; a row that nobody expected is shown whole."""
    return [(row, expect[i] if i < len(expect) else row) for i, row in enumerate(rows)]


def shown(row, wanted):
    """Return the columns of ``row`` that ``wanted`` names, as it writes them: a quote that holds the part stands as the part."""
    parts = {name: row[name] for name in wanted}
    if "quotes" in wanted and len(wanted["quotes"]) == len(row["quotes"]):
        parts["quotes"] = [
            part if part in quote else quote for part, quote in zip(wanted["quotes"], row["quotes"], strict=True)
        ]
    return parts
