"""The published warehouse from Python. What belongs here: opening it, asking it, and its tables as Arrow tables.

What does not: the questions (``graph.query``) and their English (``graph.asking``). Arrow tables go on to pandas (``to_pandas()``), polars
(``polars.from_arrow``) or DuckDB as they are. Everything reads only, and each call sees what is published at that moment.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from graph.asking import understand
from graph.errors import UsageError
from graph.query import find, run
from pipelines.settings import load_settings
from pipelines.warehouse import store


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question was understood as, as a command line, and its rows."""

    command: str
    rows: pa.Table


class Snapshot:
    """The published warehouse of a home folder.

    ``Snapshot(Path("var")).ask("Who supplies NVIDIA?").rows.to_pandas()``
    """

    def __init__(self, home: Path) -> None:
        self._settings = load_settings(home)

    def ask(self, question: str) -> Answer:
        """Return the answer to a question in English; raise UsageError where it is not understood, or is no named question."""
        found = understand(question)
        if found.is_command:
            raise UsageError(f"{question}: it is answered by a page, not by rows: {found.line}")
        return Answer(found.line, self.query(found.name, **dict(found.given)))

    def query(self, name: str, **parameters: str) -> pa.Table:
        """Return the rows of a named question; parameters are text, as on the command line. Raises UsageError as ``run`` does."""
        chosen = find(name, self._settings.home / "queries")
        with store.connection(self._settings.warehouse) as con:
            rows = run(chosen, "sql", lambda text, values: store.rows(con, text, values), parameters)
        columns = [column for column, _ in chosen.columns]
        return pa.Table.from_pylist(rows) if rows else pa.table({column: pa.nulls(0) for column in columns})

    def table(self, name: str) -> pa.Table:
        """Return a table of the layer mart, such as ``fct_claim``; raise UsageError where there is none of that name."""
        with store.connection(self._settings.warehouse) as con:
            known = {row["table_name"] for row in store.rows(con, _TABLES)}
            if name not in known:
                raise UsageError(f"{name}: no such table of mart; it has {', '.join(sorted(known))}")
            found: Any = con.execute(f'SELECT * FROM mart."{name}"').to_arrow_table()
            return found


_TABLES = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'mart'"
