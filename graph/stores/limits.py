"""Limits of reading, and how a query's failure is said. What belongs here: time, rows, one line for each database's errors.

What does not belong here: who enforces them (``bolt`` and ``engine``).
"""

import difflib
import re
from dataclasses import dataclass
from typing import Any

from graph.errors import LoadpathError, QueryLimitError, UsageError


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a query may run, in seconds, and how many rows a free query may return."""

    seconds: float = 30.0
    rows: int = 10_000


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a free query; ``cut`` tells that there were more than the limit."""

    rows: list[dict[str, Any]]
    cut: bool


ONLY_READS = "free queries only read; nothing was written"
NOT_OUTSIDE = "free queries read the graph alone: no files, addresses, settings or other sessions"

_POSITION = re.compile(r"\(line (\d+), column (\d+)|line (\d+), column (\d+)|line (\d+):(\d+)")
# The embedded engine names its classes before and after what it says.
_WRAPPING = re.compile(r"^Query failed: (?:[\w.$]+: )?| \(caused by .*\)$")
_WRONG_WORD = re.compile(r"input '(\w+)'")
_WORDS = frozenset(
    [
        "MATCH",
        "OPTIONAL",
        "WHERE",
        "RETURN",
        "WITH",
        "UNWIND",
        "ORDER",
        "LIMIT",
        "SKIP",
        "DISTINCT",
        "UNION",
        "CALL",
        "YIELD",
    ]
)


def too_long(what: str, seconds: float) -> QueryLimitError:
    """Return the error of a query that was stopped after ``seconds``."""
    return QueryLimitError(f"{what}: stopped after {seconds:g} s; narrow the query, or allow more by --seconds")


def too_much(what: str) -> QueryLimitError:
    """Return the error of a query that wanted more memory than the database gives to one."""
    return QueryLimitError(f"{what}: the query takes more memory than it may have; narrow it")


def cypher_error(code: str, message: str, seconds: float) -> LoadpathError:
    """Return the one line for a database's refusal: ``code`` is Neo4j's status code, ``message`` the database's own text."""
    if "TransactionTimedOut" in code or "Terminated" in code:
        return too_long("Cypher", seconds)
    if "OutOfMemory" in code or "MemoryPool" in code or "OutOfMemory" in message or "_MAX_HEAP" in message:
        return too_much("Cypher")
    if "LOAD CSV" in message and "Forbidden" in code:
        return UsageError(f"Cypher: {NOT_OUTSIDE}")
    if "AccessMode" in code or "Forbidden" in code or "dempotent" in message or "read only database" in message:
        return UsageError(f"Cypher: {ONLY_READS}")
    return UsageError(f"Cypher{_place(message)}: {_reason(message)}{_nearest(message)}")


def _place(message: str) -> str:
    found = _POSITION.search(message)
    if found is None:
        return ""
    line, column = (int(number) for number in found.groups() if number is not None)
    # Neo4j counts columns from 1, the embedded engine from 0.
    return f", line {line}, column {column if found.group(1) else column + 1}"


def _reason(message: str) -> str:
    first = _WRAPPING.sub("", (message.splitlines() or ["failed"])[0])
    text = re.sub(
        r"^Syntax error at line \d+:\d+ - | \(line \d+, column \d+ \(offset: \d+\)\)| at line \d+, column \d+",
        "",
        first,
    )
    return text if len(text) <= 200 else f"{text[:200]} …"


def _nearest(message: str) -> str:
    found = _WRONG_WORD.search(message)
    near = difflib.get_close_matches(found.group(1).upper(), _WORDS, n=1, cutoff=0.7) if found else []
    return f"; did you mean {near[0]}?" if near and found and near[0] != found.group(1).upper() else ""
