"""The star's joins: which column points at which table's key, and which joins a model may hold active. What belongs here: both.

What does not: a tool's own form (``powerbi``). A tool that lets filters flow along joins refuses two ways from one table to another:
so joins are taken in order of their use, and one that would open a second way is there, but inactive.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.export.marts import PlainColumn, PlainTable

# Of the days of a row, the one that a date filter means unless it is told otherwise.
_FIRST_DAYS = ("known_from_key", "first_known_key")


@dataclass(frozen=True, slots=True)
class Join:
    """Rows of ``table`` point by ``column`` at the one row of ``target`` whose ``key`` is the same."""

    table: str
    column: str
    target: str
    key: str
    active: bool


def joins(tables: dict[str, PlainTable]) -> list[Join]:
    """Return all joins between ``tables``, those of facts to dimensions by their integer keys first."""
    found: list[Join] = []
    within: dict[str, set[str]] = {name: {name} for name in tables}
    candidates = [
        (table.name, column) for table in tables.values() for column in table.columns if _is_join(table, column, tables)
    ]
    for table, column in sorted(candidates, key=lambda pair: (_rank(*pair), pair[0])):
        target, key = column.target
        active = _opens_one_way(within, target, table)
        if active:
            for reached in within.values():
                if target in reached:
                    reached |= within[table]
        found.append(Join(table, column.name, target, key, active))
    return found


def _is_join(table: PlainTable, column: PlainColumn, tables: dict[str, PlainTable]) -> bool:
    target, key = column.target
    if target not in tables or target == table.name or column.described.is_list:
        return False
    unique = tables[target].key == (key,) or (target.startswith("dim_") and key.endswith("_key"))
    return unique and not _has_key_twin(table, column)


def _has_key_twin(table: PlainTable, column: PlainColumn) -> bool:
    """Return whether the table points at the same dimension by an integer key too, for the same side."""
    twin = column.name.removesuffix("_id") + "_key"
    return column.name.endswith("_id") and any(other.name == twin for other in table.columns)


def _rank(table: str, column: PlainColumn) -> tuple[int, int, int]:
    by_key = column.name.endswith("_key")
    return (not table.startswith("fct_"), not by_key, column.name not in _FIRST_DAYS)


def _opens_one_way(within: dict[str, set[str]], source: str, table: str) -> bool:
    """Return whether nothing that filters ``source`` reaches yet what ``table`` filters."""
    above: Iterable[set[str]] = (reached for reached in within.values() if source in reached)
    return all(reached.isdisjoint(within[table]) for reached in above)
