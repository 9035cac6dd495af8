"""Rows page by page. What belongs here: cutting a list into pages, and the cursor that asks for the next one.

What does not: which rows (``tools``). A cursor is good for the same request over the same published data; any other is refused, so that
no row is missed or given twice without a word.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from typing_extensions import TypedDict

from graph.errors import UsageError
from pipelines.ids import stable_id

ROWS = 50
# Lists within a row are cut: an agent reads the first sentences, and asks for the rest by a claim's id.
LISTED = {"quotes": 3, "claim_ids": 12}


class Page(TypedDict):
    """Some rows of ``total``; ``next_cursor`` is empty on the last page."""

    rows: list[dict[str, Any]]
    total: int
    next_cursor: str


def page(rows: Sequence[dict[str, Any]], cursor: str, request: Sequence[object]) -> Page:
    """Return the page of ``rows`` that ``cursor`` asks for; ``request`` is what the rows answer, and over which data.

    Raises UsageError for a cursor that was given for another request, or before the data changed.
    """
    mark = stable_id("", *request)[:12]
    start = _start(cursor, mark, len(rows))
    end = start + ROWS
    return {
        "rows": [plain(row) for row in rows[start:end]],
        "total": len(rows),
        "next_cursor": f"{end}.{mark}" if end < len(rows) else "",
    }


def _start(cursor: str, mark: str, rows: int) -> int:
    if not cursor:
        return 0
    start, _, given = cursor.partition(".")
    if not start.isdecimal() or given != mark or not 0 < int(start) < rows:
        raise UsageError(
            f"cursor {cursor!r}: it is not of this request, or the data were published anew; ask again without a cursor"
        )
    return int(start)


def plain(row: dict[str, Any]) -> dict[str, Any]:
    """Return ``row`` with days as text, and its quotes and claim ids cut to the first few; ``more_quotes`` says how many follow."""
    found: dict[str, Any] = {}
    for name, value in row.items():
        most = LISTED.get(name)
        if most is not None and isinstance(value, list) and len(value) > most:
            found[name] = value[:most]
            found[f"more_{name}"] = len(value) - most
        else:
            found[name] = _value(value)
    return found


def _value(value: Any) -> Any:
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_value(part) for part in value]
    return {key: _value(part) for key, part in value.items()} if isinstance(value, dict) else value
