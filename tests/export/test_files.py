"""An export as a whole: it appears whole or not at all, says what it holds, and is the same again."""

import hashlib
import json
import os
import shutil
import subprocess
import sys

import duckdb
import pytest
from typer.testing import CliRunner

from graph.errors import LoadpathError, UsageError
from pipelines.cli import app
from pipelines.export import files
from pipelines.export.formats import FORMATS
from pipelines.settings import load_settings
from pipelines.warehouse.stages import published_fingerprint
from tests.conftest import ROOT

# Engines that put ids of their own into their files; the rows are the same.
OWN_IDS = ("loadpath.duckdb", "tableau/loadpath.hyper")


def contents(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def run(code, *arguments, **environment):
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env={**os.environ, **environment})


def loadpath(home, *arguments):
    return CliRunner().invoke(app, ["--home", str(home), *map(str, arguments)])


def test_all_formats_are_written_and_the_manifest_tells_true(exported):
    found = contents(exported.folder)
    manifest = json.loads(found.pop("manifest.json"))

    assert manifest["formats"] == sorted(FORMATS) and manifest["left_out"] == {}
    assert manifest["fingerprint"] == published_fingerprint(exported.settings)
    assert {name: said["sha256"] for name, said in manifest["files"].items()} == {
        name: hashlib.sha256(content).hexdigest() for name, content in found.items()
    }
    assert {name: said["bytes"] for name, said in manifest["files"].items()} == {
        name: len(content) for name, content in found.items()
    }
    claims = exported.rows("SELECT count(*) AS n FROM mart.fct_claim")[0]["n"]
    assert manifest["rows"]["fct_claim"] == claims > 0
    assert manifest["content_sha256"].keys() == manifest["rows"].keys()


def test_the_same_warehouse_gives_the_same_bytes_in_another_process(exported, tmp_path):
    code = (
        "import sys; from pathlib import Path; from pipelines.settings import load_settings; "
        "from pipelines.export.files import export; "
        "export(load_settings(Path(sys.argv[1]), {}), Path(sys.argv[2]))"
    )
    kept = tmp_path / "kept"
    shutil.copytree(exported.folder, kept)
    done = run(code, exported.settings.home, exported.folder, PYTHONHASHSEED="7", TZ="Asia/Tokyo")
    assert done.returncode == 0, done.stderr

    before, after = contents(kept), contents(exported.folder)
    said = [json.loads(found.pop("manifest.json")) for found in (before, after)]
    for found in (before, after):
        for name in OWN_IDS:
            found.pop(name)
    assert [name for name in before if before[name] != after.get(name)] == [] and before.keys() == after.keys()
    assert said[0]["content_sha256"] == said[1]["content_sha256"]


def test_a_full_disk_leaves_the_old_export_as_it_was(exported, tmp_path):
    folder = tmp_path / "desk"
    files.export(exported.settings, folder, ["csv"])
    old = contents(folder)
    code = (
        "import resource, sys; from pathlib import Path; from pipelines.settings import load_settings; "
        "from pipelines.export.files import export; "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])));\n"
        "from graph.errors import LoadpathError\n"
        "try: export(load_settings(Path(sys.argv[1]), {}), Path(sys.argv[2]), [sys.argv[4]])\n"
        "except LoadpathError as error: print(error)"
    )
    forms = ("csv", "parquet", "duckdb", "xlsx", "jsonl", "graphml", "turtle", "neo4j")
    # DuckDB also fails late, when it writes all at once.
    for form, limit in [*((form, 700) for form in forms), ("duckdb", 300_000)]:
        done = run(code, exported.settings.home, folder, limit, form)
        assert "could not be written" in done.stdout and done.stdout.count("\n") == 1, (form, done.stdout, done.stderr)
        assert "what was there is as it was" in done.stdout
        assert contents(folder) == old and list(tmp_path.iterdir()) == [folder], form


def test_an_export_replaces_one_and_nothing_else(exported, tmp_path):
    folder = tmp_path / "desk"
    files.export(exported.settings, folder, ["csv", "jsonl"])
    files.export(exported.settings, folder, ["jsonl"])
    assert sorted(path.name for path in folder.iterdir()) == ["jsonl", "manifest.json"]

    own = tmp_path / "own"
    own.mkdir()
    (own / "thesis.txt").write_text("mine")
    with pytest.raises(UsageError, match="not empty and was not made by an export"):
        files.export(exported.settings, own, ["csv"])
    assert contents(own) == {"thesis.txt": b"mine"}


def test_a_warehouse_of_another_version_is_told_from_a_broken_one(exported, tmp_path):
    for change in ("DROP TABLE mart.dim_layer", "ALTER TABLE mart.dim_layer DROP rank"):
        shutil.copy(exported.settings.warehouse, tmp_path / "warehouse.duckdb")
        with duckdb.connect(str(tmp_path / "warehouse.duckdb")) as con:
            con.execute(change)
        with pytest.raises(UsageError, match=r"built by another version of Loadpath: mart.dim_layer .* build it again"):
            files.export(load_settings(tmp_path, {}), tmp_path / "desk", ["csv"])
    assert not (tmp_path / "desk").exists()


def test_a_link_to_a_folder_stays_a_link(exported, tmp_path):
    (tmp_path / "disk").mkdir()
    (tmp_path / "desk").symlink_to(tmp_path / "disk" / "desk")
    for formats in (["csv"], ["jsonl"]):
        files.export(exported.settings, tmp_path / "desk", formats)

    assert (tmp_path / "desk").is_symlink() and (tmp_path / "disk" / "desk" / "jsonl").is_dir()
    assert [path.name for path in (tmp_path / "disk").iterdir()] == ["desk"]


def test_a_place_that_cannot_be_written_to_is_named(exported, tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(UsageError, match=r"file/below: .*cannot be written there.*name another folder"):
        files.export(exported.settings, tmp_path / "file" / "below" / "desk", ["csv"])
    with pytest.raises(UsageError, match=r"file: this is a file; name a folder"):
        files.export(exported.settings, tmp_path / "file", ["csv"])


@pytest.mark.parametrize(
    ("formats", "says"),
    [
        ("excel,csv", r"excel: no such format; .*there are: parquet, csv, duckdb, xlsx"),
        ("grahpml", r"grahpml: no such format; did you mean graphml\?"),
        ("CSV", r"CSV: no such format; did you mean csv\?"),
        ("csv,", r"an empty name: no such format"),
    ],
)
def test_an_unknown_format_is_refused_with_the_nearest(exported, tmp_path, formats, says):
    with pytest.raises(UsageError, match=says):
        files.export(exported.settings, tmp_path / "desk", formats.split(","))
    assert list(tmp_path.iterdir()) == []


def test_a_format_without_its_package_is_left_out_and_said_so(exported, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pantab", None)

    written = files.export(exported.settings, tmp_path / "desk", ["csv"])
    assert written.left_out == {}
    with pytest.raises(UsageError, match=r"tableau: it needs the package pantab, .*pip install 'loadpath\[tableau\]'"):
        files.export(exported.settings, tmp_path / "desk", ["tableau"])
    done = loadpath(exported.settings.home, "export", tmp_path / "desk")
    assert done.exit_code == 0 and "left out: tableau: it needs the package pantab" in done.stderr
    assert json.loads((tmp_path / "desk" / "manifest.json").read_text())["left_out"].keys() == {"tableau"}


def test_what_a_format_reads_is_written_with_it(exported, tmp_path):
    assert files.export(exported.settings, tmp_path / "desk", ["powerbi"]).formats == ("parquet", "powerbi")


def test_the_command_lists_formats_and_needs_a_folder(exported):
    listed = loadpath(exported.settings.home, "export", "--list", "--format", "json")
    assert [row["format"] for row in json.loads(listed.stdout)] == list(FORMATS)

    nowhere = loadpath(exported.settings.home, "export")
    assert isinstance(nowhere.exception, LoadpathError) or nowhere.exit_code == 2


def test_a_home_exports_what_its_settings_name_once_a_publication(exported):
    home = exported.settings.home
    settings = load_settings(home, {"LOADPATH_EXPORTS": "csv, jsonl"})
    fingerprint = published_fingerprint(settings)
    try:
        assert files.publish(settings, fingerprint).formats == ("csv", "jsonl")
        assert files.publish(settings, fingerprint) is None
        assert files.is_exported(settings, fingerprint) and not files.is_exported(settings, "another")
        more = load_settings(home, {"LOADPATH_EXPORTS": "csv,jsonl,gexf"})
        assert not files.is_exported(more, fingerprint)
    finally:
        shutil.rmtree(home / "exports", ignore_errors=True)
