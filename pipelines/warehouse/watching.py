"""A user's watchlist over the warehouse. What belongs here: its companies among the parties that documents name, and which rows are on it.

What does not: reading the file (``graph.watchlist``), saying what was left out (``pipelines.cli.following``).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.companies import company_id
from graph.watchlist import load_watchlist
from pipelines.settings import Settings
from pipelines.warehouse import store

_NAMES = "SELECT DISTINCT name FROM mart.dim_party WHERE list_contains($ids, party_id) AND name <> ''"
# A party may be of any kind; a role or a detail that reads like a bottleneck ("cooling") is none.
_PARTY = ("subject", "object")
# Who published a row is not whom it is about.
_NOT_PARTIES = ("publisher", "source_group", "document", "filing", "url", "quote", "claim", "detail", "role", "segment")


@dataclass(frozen=True, slots=True)
class Watched:
    """Ids and names by which rows carry what a watchlist follows."""

    companies: frozenset[str]
    layers: frozenset[str]
    bottlenecks: frozenset[str]

    def holds(self, row: dict[str, Any]) -> bool:
        """Return whether a column of ``row`` carries one of them; a name is not looked at where its id stands beside it."""
        return any(
            not wanted.isdisjoint(_texts(value))
            for column, value in row.items()
            if not _has_id(row, column)
            for wanted in self._wanted(column)
        )

    def _wanted(self, column: str) -> Iterator[frozenset[str]]:
        """Yield what may stand in a column of that name."""
        party = column.removesuffix("_id").removesuffix("_name") in _PARTY
        if party or "layer" in column:
            yield self.layers
        if party or "bottleneck" in column:
            yield self.bottlenecks
        if not any(word in column for word in _NOT_PARTIES):
            yield self.companies


def watched_of(settings: Settings, path: Path) -> Watched:
    """Return the watchlist of ``path`` with the warehouse's names for its ids; raise UsageError and ModelError as ``load_watchlist`` does."""
    with store.connection(settings.warehouse) as con:

        def read(text: str, values: dict[str, Any]) -> list[dict[str, Any]]:
            return store.rows(con, text, values)

        def named(ids: frozenset[str]) -> frozenset[str]:
            return ids | {row["name"] for row in read(_NAMES, {"ids": sorted(ids)})}

        followed = load_watchlist(path, settings.home, lambda name: company_id(name, "sql", read))
        return Watched(named(followed.companies), named(followed.layers), named(followed.bottlenecks))


def _has_id(row: dict[str, Any], column: str) -> bool:
    base = column.removesuffix("_name")
    return any(row.get(f"{base}_{key}") for key in ("id", "code"))


def _texts(value: Any) -> Iterator[str]:
    """Yield the texts of a cell: itself, or those of its list."""
    yield from (each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str))
