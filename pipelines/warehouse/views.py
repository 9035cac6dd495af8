"""Views with parameters: ``sql/<layer>/views/<name>.sql`` as table macros. What belongs here: telling and creating them.

A view's file is one SELECT like a table's, with the line ``-- parameters: as_of, known_on`` above it; the parameters are names
in the SELECT. What does not belong here: in which order tables and views are made (``store``).
"""

import re
from collections.abc import Iterable

import duckdb


def parameters(sql: str) -> str:
    """Return the parameters of a view, separated by commas, or nothing when ``sql`` is that of a table."""
    found = re.search(r"^-- parameters: (.+)$", sql, re.M)
    return found.group(1) if found else ""


def create(con: duckdb.DuckDBPyConnection, name: str, sql: str) -> None:
    """Create or replace the view ``name``; what it reads must be there."""
    con.execute(f"CREATE OR REPLACE MACRO {name}({parameters(sql)}) AS TABLE {sql}")


def create_in_snapshot(con: duckdb.DuckDBPyConnection, tables: Iterable[tuple[str, str]]) -> None:
    """Create the views among ``tables`` (name, SQL; in order) where the marts lie in the main schema, as in an exported file."""
    for name, sql in tables:
        if parameters(sql):
            create(con, name, re.sub(r"\bmart\.", "", sql))
