"""The inbox: new, changed, unreadable and vanished files, and a folder that is not there."""

from dataclasses import replace

from pipelines.fetch.archive import Archive
from pipelines.fetch.collect import collect_sources


def collect(settings):
    (report,) = collect_sources(["folder"], settings)
    return report


def counts(report):
    return report.new, report.changed, report.unchanged, len(report.vanished), len(report.refused)


def test_files_come_change_and_go(settings):
    inbox = settings.inbox
    assert counts(collect(settings)) == (0, 0, 0, 0, 0)
    (inbox / "deep").mkdir(parents=True)
    (inbox / "a.md").write_text("NVIDIA supplies Dell.")
    (inbox / "deep" / "b.txt").write_text("AMD supplies Dell.")
    (inbox / ".hidden").write_text("no")
    (inbox / "empty.txt").write_text("")
    assert counts(collect(settings)) == (2, 0, 0, 0, 1)

    assert counts(collect(settings)) == (0, 0, 2, 0, 1)
    (inbox / "a.md").write_text("NVIDIA supplies Lenovo.")
    (inbox / "deep" / "b.txt").unlink()
    assert counts(collect(settings)) == (0, 1, 0, 1, 1)
    assert not (again := collect(settings)).wrote
    assert counts(again) == (0, 0, 1, 0, 1)

    lines = [
        (f.url.rsplit("/", 1)[1], f.status, f.reason) for f in Archive(settings.archive).fetches() if f.status == 410
    ]
    assert lines == [("b.txt", 410, "gone"), ("b.txt", 410, "gone twice: closed")]


def test_a_file_that_comes_back_is_open_again(settings):
    settings.inbox.mkdir(parents=True)
    note = settings.inbox / "a.md"
    note.write_text("NVIDIA supplies Dell.")
    collect(settings)
    note.unlink()
    collect(settings)
    note.write_text("NVIDIA supplies Dell.")

    report = collect(settings)

    assert report.wrote
    assert Archive(settings.archive).latest()[note.as_uri()].sha256 == report.sha256s[0]


def test_a_folder_that_is_named_and_missing_is_refused_and_closes_nothing(settings):
    settings.inbox.mkdir(parents=True)
    (settings.inbox / "a.md").write_text("NVIDIA supplies Dell.")
    collect(settings)
    away = replace(settings, inbox=settings.home / "away", given=frozenset({"LOADPATH_INBOX"}))

    report = collect(away)

    assert counts(report) == (0, 0, 0, 0, 1)
    assert "no such folder" in str(report.refused[0])
    assert not report.wrote
