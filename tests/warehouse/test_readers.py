"""Readers during publications: who holds a snapshot goes on reading it, and who opens it by its path always finds it whole."""

import pytest

from pipelines.export.files import export
from pipelines.warehouse.publications import Publications
from tests.warehouse.home import Home
from tests.warehouse.readers import Readers

# The benchmark does a hundred.
PUBLICATIONS = 12


@pytest.fixture
def home(settings):
    home = Home(settings)
    home.put("a", [("NVIDIA", "Dell")])
    home.publish()
    return home


def test_readers_of_the_warehouse_are_not_disturbed(home, tmp_path):
    stop = tmp_path / "stop"
    readers = Readers(home.settings.warehouse, "mart.", stop)

    for number in range(PUBLICATIONS):
        home.put("a", [("NVIDIA", f"Customer {number}")])
        home.publish()

    held, opened = readers.end()
    assert held[0] > PUBLICATIONS and held[1] == 1
    assert opened[0] > PUBLICATIONS and opened[1] > 1
    assert Publications(home.settings.home).last().number == PUBLICATIONS + 1


def test_readers_of_the_exported_snapshot_are_not_disturbed(home, tmp_path):
    folder, stop = tmp_path / "exports", tmp_path / "stop"
    export(home.settings, folder)
    readers = Readers(folder / "loadpath.duckdb", "", stop)

    for number in range(PUBLICATIONS):
        if number % 3 == 0:
            home.put("a", [("NVIDIA", f"Customer {number}")])
            home.publish()
        export(home.settings, folder, ["duckdb"])

    held, opened = readers.end()
    assert held[0] > PUBLICATIONS and held[1] == 1
    assert opened[0] > PUBLICATIONS and opened[1] > 1


def test_an_export_takes_its_place_where_two_names_cannot_be_exchanged(home, tmp_path, monkeypatch):
    from pipelines.export import swap

    monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    for _ in range(2):
        export(home.settings, tmp_path / "exports", ["csv"])

    assert sorted(path.name for path in tmp_path.iterdir()) == ["exports", "home"]
    assert (tmp_path / "exports" / "csv" / "fct_claim.csv").exists()
