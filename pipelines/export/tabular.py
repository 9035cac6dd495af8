"""Parquet and CSV: one file a table, and beside them what the columns mean. What belongs here: these two formats.

What does not: the description's form (``datapackage``). A CSV is one for Excel: UTF-8 with a byte-order mark, CRLF between rows, and no
text that a spreadsheet would take for a formula: such a text gets an apostrophe before it (:data:`FORMULA` says which).
"""

from pathlib import Path

from pipelines.export import datapackage
from pipelines.export.marts import TEXT, Marts, PlainTable
from pipelines.warehouse.tables import quoted, quoted_name

# What a spreadsheet takes for a formula: an operator or its full-width form before something, or a control character; behind blanks and
# apostrophes too, so that taking one apostrophe off each text that then matches gives every text back as it was.
FORMULA = r"^['\s]*([=+\-@＝＋－＠](?s:.)|[\x00-\x1f])"


class Parquet:
    """``parquet/<table>.parquet``, ``parquet/datapackage.json``."""

    def write(self, marts: Marts, folder: Path) -> None:
        """Write one file a table."""
        to = folder / "parquet"
        to.mkdir()
        for table in marts.tables.values():
            path = to / f"{table.name}.parquet"
            marts.con.execute(f"COPY ({table.select}) TO {quoted(str(path))} (FORMAT parquet, COMPRESSION zstd)")
        datapackage.write(marts, to, "parquet")


class Csv:
    """``csv/<table>.csv``, ``csv/datapackage.json``."""

    def write(self, marts: Marts, folder: Path) -> None:
        """Write one file a table."""
        to = folder / "csv"
        to.mkdir()
        for table in marts.tables.values():
            options = "FORMAT csv, HEADER, NEW_LINE '\\r\\n'"
            marts.con.execute(f"COPY ({_inert(table)}) TO {quoted(str(to / f'{table.name}.csv'))} ({options})")
        datapackage.write(marts, to, "csv")


def _inert(table: PlainTable) -> str:
    """Return the SELECT of the table's texts made inert, its first column named with the byte-order mark before it."""
    shown = [
        f"CASE WHEN regexp_matches({name}, {quoted(FORMULA)}) THEN chr(39) || {name} ELSE {name} END"
        if c.type == TEXT
        else name
        for c, name in ((column, quoted_name(column.name)) for column in table.columns)
    ]
    names = [c.name for c in table.columns]
    names[0] = f"\ufeff{names[0]}"
    pairs = ", ".join(f"{value} AS {quoted_name(name)}" for value, name in zip(shown, names, strict=True))
    return f"SELECT {pairs} FROM ({table.select})"
