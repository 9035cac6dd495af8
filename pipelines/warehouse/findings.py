"""What a table of an analysis holds, in figures and in its first rows. What belongs here: reading the published warehouse.

What does not: how the table is made (``sql/mart``), and the page or command that shows all of it (``cli``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.settings import Settings
from pipelines.warehouse import store
from pipelines.warehouse.tables import load_tables, table_tests

FIRST = 5
_LONGEST_CELL = 200


@dataclass(frozen=True, slots=True)
class Findings:
    """Rows of a table, how many different claims stand behind them, its first rows, and the promises of its page it breaks.

    ``broken`` has for each broken promise its first offending rows, in words.
    """

    rows: int
    claims: int
    first: Sequence[Mapping[str, Any]]
    broken: Mapping[str, str]

    def markdown(self) -> str:
        """Return the first rows as a table in Markdown; nothing where there is none."""
        if not self.first:
            return "no finding"
        names = list(self.first[0])
        lines = [names, ["---"] * len(names), *([_cell(row[name]) for name in names] for row in self.first)]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def findings(settings: Settings, table: str) -> Findings:
    """Return what the published ``mart.<table>`` holds; raise NothingFoundError where nothing is published."""
    name = f"mart.{table}"
    columns = load_tables()[name].columns
    counted = {"claim_ids": "len(list_distinct(flatten(list(claim_ids))))", "claim_id": "count(DISTINCT claim_id)"}
    # A table that counts documents rests on no claim.
    claims = next((sql for column, sql in counted.items() if column in columns), "0")
    with store.connection(settings.warehouse) as con:
        (counts,) = store.rows(con, f"SELECT count(*) AS rows, coalesce({claims}, 0) AS claims FROM {name}")
        # A table keeps the order in which its SQL gives the rows.
        first = store.rows(con, f"SELECT * FROM {name} LIMIT {FIRST}")
        tests = [(says, sql) for says, sql in table_tests() if says.startswith(f"{name}:")]
        broken = {says: str(rows[:FIRST]) for says, sql in tests if (rows := store.rows(con, sql))}
    return Findings(counts["rows"], counts["claims"], first, broken)


def _cell(value: Any) -> str:
    """Return a value as one cell: lists by commas, long texts cut, no sign that would end the cell."""
    text = ", ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
    text = " ".join(text.replace("|", "\\|").split())
    return text if len(text) <= _LONGEST_CELL else f"{text[: _LONGEST_CELL - 1]}…"
