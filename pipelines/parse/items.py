"""The items that forms ask for, as ``items.yml`` says. What belongs here: that file as records, wordings compared.

What does not: where an item stands in a document (``headings``), or whether its text can be right (``sections``).
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_WORD = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = str.maketrans("", "", "'’‘`´")
_AMENDMENT = "/A"


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a form; ``rank`` is its place in the form's order, ``least`` and ``most`` characters of its text."""

    rank: int
    key: str
    part: str
    number: str
    title: str
    # Of its heading, as `words_of` gives them, and without their spaces.
    wordings: tuple[str, ...]
    squeezed: tuple[str, ...]
    least: int
    most: int
    since: date | None
    optional: bool
    unlisted: bool
    index: bool
    marks: frozenset[str]
    shares: frozenset[str]

    def asked(self, period_end: date | None) -> bool:
        """Return whether the form asks for it in a report of this period; a period that is not known asks for all."""
        return not self.unlisted and (self.since is None or period_end is None or period_end >= self.since)


@dataclass(frozen=True, slots=True)
class Form:
    """A form's items in order. ``as_reported``: only the items that have something to report stand in it (8-K)."""

    name: str
    items: tuple[Item, ...]
    as_reported: bool
    wordings: dict[str, tuple[Item, ...]]

    def numbered(self, part: str, number: str) -> tuple[Item, ...]:
        """Return the items with this number; in every part where ``part`` is empty."""
        return tuple(i for i in self.items if i.number == number and (not part or not i.part or i.part == part))


def words_of(text: str) -> str:
    """Return ``text`` as lower-case words with single spaces, apostrophes gone: how headings are compared."""
    return _WORD.sub(" ", text.translate(_APOSTROPHES).lower()).strip()


def form_of(name: str) -> Form | None:
    """Return the form that ``name`` ("10-K", "10-K/A", "10-KT") means, None where its items are not known."""
    plain = name.upper().removesuffix(_AMENDMENT)
    return _forms().get("10-K" if plain in ("10-KT", "10-K405") else "10-Q" if plain == "10-QT" else plain)


@cache
def short_forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return what a text too short for its item may say: reason, and the words that say it."""
    return tuple((str(row["reason"]), re.compile(row["says"], re.I)) for row in _file()["short"])


@cache
def places() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return where a short text may send the reader: name, and the words that say it. The first that holds is meant."""
    return tuple((str(row["name"]), re.compile(row["says"], re.I)) for row in _file()["places"])


@cache
def ends() -> frozenset[str]:
    """Return the headings that end the last item."""
    return frozenset(_file()["ends"])


@cache
def exhibit_numbers() -> tuple[str, ...]:
    """Return the numbers of the exhibits that are read with a full submission's primary document."""
    return tuple(_file()["exhibits"])


@cache
def _file() -> dict[str, Any]:
    return dict(yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8")))


@cache
def _forms() -> dict[str, Form]:
    return {name: _form(name, body) for name, body in _file()["forms"].items()}


def _form(name: str, body: dict[str, Any]) -> Form:
    items = tuple(_item(rank, row) for rank, row in enumerate(body["items"]))
    wordings: dict[str, tuple[Item, ...]] = {}
    for item in items:
        # Of one word only the title itself is a heading without its number.
        for wording in (w for w in item.wordings if " " in w or w == item.wordings[0]):
            wordings[wording] = (*wordings.get(wording, ()), item)
    return Form(name, items, bool(body.get("as_reported")), wordings)


def _item(rank: int, row: dict[str, Any]) -> Item:
    part, _, number = str(row["item"]).rpartition(" ")
    wordings = tuple(words_of(w) for w in (row["title"], *row.get("also", ())))
    least, most = row["chars"]
    return Item(
        rank=rank,
        key=f"{part} Item {number}".strip(),
        part=part,
        number=number,
        title=str(row["title"]),
        wordings=wordings,
        squeezed=tuple(w.replace(" ", "") for w in wordings),
        least=int(least),
        most=int(most),
        since=row.get("since"),
        optional=bool(row.get("optional")),
        unlisted=bool(row.get("unlisted")),
        index=bool(row.get("index")),
        marks=frozenset(row.get("marks", ())),
        shares=frozenset(f"{s}" for s in row.get("shares", ())),
    )
