"""The bundled notes: number, length, dates, and a public reference with an address or name for each."""

import re
from datetime import date

import pytest

from pipelines.fetch.source import SHIPPED
from pipelines.parse.markdown import front_matter

NOTES = sorted((SHIPPED / "fieldnotes" / "notes").glob("*.md"))


def test_there_are_twenty_notes_or_more_and_a_third_are_pages_about_one_company():
    topics = [note for note in NOTES if "topic" in front_matter(note.read_text(encoding="utf-8"))[0]]

    assert len(NOTES) >= 20
    assert len(topics) * 3 >= len(NOTES)


@pytest.mark.parametrize("note", NOTES, ids=[note.stem for note in NOTES])
def test_a_note_is_dated_sized_and_referenced(note):
    front, body = front_matter(note.read_text(encoding="utf-8"))
    text, _, references = body.partition("## References")
    words = len(text.split())

    assert isinstance(front["published"], date)
    assert note.name.startswith(front["published"].isoformat())
    assert 300 <= words <= 900
    numbers = {int(n) for n in re.findall(r"\[(\d)\]", text)}
    entries = re.findall(r"^(\d)\. (.*)$", references, re.M)
    listed = {int(n) for n, _ in entries}
    assert all("http" in entry and re.search(r"20\d\d", entry) for _, entry in entries)
    assert numbers and numbers <= listed
