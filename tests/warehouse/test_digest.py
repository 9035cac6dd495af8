"""What is new since a day or a publication: by section, on the watchlist only, in four forms, and what documents say stays text."""

import json
import re
import shlex
from xml.etree import ElementTree as Xml

import pytest
from typer.testing import CliRunner

from graph.errors import LoadpathError, ModelError, NothingFoundError, UsageError
from pipelines.cli import app
from pipelines.export import digests
from pipelines.export.digest_files import write_digest
from pipelines.settings import load_settings
from pipelines.warehouse.digest import SECTIONS, digest
from tests.conftest import ROOT
from tests.warehouse.home import Home

ATOM = {"a": digests.ATOM}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Three publications: TSMC supplies NVIDIA; then NVIDIA supplies Dell; then a name that is a script supplies AMD, and Dell's note is gone."""
    made = Home(load_settings(tmp_path_factory.mktemp("digest") / "home", {}))
    made.put("one", [("TSMC", "NVIDIA")], day=1)
    made.publish()
    made.put("two", [("NVIDIA", "Dell")], day=2)
    made.publish()
    made.put("three", [("<script>alert(1)</script> **Works**", "AMD")], day=3)
    made.publish()
    return made


@pytest.fixture
def loadpath(home):
    return lambda *arguments: CliRunner().invoke(app, ["--home", str(home.settings.home), *arguments])


def statements(found):
    return {name: [(e["subject"], e["object"]) for e in entries] for name, entries in found.sections.items() if entries}


def test_relations_that_became_known_after_a_day_are_new(home):
    found = digest(home.settings, "2025-01-01")

    assert list(found.sections) == list(SECTIONS)
    assert statements(found) == {"new_relations": [("<script>alert(1)</script> **Works**", "AMD"), ("NVIDIA", "Dell")]}
    (dell,) = [entry for entry in found.sections["new_relations"] if entry["object"] == "Dell"]
    assert (dell["quote"], str(dell["day"]), dell["url"], len(dell["claim_ids"])) == (
        "NVIDIA supplies Dell.", "2025-01-02", "https://example.org/two", 1,
    )  # fmt: skip


def test_a_publication_is_compared_with_the_last(home):
    since_first = digest(home.settings, "1")

    assert statements(since_first) == statements(digest(home.settings, "2025-01-01"))
    assert statements(digest(home.settings, "")) == {"new_relations": [("<script>alert(1)</script> **Works**", "AMD")]}
    assert digest(home.settings, "").since.startswith("publication 2 (")


def test_a_relation_that_no_source_says_any_longer_is_closed(tmp_path):
    made = Home(load_settings(tmp_path / "home", {}))
    made.put("one", [("TSMC", "NVIDIA")], day=1)
    made.put("two", [("NVIDIA", "Dell")], day=2)
    made.publish()
    made.drop("two")
    made.publish()

    assert statements(digest(made.settings, ""))["closed_relations"] == [("NVIDIA", "Dell")]


def test_nothing_new_is_one_line(loadpath):
    done = loadpath("digest", "--since", "2025-01-03")

    assert done.stdout == "Nothing new since 2025-01-03.\n"


def test_only_what_the_watchlist_follows_is_told(home, loadpath):
    (home.settings.home / "mine.yml").write_text("companies: [DELL]\n", encoding="utf-8")

    done = loadpath("digest", "--since", "2025-01-01", "--watchlist", "mine.yml")

    assert "**NVIDIA SUPPLIES Dell**" in done.stdout and "AMD" not in done.stdout
    assert done.stderr == "mine.yml: 1 of 2 rows are not on it and left out\n"


def test_a_layer_stands_for_its_companies(home, loadpath):
    (home.settings.home / "layer.yml").write_text(
        "layers: [networking_systems]\nbottlenecks: [cooling]\n", encoding="utf-8"
    )

    done = loadpath("digest", "--since", "2025-01-01", "--watchlist", "layer.yml")

    assert "**NVIDIA SUPPLIES Dell**" in done.stdout and "AMD" not in done.stdout


@pytest.mark.parametrize(
    ("text", "kind", "says"),
    [
        ("companies:\n  - NVIDIA\n  - Nvidea\n", ModelError, "bad.yml:3: Nvidea: no such company; did you mean NVIDIA"),
        ("companies: []\n", ModelError, "bad.yml:1: it follows nothing"),
        ("layers: [compute, clouds]\n", ModelError, "bad.yml:1: 'clouds' is none of compute"),
        ("bottlenecks:\n  - water\n", ModelError, "bad.yml:2: 'water' is none of power_availability"),
        ("firms: [NVIDIA]\n", ModelError, "bad.yml"),
        ("- NVIDIA\n", ModelError, "bad.yml"),
        ("companies: [\n", ModelError, "bad.yml"),
    ],
)
def test_a_wrong_watchlist_is_one_line(home, loadpath, text, kind, says):
    (home.settings.home / "bad.yml").write_text(text, encoding="utf-8")

    error = loadpath("digest", "--since", "2025-01-01", "--watchlist", "bad.yml").exception

    assert isinstance(error, kind) and says in str(error) and len(str(error).splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "kind", "says"),
    [
        (("--since", "2025-02-30"), UsageError, "write a day as YYYY-MM-DD, or a publication"),
        (("--since", "77"), UsageError, "no such publication"),
        (("--since", "2025-01-01", "--format", "pdf"), UsageError, "it is one of markdown, html, json, atom"),
        (("--since", "2025-01-01", "--watchlist", "none.yml"), UsageError, "no such file"),
    ],
)
def test_what_cannot_be_asked_is_one_line(loadpath, arguments, kind, says):
    error = loadpath("digest", *arguments).exception

    assert isinstance(error, kind) and says in str(error) and len(str(error).splitlines()) == 1


def test_one_publication_has_nothing_to_compare_with(tmp_path):
    made = Home(load_settings(tmp_path / "home", {}))
    made.put("one", [("TSMC", "NVIDIA")])
    made.publish()

    with pytest.raises(NothingFoundError, match="one publication needs another"):
        digest(made.settings, "")


def test_what_documents_say_stays_text(loadpath):
    page = loadpath("digest", "--since", "2025-01-01", "--format", "html").stdout
    text = loadpath("digest", "--since", "2025-01-01").stdout

    assert "<script" not in page and "&lt;script&gt;alert(1)&lt;/script&gt; **Works** SUPPLIES AMD" in page
    assert not re.search(r'(?:src|href)="(?!https://example\.org/)', page) and "default-src 'none'" in page
    assert r"\<script\>alert(1)\</script\> \*\*Works\*\* SUPPLIES AMD" in text


def test_the_feed_and_the_json_hold_every_entry(loadpath):
    feed = Xml.fromstring(loadpath("digest", "--since", "2025-01-01", "--format", "atom").stdout)
    record = json.loads(loadpath("digest", "--since", "2025-01-01", "--format", "json").stdout)

    titles = [entry.findtext("a:title", namespaces=ATOM) for entry in feed.findall("a:entry", ATOM)]
    assert titles == [
        "New relations: <script>alert(1)</script> **Works** SUPPLIES AMD",
        "New relations: NVIDIA SUPPLIES Dell",
    ]
    assert feed.findtext("a:updated", namespaces=ATOM) == "2025-01-03T00:00:00Z"
    assert all(feed.find(f"a:{name}", ATOM) is not None for name in ("id", "title", "author"))
    assert record["entries"] == 2 and record["sections"]["new_relations"][1]["quote"] == "NVIDIA supplies Dell."


@pytest.mark.parametrize("form", sorted(digests.FORMS))
def test_the_same_digest_is_the_same_bytes_and_a_section_is_cut_with_how_many_follow(home, loadpath, form):
    found = digest(home.settings, "2025-01-01")

    assert digests.FORMS[form](found, 1) == digests.FORMS[form](digest(home.settings, "2025-01-01"), 1)
    if form in ("markdown", "html"):
        assert "… and 1 more" in digests.FORMS[form](found, 1)
    if form == "json":
        assert loadpath("digest", "--since", "2025-01-01", "--top", "0", "--format", "json").exit_code == 0


def test_characters_that_a_feed_cannot_hold_are_left_out(home):
    found = digest(home.settings, "2025-01-01")
    found.sections["new_relations"][0]["quote"] = "up\x00 and \u202edown"

    assert "up and down" in "".join(Xml.fromstring(digests.atom(found, 0)).itertext())


def test_a_home_without_a_warehouse_is_told(tmp_path):
    with pytest.raises(LoadpathError, match="warehouse"):
        digest(load_settings(tmp_path / "none", {}), "2025-01-01")


PAGE = (ROOT / "docs" / "how-to" / "digest.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", re.findall(r"^loadpath (digest.*)$", PAGE, re.M))
def test_each_command_of_the_page_answers(home, loadpath, command):
    done = loadpath(*shlex.split(command))

    assert done.exit_code == 0 and done.stdout, done.exception


def test_a_run_writes_the_digest_in_every_form(home):
    written = write_digest(home.settings)

    assert sorted(path.name for path in (home.settings.home / "digest").iterdir()) == sorted(
        ["digest.md", "digest.html", "digest.json", "digest.atom"]
    )
    assert written["markdown"].read_text(encoding="utf-8") == digests.markdown(digest(home.settings, ""), 0)


def test_the_first_publication_writes_none(tmp_path):
    made = Home(load_settings(tmp_path / "home", {}))
    made.put("one", [("TSMC", "NVIDIA")])
    made.publish()

    assert write_digest(made.settings) == {} and not (made.settings.home / "digest").exists()
