"""Plain text to canonical blocks: transcripts, text filings, JSON of items. What belongs here: lines to blocks."""

import json
import re

from pipelines.parse.canonical import Canonical, clean
from pipelines.parse.items import form_of

_SPEAKER = re.compile(r"^([A-Z][\w.’'\-]+(?: [A-Z][\w.’'\-]+){1,4})(?:\s*(?:--|—|–|,|\()\s*([^:]{3,80}?)\)?)?:?$")
_TURN = re.compile(r"^([A-Z][\w.’'\-]+(?: [A-Z][\w.’'\-]+){0,3}):\s+(\S.*)$")
_BULLET = re.compile(r"^\s*[•●▪*–-]\s+")
_HEADING = re.compile(
    r"^(?:part\s+(?:i{1,3}|iv)\b.*|item\s+\d{1,2}[a-c]?\b.{0,120}|[A-Z][A-Z0-9 &,’'/()-]{3,80})$", re.I
)
_ITEM_KEY = re.compile(r"item_?(\d{1,2}[A-C]?)", re.I)
_ITEM_LINE = re.compile(r"\W{0,2}item\s+\d", re.I)
_PAGE = re.compile(r"^\s*(?:\d{1,4}|table of contents|page \d+.*)\s*$", re.I)


def read_plain(text: str, canonical: Canonical) -> None:
    """Append the paragraphs of ``text``: blank lines part them; hard-wrapped lines are joined."""
    for paragraph in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
        lines = [line for line in paragraph.split("\n") if line.strip() and not _PAGE.match(line)]
        if lines:
            _paragraph(lines, canonical)


def _paragraph(lines: list[str], canonical: Canonical) -> None:
    wrapped = len(lines) > 1 and all(len(line) < 140 for line in lines[:-1])
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
    elif _SPEAKER.match(text) and (":" in text or "--" in text or "—" in text) and len(text) < 100:
        canonical.speaker(text.rstrip(":"))
    elif (turn := _TURN.match(text)) and len(turn[1].split()) > 1:
        canonical.speaker(turn[1])
        canonical.paragraph(turn[2])
    else:
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
