"""Named questions: Cypher files with their SQL twins. What belongs here: headers, parameters, running on either engine.

A header is comment lines ``// key: value`` (``-- key: value`` in SQL): title, question, one ``param`` line a parameter
(name type default meaning), one ``column`` line a column, an example; ``number`` is its place in the list of questions and
``predicates`` are those that the answer rests on. A user's own question needs neither of the two, and one text, Cypher or
SQL, is enough for it.
"""

import datetime as dt
import difflib
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.companies import ANY, Reader, company_id
from graph.errors import ModelError, UsageError
from graph.model import load_ontology

QUERIES = Path(__file__).parent / "queries"
# Far beyond any document: "known on" defaults to everything that is known and not closed.
LATEST = dt.date(9999, 12, 31)
TYPES = ("text", "date", "number", "integer", "company")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its type is text, date (a day, ``latest``, or ``any`` for no restriction), number, integer or company."""

    name: str
    type: str
    default: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Query:
    """One named question with its texts; ``number`` is 0 and a text is empty where a user's own has none."""

    name: str
    title: str
    question: str
    parameters: tuple[Parameter, ...]
    columns: tuple[tuple[str, str], ...]
    example: str
    cypher: str
    sql: str
    number: int = 0
    predicates: tuple[str, ...] = ()


def queries(own: Path | None = None) -> dict[str, Query]:
    """Return the shipped questions by name, then those of the folder ``own`` (which need not exist).

    Raises ModelError for a file without its header, a shipped one without its twin, an own one with a shipped one's name.
    """
    found = {path.stem: _read(path, path.with_suffix(".sql")) for path in sorted(QUERIES.glob("*.cypher"))}
    shipped = set(found)
    for path in sorted([*own.glob("*.cypher"), *own.glob("*.sql")]) if own else ():
        if path.stem in shipped:
            raise ModelError(f"{path}: there is a shipped question {path.stem}; give yours another name")
        found[path.stem] = _read_own(path)
    return found


def find(name: str, own: Path | None = None) -> Query:
    """Return the question called ``name``; raise UsageError naming the nearest."""
    known = queries(own)
    if name not in known:
        near = difflib.get_close_matches(name, known, n=3, cutoff=0.4)
        hint = f"; did you mean {' or '.join(near)}?" if near else "."
        raise UsageError(f"{name}: no such query{hint} `loadpath queries` lists them")
    return known[name]


def run(query: Query, engine: str, read: Reader, given: dict[str, str]) -> list[dict[str, Any]]:
    """Return the rows of ``query`` through ``read``; ``given`` are parameters as text.

    Raises UsageError for an unknown parameter, a value that is not of its type, a company that no one names, and an engine that a
    user's own has no text for.
    """
    values = values_of(query, engine, read, given)
    if engine == "graph":
        return read(query.cypher, values)
    # DuckDB refuses a parameter that the text does not name.
    return read(query.sql, {name: value for name, value in values.items() if f"${name}" in query.sql})


def values_of(query: Query, engine: str, read: Reader, given: dict[str, str]) -> dict[str, Any]:
    """Return every parameter's value, companies as ids; raise UsageError as ``run`` does."""
    values = check(query, engine, given)
    for parameter in query.parameters:
        text = values[parameter.name]
        # "any" is a value where the question says so, by its default.
        if parameter.type == "company" and not (text == ANY == parameter.default):
            values[parameter.name] = company_id(text, engine, read)
    return values


def check(query: Query, engine: str, given: dict[str, str]) -> dict[str, Any]:
    """Return what ``arguments`` does, before any engine is opened; raise UsageError for an engine that is none or has no text too."""
    if engine not in ("graph", "sql"):
        raise UsageError(f"--engine {engine}: it is graph or sql")
    if not (query.cypher if engine == "graph" else query.sql):
        raise UsageError(f"{query.name}: it has no text for --engine {engine}; use the other one")
    return arguments(query, given)


def arguments(query: Query, given: dict[str, str]) -> dict[str, Any]:
    """Return every parameter's value, from ``given`` or its default; a company stays as it is written."""
    known = {p.name: p for p in query.parameters}
    for name in given:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
            hint = f"did you mean {near[0]}?" if near else f"it has {', '.join(known) or 'none'}"
            raise UsageError(f"{query.name}: no parameter {name!r}; {hint}")
    return {p.name: _value(query, p, given.get(p.name, p.default)) for p in query.parameters}


def _value(query: Query, parameter: Parameter, text: str) -> Any:
    try:
        if parameter.type == "date":
            return _day(text)
        if parameter.type == "number":
            return _finite(text)
        return int(text) if parameter.type == "integer" else text
    except ValueError:
        how = "; write YYYY-MM-DD, latest or any" if parameter.type == "date" else ""
        raise UsageError(f"{query.name}: {parameter.name}: {text!r} is no {parameter.type}{how}") from None


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def _day(text: str) -> dt.date | None:
    if text == "any":
        return None
    return LATEST if text == "latest" else dt.date.fromisoformat(text)


def _read(path: Path, twin: Path) -> Query:
    if not twin.exists():
        raise ModelError(f"{path.name}: its SQL twin {twin.name} is missing")
    return _query(path, path.read_text(encoding="utf-8"), twin.read_text(encoding="utf-8"))


def _read_own(path: Path) -> Query:
    """Return a user's own question, whose header stands in the Cypher text where there is one, else in the SQL."""
    cypher, sql = (
        file.read_text(encoding="utf-8") if file.exists() else ""
        for file in (path.with_suffix(".cypher"), path.with_suffix(".sql"))
    )
    return _query(path.with_suffix(".cypher" if cypher else ".sql"), cypher, sql)


def _query(path: Path, cypher: str, sql: str) -> Query:
    """Return the question of these texts, its header read from that of ``path``."""
    mark = "//" if cypher else "--"
    lines = [line[2:].strip() for line in (cypher or sql).splitlines() if line.startswith(mark)]
    fields = [(line.split(":", 1)[0].strip(), line.split(":", 1)[1].strip()) for line in lines if ":" in line]
    single = {key: value for key, value in fields if key in ("title", "question", "example", "number", "predicates")}
    for key in ("title", "question", "example"):
        if key not in single:
            raise ModelError(f"{path.name}: the header has no {key}")
    return Query(
        path.stem,
        single["title"],
        single["question"],
        tuple(_parameter(path, value) for key, value in fields if key == "param"),
        tuple((value.split(None, 1)[0], value.split(None, 1)[1]) for key, value in fields if key == "column"),
        single["example"],
        cypher,
        sql,
        _number(path, single.get("number", "0")),
        _predicates(path, single.get("predicates", "")),
    )


def _number(path: Path, text: str) -> int:
    if not text.isdigit():
        raise ModelError(f"{path.name}: number {text!r} is no whole number")
    return int(text)


def _predicates(path: Path, text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    known = load_ontology().predicates
    for name in names:
        if name not in known:
            raise ModelError(f"{path.name}: predicates: {name} is none of {', '.join(known)}")
    return names


def _parameter(path: Path, line: str) -> Parameter:
    parts = line.split(None, 3)
    if len(parts) != 4 or parts[1] not in TYPES:
        raise ModelError(
            f"{path.name}: param {line!r} must read: name type default meaning; type is one of {', '.join(TYPES)}"
        )
    return Parameter(*parts)
