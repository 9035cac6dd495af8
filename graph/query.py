"""Named questions: Cypher files with their SQL twins. What belongs here: headers, parameters, running on either engine.

A header is comment lines ``// key: value`` (``-- key: value`` in SQL): title, question, one ``param`` line a parameter
(name type default meaning) and one ``column`` line a column.
"""

import datetime as dt
import difflib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import ModelError, UsageError
from graph.model import load_registry

QUERIES = Path(__file__).parent / "queries"
Reader = Callable[[str, dict[str, Any]], list[dict[str, Any]]]
# Far beyond any document: "known on" defaults to everything that is known and not closed.
LATEST = dt.date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its type is text, date (a day, ``latest``, or ``any`` for no restriction), number, integer or company."""

    name: str
    type: str
    default: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Query:
    """One named question with both of its texts."""

    name: str
    title: str
    question: str
    parameters: tuple[Parameter, ...]
    columns: tuple[tuple[str, str], ...]
    example: str
    cypher: str
    sql: str


def queries(folder: Path = QUERIES) -> dict[str, Query]:
    """Return all named questions by name; raise ModelError for a file without its twin or header."""
    return {path.stem: _read(path) for path in sorted(folder.glob("*.cypher"))}


def find(name: str) -> Query:
    """Return the question called ``name``; raise UsageError naming the nearest."""
    known = queries()
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.3)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise UsageError(f"{name}: no such query{hint} `loadpath queries` lists them")
    return known[name]


def run(query: Query, engine: str, read: Reader, given: dict[str, str]) -> list[dict[str, Any]]:
    """Return the rows of ``query`` through ``read``; ``given`` are parameters as text.

    Raises UsageError for an unknown parameter or a value that is not of its type.
    """
    if engine not in ("graph", "sql"):
        raise UsageError(f"--engine {engine}: it is graph or sql")
    values = arguments(query, given)
    if engine == "graph":
        return read(query.cypher, values)
    used = {name: value for name, value in values.items() if f"${name}" in query.sql}
    return read(query.sql, used)


def arguments(query: Query, given: dict[str, str]) -> dict[str, Any]:
    """Return every parameter's value, from ``given`` or its default."""
    known = {p.name: p for p in query.parameters}
    for name in given:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0)
            raise UsageError(f"{query.name}: no parameter {name!r}; did you mean {near[0] if near else 'none'}?")
    return {p.name: _value(query, p, given.get(p.name, p.default)) for p in query.parameters}


def _value(query: Query, parameter: Parameter, text: str) -> Any:
    try:
        if parameter.type == "date":
            return _day(text)
        if parameter.type == "company":
            org = load_registry().find(text)
            return org.id if org else text
        if parameter.type == "number":
            return float(text)
        return int(text) if parameter.type == "integer" else text
    except ValueError:
        raise UsageError(f"{query.name}: {parameter.name}: {text!r} is no {parameter.type}") from None


def _day(text: str) -> dt.date | None:
    if text == "any":
        return None
    return LATEST if text == "latest" else dt.date.fromisoformat(text)


def _read(path: Path) -> Query:
    twin = path.with_suffix(".sql")
    if not twin.exists():
        raise ModelError(f"{path.name}: its SQL twin {twin.name} is missing")
    text = path.read_text(encoding="utf-8")
    lines = [line[2:].strip() for line in text.splitlines() if line.startswith("//")]
    fields = [(line.split(":", 1)[0].strip(), line.split(":", 1)[1].strip()) for line in lines if ":" in line]
    single = {key: value for key, value in fields if key in ("title", "question", "example")}
    for key in ("title", "question", "example"):
        if key not in single:
            raise ModelError(f"{path.name}: the header has no {key}")
    parameters = tuple(_parameter(path, value) for key, value in fields if key == "param")
    columns = tuple((value.split(None, 1)[0], value.split(None, 1)[1]) for key, value in fields if key == "column")
    return Query(
        path.stem,
        single["title"],
        single["question"],
        parameters,
        columns,
        single["example"],
        text,
        twin.read_text(encoding="utf-8"),
    )


def _parameter(path: Path, line: str) -> Parameter:
    parts = line.split(None, 3)
    if len(parts) != 4 or parts[1] not in ("text", "date", "number", "integer", "company"):
        raise ModelError(f"{path.name}: param {line!r} must read: name type default meaning")
    return Parameter(*parts)
