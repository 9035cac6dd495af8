"""The words of documents for the explorer. What belongs here: those around a claim, and parts of texts that a page can hold.

What does not: claims and companies (``explorer``), the context that the command line shows (``explain``).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import duckdb

from graph.errors import NothingFoundError
from pipelines.settings import Settings
from pipelines.warehouse import store

# So much is shown of the words elsewhere from which a side of a claim comes.
LONGEST_FRAME = 160


@dataclass(frozen=True, slots=True)
class Words:
    """Texts by document, the spans of claims in each, and rows of what their quotes leave open: claim, slot, source, text."""

    texts: dict[str, str]
    spans: dict[str, list[tuple[int, int]]]
    frames: list[dict[str, Any]]

    def windows(self, width: int) -> dict[str, list[tuple[int, str]]]:
        """Return, by document, the parts of its text within ``width`` characters of a claim: where each begins, and its text."""
        return {
            document: [(a, text[a:b]) for a, b in joined(self.spans[document], width, len(text))]
            for document, text in self.texts.items()
        }


def around(settings: Settings, claim: str, width: int) -> dict[str, Any]:
    """Return the words of ``claim`` with ``width`` characters before and after, where they stand, and what its quote leaves open.

    Raises NothingFoundError where there is no such claim.
    """
    with store.connection(settings.warehouse) as con:
        found = store.rows(con, store.sql("explorer/words"), {"claim": claim})
        if not found:
            raise NothingFoundError("no claim has this id; the market was published anew, load the page again")
        text = _text(con, found[0]["document"])
    (row,) = found
    start, end = row["start"], row["end"]
    first, last = max(0, start - width), min(len(text), end + width)
    return {
        "before": text[first:start],
        "quote": text[start:end],
        "after": text[end:last],
        "start": first,
        "end": last,
        "characters": len(text),
        "frame": _frame(row, text),
    }


def words(con: duckdb.DuckDBPyConnection) -> Words:
    """Return the texts of all documents that make claims, with where the claims stand."""
    texts: dict[str, str] = {}
    spans: dict[str, list[tuple[int, int]]] = {}
    frames = []
    for row in store.rows(con, store.sql("explorer/words"), {"claim": None}):
        document = row["document"]
        if document not in texts:
            texts[document] = _text(con, document)
        spans.setdefault(document, []).append((row["start"], row["end"]))
        frames += [{"claim": row["claim"], **each} for each in _frame(row, texts[document])]
    return Words(texts, spans, frames)


def joined(spans: Iterable[tuple[int, int]], width: int, length: int) -> list[tuple[int, int]]:
    """Return ``spans`` widened by ``width`` on both sides within a text of ``length``, those that touch made one."""
    wide: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        first, last = max(0, start - width), min(length, end + width)
        if wide and first <= wide[-1][1]:
            wide[-1] = (wide[-1][0], max(last, wide[-1][1]))
        else:
            wide.append((first, last))
    return wide


def _frame(row: dict[str, Any], text: str) -> list[dict[str, str]]:
    return [
        {"slot": span["slot"], "source": span["source"], "text": text[span["start"] : span["end"]][:LONGEST_FRAME]}
        for span in row["frame"]
    ]


def _text(con: duckdb.DuckDBPyConnection, document: str) -> str:
    (row,) = store.rows(con, store.sql("explorer/text"), {"document": document})
    return str(row["text"])
