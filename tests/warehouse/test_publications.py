"""Publications: ids, the log, deltas between any two, and builds that were killed."""

import os
import shutil
import signal
import subprocess
import sys

import pytest

from graph.errors import NothingFoundError, UsageError
from pipelines.settings import load_settings
from pipelines.warehouse import delta, publications, stages
from pipelines.warehouse.publications import Publications
from tests.warehouse.home import Home


@pytest.fixture
def home(settings):
    return Home(settings)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    home = Home(load_settings(tmp_path_factory.mktemp("three") / "home", {"LOADPATH_JOBS": "1"}))
    home.put("a", [("NVIDIA", "Dell"), ("TSMC", "NVIDIA")])
    home.publish()
    home.put("b", [("NVIDIA", "Dell")], day=2)
    home.publish()
    home.put("a", [("NVIDIA", "Dell"), ("TSMC", "AMD")], day=3)
    home.publish()
    return home


@pytest.fixture
def three(made, settings):
    """Three publications: a; a and b; b and a changed a."""
    shutil.copytree(made.settings.home, settings.home)
    home = Home(settings)
    home.held = dict(made.held)
    return home


def changes(home, *arguments):
    found = delta.delta(home.settings, *arguments)
    return {(row["change"], row["of"], row["subject"], row["object"]) for row in found}


def test_each_publication_has_an_id_and_a_line(three):
    found = Publications(three.settings.home).all()

    assert [p.number for p in found] == [1, 2, 3]
    assert [p.fingerprint[:12] for p in found] == [p.id for p in found]
    assert three.rows("SELECT publication_id, fingerprint FROM raw.build") == [(found[2].id, found[2].fingerprint)]
    assert [p.rows["mart.fct_claim"] for p in found] == [2, 3, 3]
    assert [row["publication"] for row in delta.listed(three.settings)] == [p.id for p in reversed(found)]


def test_an_unchanged_home_is_published_once(three):
    assert three.publish().rows == {}
    assert len(Publications(three.settings.home).all()) == 3


def test_the_delta_names_what_was_added_modified_and_deleted(three):
    assert changes(three, "1", "2") == {
        ("ADD", "claim", "NVIDIA", "Dell"),
        ("MOD", "relationship", "nvidia", "dell"),
    }
    # All bytes of the changed document are others, so its claims are others too.
    assert changes(three) == {
        ("DEL", "claim", "NVIDIA", "Dell"),
        ("DEL", "claim", "TSMC", "NVIDIA"),
        ("ADD", "claim", "NVIDIA", "Dell"),
        ("ADD", "claim", "TSMC", "AMD"),
        ("MOD", "relationship", "nvidia", "dell"),
        ("DEL", "relationship", "tsmc", "nvidia"),
        ("ADD", "relationship", "tsmc", "amd"),
    }


def test_deltas_add_up_and_turn_round(three):
    there, back = changes(three, "1", "3"), changes(three, "3", "1")

    assert ("ADD", "relationship", "tsmc", "amd") in there
    assert ("DEL", "relationship", "tsmc", "amd") in back
    turned = {"ADD": "DEL", "DEL": "ADD", "MOD": "MOD"}
    assert {(turned[change], *rest) for change, *rest in back} == there
    three.put("a", [("NVIDIA", "Dell"), ("TSMC", "NVIDIA")])
    three.drop("b")
    three.publish()
    assert {row for row in changes(three, "1", "4") if row[1] == "relationship"} == set()


def test_a_modified_row_says_what_changed(three):
    (row,) = [row for row in delta.delta(three.settings, "1", "2") if row["change"] == "MOD"]

    assert "n_claims: 1 → 2" in row["modified"]
    assert len(row["claim_ids"]) == 2


def test_publications_that_are_not_there_are_refused(three):
    with pytest.raises(UsageError, match="no such publication"):
        delta.delta(three.settings, "zzz")
    for path in Publications(three.settings.home).changes.glob("000002.*"):
        path.unlink()
    with pytest.raises(UsageError, match="no longer kept"):
        delta.delta(three.settings, "1", "3")
    assert changes(three, "2", "3")


def test_one_publication_has_no_delta(home):
    with pytest.raises(NothingFoundError):
        delta.listed(home.settings)
    home.put("a", [("NVIDIA", "Dell")])
    home.publish()
    with pytest.raises(NothingFoundError):
        delta.delta(home.settings)


def test_old_changes_go_and_the_log_stays(home, monkeypatch):
    monkeypatch.setattr(publications, "KEPT", 2)
    for day in range(1, 5):
        home.put("a", [("NVIDIA", f"Customer {day}")], day=day)
        home.publish()

    assert len(list(Publications(home.settings.home).changes.glob("*.parquet"))) == 2
    assert len(Publications(home.settings.home).all()) == 4


def test_a_kill_between_rename_and_log_is_settled_by_the_next_build(home, monkeypatch):
    home.put("a", [("NVIDIA", "Dell")])
    settle = Publications.settle
    monkeypatch.setattr(Publications, "settle", lambda *_: None)
    home.publish()
    assert Publications(home.settings.home).all() == []
    monkeypatch.setattr(Publications, "settle", settle)

    assert home.publish().rows == {}

    assert [p.fingerprint for p in Publications(home.settings.home).all()] == [stages.fingerprint(home.settings)]


def test_a_kill_before_the_rename_leaves_no_line(home, monkeypatch):
    home.put("a", [("NVIDIA", "Dell")])
    home.publish()
    home.put("b", [("TSMC", "NVIDIA")])
    monkeypatch.setattr(stages.os, "replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        home.publish()
    monkeypatch.undo()
    assert home.rows("SELECT count(*) FROM mart.fct_claim") == [(1,)]

    home.publish()

    assert [p.number for p in Publications(home.settings.home).all()] == [1, 2]
    assert changes(home, "1", "2") == {
        ("ADD", "claim", "TSMC", "NVIDIA"),
        ("ADD", "relationship", "tsmc", "nvidia"),
    }


def test_what_a_killed_build_left_is_never_published(home):
    home.put("a", [("NVIDIA", "Dell")])
    home.publish()
    home.put("b", [("TSMC", "NVIDIA")])
    stages.build_core(home.settings)
    stages.building(home.settings).with_name("warehouse.building.duckdb.wal").write_bytes(b"left by a killed writer")
    home.drop("b")

    stages.build_core(home.settings)
    assert stages.build_marts(home.settings).rows.get("mart.fct_claim", 1) == 1
    home.put("b", [("TSMC", "NVIDIA")])
    assert home.publish().rows["mart.fct_claim"] == 2


BUILD = """
import sys
from pathlib import Path
from pipelines.settings import load_settings
from pipelines.warehouse import stages
settings = load_settings(Path(sys.argv[1]), {"LOADPATH_JOBS": "1"})
stages.build_core(settings)
stages.build_marts(settings)
"""


def test_a_killed_process_publishes_nothing_and_the_next_one_finishes(home):
    home.put("a", [("NVIDIA", "Dell")])
    home.publish()
    live = home.settings.warehouse.read_bytes()
    home.put("b", [("TSMC", "NVIDIA")])
    process = subprocess.Popen([sys.executable, "-c", BUILD, str(home.settings.home)])
    left = stages.building(home.settings).with_suffix(".partial")
    while process.poll() is None and not left.exists():
        pass
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert home.settings.warehouse.read_bytes() == live

    home.publish()

    assert home.rows("SELECT count(*) FROM mart.fct_claim") == [(2,)]
    assert [p.number for p in Publications(home.settings.home).all()] == [1, 2]
    assert not left.exists()
