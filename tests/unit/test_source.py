"""source.yml is read strictly, and a user's own sources stand beside the shipped ones."""

from dataclasses import replace

import pytest

from graph.errors import InputRefusedError, UsageError
from pipelines.fetch.collect import collect_sources, source_folders
from pipelines.fetch.source import SHIPPED, read_source, read_spec

GOOD = "title: A\nlicence: B\ncadence: daily\nvolume: {min: 0, max: 5}\n"


@pytest.mark.parametrize("name", sorted(p.parent.name for p in SHIPPED.glob("*/source.yml")))
def test_shipped_sources_are_read(name):
    assert read_source(SHIPPED / name).name == name


def test_the_shipped_sources_are_these():
    assert sorted(p.parent.name for p in SHIPPED.glob("*/source.yml")) == [
        "edgar",
        "feeds",
        "fieldnotes",
        "folder",
        "sitemap",
    ]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (GOOD + "ratee: 2\n", r"source.yml:5: ratee: unknown key"),
        (GOOD + "rate: fast\n", r"source.yml:5: rate: .*found 'fast'"),
        (GOOD + "rate: 0\n", r"source.yml:5: rate: .*greater than 0"),
        (GOOD + "hosts:\n- a.org\n- 3\n", r"source.yml:7: hosts.1: "),
        (GOOD + "needs: [money]\n", r"source.yml:5: needs.0: .*'contact'"),
        (GOOD + "turned_on: sometimes\n", r"source.yml:\d+: .*neither always, never nor a setting"),
        (GOOD.replace("min: 0", "min: 9"), r"source.yml:4: volume: min 9 is more than max 5"),
        (GOOD.replace("cadence: daily\n", ""), r"source.yml:1: cadence: this key is missing"),
        (GOOD + "title: [", r"source.yml:\d+: not readable as YAML"),
        ("- a\n", r"source.yml:1: the file is no mapping"),
        ("", r"source.yml:1: the file is no mapping"),
        ("on: x\n", r"source.yml:1: the file is no mapping of keys"),
    ],
)
def test_a_wrong_description_is_refused_with_file_line_and_reason(tmp_path, body, says):
    path = tmp_path / "source.yml"
    path.write_text(body)

    with pytest.raises(InputRefusedError, match=says):
        read_spec(path)


@pytest.mark.parametrize(
    ("reader", "says"),
    [
        ("def links(page, context)\n", "SyntaxError"),
        ("import nothing_of_this_name\n", "ModuleNotFoundError"),
        ("x = 1\n", "neither start"),
    ],
)
def test_a_reader_that_cannot_be_loaded_is_refused(tmp_path, reader, says):
    (tmp_path / "source.yml").write_text(GOOD)
    (tmp_path / "parse.py").write_text(reader)

    with pytest.raises(InputRefusedError, match=says):
        read_source(tmp_path)


def own(settings, name, body=GOOD):
    folder = settings.home / "sources" / name
    folder.mkdir(parents=True)
    (folder / "source.yml").write_text(body)
    return folder


def test_a_users_source_of_a_shipped_name_is_refused(settings):
    own(settings, "feeds")
    mine = own(settings, "mine")

    folders, refused = source_folders(settings)

    assert folders["mine"] == mine
    assert folders["feeds"] == SHIPPED / "feeds"
    assert "a source of this name is shipped" in str(refused[0])


def test_a_wrong_source_loses_only_itself(settings):
    own(settings, "wrong", GOOD + "x: 1\n")
    folder = own(settings, "files", GOOD + "files: {folder: notes, pattern: '*.md'}\n")
    (folder / "notes").mkdir()
    (folder / "notes" / "a.md").write_text("NVIDIA supplies Dell.")

    wrong, files = sorted(collect_sources(["wrong", "files"], settings), key=lambda r: r.name == "files")

    assert "unknown key" in str(wrong.refused[0])
    assert (files.new, files.refused) == (1, [])


def test_too_few_documents_refuse_the_result_with_figure_and_bound(settings):
    folder = own(settings, "files", GOOD.replace("min: 0", "min: 2") + "files: {folder: notes, pattern: '*.md'}\n")
    (folder / "notes").mkdir()
    (folder / "notes" / "a.md").write_text("NVIDIA supplies Dell.")

    (report,) = collect_sources(["files"], settings)

    assert str(report.refused[0]) == "files: 1 documents, expected at least 2 (volume in source.yml)"


def test_an_unknown_source_is_refused_with_the_nearest(settings):
    with pytest.raises(UsageError, match="did you mean edgar"):
        collect_sources(["edgr"], settings)


def test_edgar_needs_a_contact_before_the_first_request(settings):
    nowhere = replace(settings, edgar_url="http://127.0.0.1:1", edgar_data_url="http://127.0.0.1:1")

    with pytest.raises(UsageError, match="set LOADPATH_CONTACT"):
        collect_sources(["edgar"], nowhere)
    edgar, notes = sorted(collect_sources(["edgar", "fieldnotes"], nowhere), key=lambda report: report.name)

    assert "set LOADPATH_CONTACT" in str(edgar.refused[0])
    assert notes.new >= 20


def test_a_source_that_a_setting_turns_on_says_so(settings):
    with pytest.raises(UsageError, match="turned on by LOADPATH_FEEDS"):
        collect_sources(["feeds"], settings)


def test_the_first_settings_error_comes_before_any_request(settings):
    with pytest.raises(UsageError, match="neither an address nor a listed feed"):
        collect_sources(None, replace(settings, feeds=("nonsense",), given=frozenset({"LOADPATH_FEEDS"})))
    assert not settings.archive.exists()
