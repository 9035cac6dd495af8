"""Plain text to canonical blocks: transcripts, text filings, JSON of items. What belongs here: lines to blocks."""

import json
import re

from pipelines.parse.canonical import Canonical, clean

_SPEAKER = re.compile(r"^([A-Z][\w.’'\-]+(?: [A-Z][\w.’'\-]+){1,4})(?:\s*(?:--|—|–|,|\()\s*([^:]{3,80}?)\)?)?:?$")
_BULLET = re.compile(r"^\s*[•●▪*–-]\s+")
_HEADING = re.compile(
    r"^(?:part\s+(?:i{1,3}|iv)\b.*|item\s+\d{1,2}[a-c]?\b.{0,120}|[A-Z][A-Z0-9 &,’'/()-]{3,80})$", re.I
)
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
    else:
        canonical.paragraph(text)


def read_items(text: str, canonical: Canonical) -> bool:
    """Append the items of a filing as EDGAR-CORPUS keeps it (JSON: item → text); return False for other JSON."""
    try:
        items = json.loads(text)
    except json.JSONDecodeError:
        return False
    if not isinstance(items, dict) or not any(re.fullmatch(r"item_?\d+[A-C]?", key, re.I) for key in items):
        return False
    for key, body in items.items():
        if isinstance(body, str) and body.strip():
            canonical.heading(re.sub(r"item_?", "Item ", key, flags=re.I), 4)
            for line in body.lstrip(">").split("\n"):
                if clean(line) and not _PAGE.match(line) and not re.match(r"\W{0,2}item\s+\d", line, re.I):
                    _item_line(clean(line), canonical)
    return True


def _item_line(text: str, canonical: Canonical) -> None:
    if text.startswith(("•", "●", "▪")):
        canonical.list_item(text[1:])
    elif len(text) < 80 and not re.search(r"[.;:,]$", text) and text[0].isupper() and not re.search(r"\d{3}", text):
        canonical.heading(text, 6)
    else:
        canonical.paragraph(text)
