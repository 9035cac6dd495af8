"""Plain text to canonical blocks: transcripts, text filings, JSON of items. What belongs here: lines to blocks."""

import json
import re

from pipelines.parse.boilerplate import is_beside
from pipelines.parse.canonical import Canonical, clean
from pipelines.parse.items import form_of

# A line that names who speaks, in the forms that ``transcripts`` knows.
_SPEAKER = re.compile(
    r"^(?:Operator|[A-Z][\w.’'\-]+(?: [A-Z][\w.’'\-]+){1,4})(?:\s*(?:--|—|–|,|\()\s*([^:\d]{3,80}?)\)?)?:?$"
)
_TIME = re.compile(r"^\s*[\[(]?(?:\d{1,2}:)?\d{1,2}:\d{2}[\])]?\s*$")
_RULE = re.compile(r"^\s*([-=_*~#])\1{2,}\s*$")
_BULLET = re.compile(r"^\s*[•●▪*–-]\s+")
_HEADING = re.compile(
    r"^(?:part\s+(?:i{1,3}|iv)\b.*|item\s+\d{1,2}[a-c]?\b.{0,120}|[A-Z][A-Z0-9 &,’'/()-]{3,80})$", re.I
)
_ITEM_KEY = re.compile(r"item_?(\d{1,2}[A-C]?)", re.I)
_ITEM_LINE = re.compile(r"\W{0,2}item\s+\d", re.I)
_PAGE = re.compile(r"^\s*(?:\d{1,4}|table of contents|page \d+.*)\s*$", re.I)


# No hard-wrapped text has more than a few lines as long as this.
_LONG_LINE = 200
_FEW = 3


def read_plain(text: str, canonical: Canonical) -> None:
    """Append the paragraphs of ``text``: blank lines part them; the lines of a hard-wrapped text are joined."""
    text = text.replace("\r\n", "\n")
    wrapped = sum(len(line) > _LONG_LINE for line in text.split("\n")) < _FEW
    for paragraph in re.split(r"\n\s*\n", text):
        lines = [
            line for line in paragraph.split("\n") if line.strip() and not _PAGE.match(line) and not _RULE.match(line)
        ]
        if lines:
            _paragraph(_with_labels(lines), wrapped, canonical)


def _with_labels(lines: list[str]) -> list[str]:
    """Return ``lines`` with a speaker's name, role and time on lines of their own made one: "Ann Lee -- CEO"."""
    at = next((number for number, line in enumerate(lines) if _TIME.match(line)), 0)
    if not at:
        return lines
    first = 0 if at <= 3 and all(len(line) < 90 for line in lines[:at]) and _SPEAKER.match(lines[0].strip()) else at - 1
    label = " -- ".join(line.strip() for line in lines[first:at])
    return [*lines[:first], label, *_with_labels(lines[at + 1 :])]


def _paragraph(lines: list[str], wrapped: bool, canonical: Canonical) -> None:
    for run in _runs(lines) if wrapped else [[line] for line in lines]:
        _line(clean(" ".join(run)), bool(_BULLET.match(run[0])), canonical)


def _runs(lines: list[str]) -> list[list[str]]:
    """Return runs of lines that belong together: a bullet, a heading or a full stop at a short line's end parts them."""
    runs: list[list[str]] = []
    for line in lines:
        starts = (
            not runs
            or bool(_BULLET.match(line))
            or _stands_alone(clean(line))
            or _stands_alone(clean(runs[-1][-1]))
            or (len(runs[-1][-1]) < 60 and runs[-1][-1].rstrip().endswith((".", ":", "?", "!")))
            # Nobody wraps lines so short: they are lines of their own.
            or (len(runs[-1][-1].strip()) < 45 and not line.strip()[0].islower())
        )
        if starts:
            runs.append([line])
        else:
            runs[-1].append(line)
    return runs


def _stands_alone(text: str) -> bool:
    return _is_heading(text) or bool(_SPEAKER.match(text))


def _is_heading(text: str) -> bool:
    return bool(_HEADING.match(text)) and (text.isupper() or text.lower().startswith(("part ", "item ")))


def _line(text: str, bullet: bool, canonical: Canonical) -> None:
    if bullet:
        canonical.list_item(_BULLET.sub("", text))
    elif _is_heading(text):
        canonical.heading(text, 5 if canonical.filing else 2)
    elif not is_beside(text):
        canonical.paragraph(text)


def read_items(text: str, canonical: Canonical) -> bool:
    """Append the items of a filing as EDGAR-CORPUS keeps it (JSON: item → text); return False for other JSON."""
    try:
        items = json.loads(text)
    except json.JSONDecodeError:
        return False
    if not isinstance(items, dict) or not any(map(_ITEM_KEY.fullmatch, items)):
        return False
    for key, body in items.items():
        named = _ITEM_KEY.fullmatch(key)
        if named and isinstance(body, str) and body.strip():
            lines = [line for raw in body.lstrip(">").split("\n") if (line := clean(raw)) and not _PAGE.match(line)]
            canonical.restart(f"Item {named[1].upper()}")
            if not (lines and _ITEM_LINE.match(lines[0])):
                canonical.heading(_heading_of(named[1].upper()), 4)
            for line in lines:
                _item_line(line, canonical)
    return True


def _heading_of(number: str) -> str:
    """Return the heading of an item whose text comes without one: its key in the file names it."""
    form = form_of("10-K")
    titles = [item.title for item in form.numbered("", number)] if form else []
    return f"Item {number}. {titles[0]}" if titles else f"Item {number}"


def _item_line(text: str, canonical: Canonical) -> None:
    if _ITEM_LINE.match(text) and len(text) < 160:
        canonical.heading(text, 4)
    elif text.startswith(("•", "●", "▪")):
        canonical.list_item(text[1:])
    elif len(text) < 80 and not re.search(r"[.;:,]$", text) and text[0].isupper() and not re.search(r"\d{3}", text):
        canonical.heading(text, 6)
    else:
        canonical.paragraph(text)
