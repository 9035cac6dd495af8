"""Increments: only what changed is read, and the rows are those of a whole build, whatever came before."""

import shutil

import duckdb
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from pipelines.export.files import export
from pipelines.settings import load_settings
from pipelines.warehouse import increment, stages, store
from tests.warehouse.home import Home, contents

NAMES = ("a", "b", "c")
PARTIES = ("NVIDIA", "Dell", "TSMC", "An Unknown Maker")
says = st.lists(st.sampled_from([(s, c) for s in PARTIES for c in PARTIES if s != c]), max_size=3, unique=True)
steps = st.lists(
    st.lists(st.tuples(st.sampled_from(NAMES), says | st.none(), st.integers(1, 9)), min_size=1, max_size=2),
    min_size=2,
    max_size=4,
)


def whole(settings, folder):
    """Return the settings of a home with the same archive, parts and files, built at once."""
    other = load_settings(folder / "whole", {"LOADPATH_JOBS": "1"})
    for name in ("archive", "parts"):
        shutil.copytree(settings.home / name, other.home / name)
    for path in settings.home.glob("*.csv"):
        shutil.copy(path, other.home)
    stages.build_core(other)
    stages.build_marts(other)
    return other


def files(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.suffix in (".parquet", ".csv")}


# Gates of drift judge from 50 rows on, so that none of these is stopped.
@limits(max_examples=5, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(steps)
def test_increments_give_what_a_whole_build_gives(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("increments")
    home = Home(load_settings(folder / "home", {"LOADPATH_JOBS": "1"}))
    for step in steps:
        for name, pairs, day in step:
            if pairs is None:
                home.drop(name)
            else:
                home.put(name, pairs, day)
        home.publish()

    other = whole(home.settings, folder)

    assert contents(home.settings.warehouse) == contents(other.warehouse)
    export(home.settings, folder / "one", ["parquet", "csv"])
    export(other, folder / "other", ["parquet", "csv"])
    assert files(folder / "one") == files(folder / "other")


@pytest.fixture
def home(settings):
    home = Home(settings)
    home.put("a", [("NVIDIA", "Dell"), ("TSMC", "NVIDIA")])
    home.put("b", [("TSMC", "NVIDIA")])
    home.publish()
    return home


def test_parts_that_did_not_change_are_not_read(home):
    home.put("b", [("TSMC", "Dell")])
    for path in (home.settings.parts / "documents").glob(f"{home.held['a']}.*"):
        path.write_bytes(b"nobody reads this")

    home.publish()

    found = home.rows("SELECT subject_name, object_name FROM mart.fct_claim ORDER BY ALL")
    assert found == [("NVIDIA", "Dell"), ("TSMC", "Dell"), ("TSMC", "NVIDIA")]


def test_a_document_that_is_gone_leaves_no_row(home):
    home.drop("a")
    home.publish()

    assert home.rows("SELECT count(*) FROM doc.document") == [(1,)]
    assert home.rows("SELECT DISTINCT document_id FROM doc.block") == [(home.held["b"],)]


def test_another_sql_reads_everything_anew(home, monkeypatch, tmp_path):
    shutil.copytree(store.SQL, tmp_path / "sql")
    path = tmp_path / "sql" / "doc" / "document.sql"
    path.write_text(
        path.read_text().replace(
            "(sha256, blocks, sections, facts)", "(sha256, blocks, sections, facts) REPLACE ('x' AS author)"
        )
    )
    monkeypatch.setattr(store, "SQL", tmp_path / "sql")
    home.put("b", [("TSMC", "Dell")])

    home.publish()

    assert home.rows("SELECT count(*) FROM doc.document WHERE author = 'x'") == [(2,)]


def test_tables_of_rows_by_document_are_replaced_and_others_made_anew():
    with duckdb.connect() as con:
        found = {
            t: increment.stage_of(con, layer, sql)
            for layer in ("raw", "doc", "nlp")
            for t, sql in store.in_order(con, layer)
        }

    assert {table for table, stage in found.items() if stage} == {"document", "block", "section", "fact", "claim"}
    assert found["claim"] == "claims"


@pytest.mark.parametrize("name", ["reviews.csv", "judgements.csv"])
def test_a_file_of_the_home_is_an_input(home, name):
    before = stages.fingerprint(home.settings)
    (home.settings.home / name).write_text("")

    assert stages.fingerprint(home.settings) != before
