"""JSON lines: each fits its schema and holds the row; the change feed, applied to one publication's lines, gives the next, byte for byte."""

import json
import re
import shutil

import jsonschema
import pytest

from pipelines.export import files, jsonl
from pipelines.export.files import export
from pipelines.settings import load_settings
from tests.conftest import ROOT
from tests.warehouse.home import Home

KINDS = {"claims": ("mart.fct_claim", "claim_id"), "relationships": ("mart.fct_relationship", "relationship_id")}


def lines(path):
    return path.read_text(encoding="utf-8").split("\n")[:-1]


@pytest.mark.parametrize("name", KINDS)
def test_each_line_fits_the_schema_and_holds_the_row(exported, name):
    table, key = KINDS[name]
    schema = json.loads((exported.folder / "jsonl" / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    found = [json.loads(line) for line in lines(exported.folder / "jsonl" / f"{name}.jsonl")]
    held = exported.rows(f"FROM {table} ORDER BY {key}")

    assert [error.message for row in found for error in validator.iter_errors(row)] == []
    assert json.loads(json.dumps(held, default=str)) == found and found


def test_the_schema_refuses_what_the_warehouse_cannot_hold(exported):
    schema = json.loads((exported.folder / "jsonl" / "claims.schema.json").read_text(encoding="utf-8"))
    row = json.loads(lines(exported.folder / "jsonl" / "claims.jsonl")[0])

    for change in ({"polarity": "maybe"}, {"claim_id": None}, {"confidence": "high"}, {"unknown": 1}):
        assert not jsonschema.Draft202012Validator(schema).is_valid(row | change), change


def snippet():
    """Return the function that docs/how-to/exports.md gives to readers of the feed."""
    page = (ROOT / "docs" / "how-to" / "exports.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(import json\n.*?def apply.*?)```", page, re.S)
    found = {}
    exec(code, found)
    return found["apply"]


@pytest.fixture(scope="module")
def four(tmp_path_factory):
    """The exports of four publications of one home; the last is the first again, so all that came is gone."""
    home = Home(load_settings(tmp_path_factory.mktemp("feed") / "home", {"LOADPATH_JOBS": "1"}))
    folder = tmp_path_factory.mktemp("exports")
    steps = (
        {"a": [("NVIDIA", "Dell"), ("TSMC", "NVIDIA"), ("=1+1", "Dell")]},
        {"b": [("NVIDIA", "Dell"), ("AMD", "Dell")]},
        {"a": [("NVIDIA", "Dell"), ("TSMC", "AMD"), ("日本電産\r\n", "Dell")]},
        {"b": None},
    )
    for day, step in enumerate(steps, 1):
        for name, pairs in step.items():
            home.drop(name) if pairs is None else home.put(name, pairs, day=day)
        home.publish()
        export(home.settings, folder / str(day), ["jsonl", "changes"])
    return folder


def test_the_feed_applied_to_the_old_lines_gives_the_new_byte_for_byte(four):
    apply = snippet()
    index = json.loads((four / "4" / "changes" / "index.json").read_text(encoding="utf-8"))
    assert [entry["number"] for entry in index] == [1, 2, 3, 4]
    kinds = set()

    for name, of in (("claims", "claim"), ("relationships", "relationship")):
        for old in (1, 2, 3):
            now = (four / str(old) / "jsonl" / f"{name}.jsonl").read_bytes()
            for entry in index[old:]:
                feed = (four / "4" / "changes" / entry["file"]).read_bytes()
                kinds |= {json.loads(line)["change"] for line in feed.splitlines()}
                now = apply(now, feed, of)
            assert now == (four / "4" / "jsonl" / f"{name}.jsonl").read_bytes(), (name, old)
    assert kinds == {"ADD", "MOD", "DEL"}


def test_the_feed_counts_and_names_publications(four):
    index = json.loads((four / "3" / "changes" / "index.json").read_text(encoding="utf-8"))

    for entry in index:
        found = [json.loads(line)["change"] for line in lines(four / "3" / "changes" / entry["file"])]
        assert {kind: found.count(kind) for kind in ("ADD", "MOD", "DEL")} == {
            k: entry[k] for k in ("ADD", "MOD", "DEL")
        }
    manifest = json.loads((four / "3" / "manifest.json").read_text(encoding="utf-8"))
    assert index[-1]["fingerprint"] == manifest["fingerprint"]


def test_changes_that_are_no_longer_kept_are_named_without_a_file(hostile, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(hostile.settings.home, home)
    sorted((home / "changes").glob("*.parquet"))[0].unlink()
    export(load_settings(home, {}), tmp_path / "desk", ["changes"])

    index = json.loads((tmp_path / "desk" / "changes" / "index.json").read_text(encoding="utf-8"))
    assert [bool(entry["file"]) for entry in index] == [False, True, True]
    assert jsonl.FED >= 3 and files.MANIFEST
