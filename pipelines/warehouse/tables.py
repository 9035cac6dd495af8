"""What the tables mean: ``sql/<layer>/<table>.yml`` read and checked. What belongs here: grain, key, columns, and their tests.

What does not: how a table is made (the ``.sql`` beside it) or when tests run (``gates``). Forms of a file:
``grain`` (words), ``key`` (columns that are unique and not null together), ``columns`` with for each its ``meaning`` and, where
they hold, ``unit``, ``values`` (a closed list, or the name of one of the ontology's), ``references`` (layer.table.column),
``required`` (never null) and ``list`` (the column holds a list; values and references hold for each element).
A table without a ``.sql`` is ``made_by`` a module of ``graph.analysis`` from what it ``reads`` (``analyses``); its columns have a ``type``.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from graph.errors import ModelError
from graph.model import Ontology, load_ontology
from graph.model_files import check_keys, check_list, read_yaml, wrong
from pipelines.warehouse import store

COLUMN_KEYS = ("type", "unit", "values", "references", "required", "list")
ANALYSIS = re.compile(r"graph\.analysis\.[a-z_]+")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``values`` is empty where any value may stand, ``references`` where it points nowhere."""

    name: str
    meaning: str
    unit: str = ""
    values: tuple[str, ...] = ()
    references: str = ""
    required: bool = False
    is_list: bool = False
    type: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the warehouse. ``key`` columns are unique and not null together.

    ``made_by`` is the module that makes it, and ``reads`` what by the names of its arguments; both empty where SQL does.
    """

    layer: str
    name: str
    grain: str
    key: tuple[str, ...]
    columns: dict[str, Column]
    made_by: str = ""
    reads: dict[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Return ``layer.table``."""
        return f"{self.layer}.{self.name}"


@cache
def load_tables(sql: Path = store.SQL) -> dict[str, Table]:
    """Return the tables by ``layer.table``, in the order of layers and names.

    Raises ModelError with file and line for an unknown key, a key column that is none, a list of values that the ontology does
    not have, a reference that leads nowhere, and for a table without its ``.yml`` or the other way round.
    """
    tables: dict[str, Table] = {}
    for layer in store.LAYERS:
        with _in_folder(layer):
            stems = {path.stem for path in (sql / layer).iterdir() if path.suffix in (".sql", ".yml")}
            tables |= {f"{layer}.{name}": _table(sql / layer / f"{name}.yml") for name in sorted(stems)}
    for table in tables.values():
        with _in_folder(table.layer):
            for column in table.columns.values():
                _check_reference(sql / table.layer / f"{table.name}.yml", column, tables)
    return tables


def table_tests(sql: Path = store.SQL) -> list[tuple[str, str]]:
    """Return (name, SELECT of the offending rows): of all columns, then of the keys, required columns, closed lists and references."""
    tables = load_tables(sql)
    return [
        ("the columns of the tables are those of their .yml", _columns_test(tables.values())),
        *(test for table in tables.values() for test in _tests(table)),
    ]


@contextmanager
def _in_folder(layer: str) -> Iterator[None]:
    """Name the layer too in what is wrong: more than one has, say, a claim.yml."""
    try:
        yield
    except ModelError as error:
        raise ModelError(f"sql/{layer}/{error}") from None


def _table(path: Path) -> Table:
    if not path.exists():
        raise ModelError(f"{path.stem}.sql: it has no {path.name} beside it: write its grain, key and columns")
    body = read_yaml(path)
    check_keys(path, (), body, ("grain", "key", "columns"), ("made_by", "reads"))
    made_by, reads = _made_by(path, body)
    if not isinstance(body["columns"], dict):
        raise wrong(path, ("columns",), "a mapping of columns is expected here")
    columns = {name: _column(path, name, entry) for name, entry in body["columns"].items()}
    key = tuple(check_list(path, ("key",), body["key"]))
    if unknown := [name for name in key if name not in columns]:
        raise wrong(path, ("key", unknown[0]), f"key {unknown[0]!r} is no column of the table")
    _check_types(path, columns, made_by)
    return Table(path.parent.name, path.stem, str(body["grain"]), key, columns, made_by, reads)


def _made_by(path: Path, body: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """Return the module that makes the table and what it reads; nothing where a ``.sql`` beside the page does."""
    by_sql = path.with_suffix(".sql").exists()
    module = str(body.get("made_by", ""))
    if not by_sql and not module:
        raise wrong(path, (), f"there is no {path.stem}.sql beside it")
    if by_sql and module:
        raise wrong(path, ("made_by",), f"{path.stem}.sql makes it already")
    if module and not ANALYSIS.fullmatch(module):
        raise wrong(path, ("made_by",), f"made_by is a module graph.analysis.<name>, not {module!r}")
    reads = body.get("reads", {})
    if not isinstance(reads, dict) or bool(reads) != bool(module):
        raise wrong(
            path, ("reads",) if "reads" in body else (), "made_by and reads (argument: table or view) come together"
        )
    return module, {str(name): str(source) for name, source in reads.items()}


def _check_types(path: Path, columns: dict[str, Column], made_by: str) -> None:
    for column in columns.values():
        if bool(column.type) != bool(made_by):
            raise wrong(path, ("columns", column.name), "a type is given where made_by is, and only there")


def _column(path: Path, name: str, entry: Any) -> Column:
    place = ("columns", name)
    check_keys(path, place, entry, ("meaning",), COLUMN_KEYS)
    for flag in ("required", "list"):
        if not isinstance(entry.get(flag, False), bool):
            raise wrong(path, (*place, flag), f"{flag} is true or false, not {entry[flag]!r}")
    return Column(
        name=name,
        meaning=str(entry["meaning"]),
        unit=str(entry.get("unit", "")),
        values=_values(path, (*place, "values"), entry["values"]) if "values" in entry else (),
        references=str(entry.get("references", "")),
        required=entry.get("required", False),
        is_list=entry.get("list", False),
        type=str(entry.get("type", "")),
    )


def _values(path: Path, place: tuple[str, ...], given: Any) -> tuple[str, ...]:
    """Return the closed list: as written, or that of the ontology by its name (``predicates``, ``SUPPLIES.role``)."""
    if not isinstance(given, str):
        return tuple(str(value) for value in check_list(path, place, given))
    lists = _closed_lists(load_ontology())
    if given not in lists:
        raise wrong(path, place, f"{given!r} is no closed list of the ontology; there are: {', '.join(sorted(lists))}")
    return lists[given]


def _closed_lists(ontology: Ontology) -> dict[str, tuple[str, ...]]:
    found = {
        "predicates": tuple(ontology.predicates),
        "labels": tuple(ontology.labels),
        "layers": tuple(ontology.layers),
        "bottlenecks": tuple(ontology.bottlenecks),
    }
    for predicate in ontology.predicates.values():
        for name, kind in predicate.qualifiers.items():
            if isinstance(kind, list):
                found[f"{predicate.name}.{name}"] = tuple(str(value) for value in kind)
    return found


def _check_reference(path: Path, column: Column, tables: dict[str, Table]) -> None:
    if not column.references:
        return
    table, _, target = column.references.rpartition(".")
    if table not in tables or target not in tables[table].columns:
        place = ("columns", column.name, "references")
        raise wrong(path, place, f"{column.references!r} is no column of a table; write layer.table.column")


def _tests(table: Table) -> Iterator[tuple[str, str]]:
    keys = ", ".join(quoted_name(name) for name in table.key)
    if keys:
        unique = f"SELECT {keys}, count(*) AS n FROM {table.id} GROUP BY {keys} HAVING count(*) > 1"
        yield f"{table.id}: ({', '.join(table.key)}) is unique", unique
    columns = table.columns.values()
    required = {c.name: f"{quoted_name(c.name)} IS NULL" for c in columns if c.required or c.name in table.key}
    if required:
        yield f"{table.id}: required columns are never null", _counts_test(table, required)
    closed = {c.name: _not_listed(c) for c in columns if c.values}
    if closed:
        yield f"{table.id}: closed lists hold", _counts_test(table, closed)
    for column in columns:
        if column.references:
            yield f"{table.id}: {column.name} is a {column.references}", _reference_test(table, column)


def _columns_test(tables: Iterable[Table]) -> str:
    tables = list(tables)
    pairs = [f"({quoted(table.id)}, {quoted(name)})" for table in tables for name in table.columns]
    ids = ", ".join(quoted(table.id) for table in tables)
    return (
        f"WITH wanted(table_name, column_name) AS (VALUES {', '.join(pairs)}), "
        "has AS (SELECT schema_name || '.' || table_name AS table_name, column_name FROM duckdb_columns() "
        f"WHERE schema_name || '.' || table_name IN ({ids})) "
        "SELECT table_name, column_name, 'in the table only' AS finding FROM (FROM has EXCEPT FROM wanted) "
        "UNION ALL SELECT table_name, column_name, 'in the .yml only' FROM (FROM wanted EXCEPT FROM has)"
    )


def _counts_test(table: Table, offending: dict[str, str]) -> str:
    """Return one scan for all columns: each for which a row offends, with how many do."""
    counts = ", ".join(f"count(*) FILTER ({condition}) AS {quoted_name(name)}" for name, condition in offending.items())
    return f"SELECT * FROM (UNPIVOT (SELECT {counts} FROM {table.id}) ON * INTO NAME column_name VALUE n) WHERE n > 0"


def _not_listed(column: Column) -> str:
    """Return the condition of a value that is not of the list; null is, as the column may be empty."""
    listed = ", ".join(quoted(value) for value in column.values)
    if column.is_list:
        return f"NOT list_has_all([{listed}], {quoted_name(column.name)})"
    return f"{quoted_name(column.name)} NOT IN ({listed})"


def _elements(table: Table, column: Column) -> str:
    name = f"unnest({quoted_name(column.name)})" if column.is_list else quoted_name(column.name)
    return f"SELECT {name} AS value FROM {table.id}"


def _reference_test(table: Table, column: Column) -> str:
    """Return the values that lead nowhere; null and an empty text point at nothing on purpose."""
    target, _, name = column.references.rpartition(".")
    return (
        f"SELECT DISTINCT value FROM ({_elements(table, column)}) WHERE value IS NOT NULL AND value::VARCHAR <> '' "
        f"AND value NOT IN (SELECT {quoted_name(name)} FROM {target} WHERE {quoted_name(name)} IS NOT NULL)"
    )


def quoted_name(name: str) -> str:
    """Return ``name`` as a name in SQL."""
    return '"' + name.replace('"', '""') + '"'


def quoted(value: str) -> str:
    """Return ``value`` as a text in SQL."""
    return "'" + value.replace("'", "''") + "'"
