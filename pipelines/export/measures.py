"""Measures for BI tools, read from ``measures.yml``. What belongs here: reading and checking that file. What does not: their words."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.model_files import check_keys, check_list, read_yaml

FILE = Path(__file__).with_suffix(".yml")


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: ``dax`` over the mart ``table``, ``sql`` over the flat table ``sheet``, both empty where SQL has none."""

    name: str
    table: str
    dax: str
    format: str
    meaning: str
    sheet: str = ""
    sql: str = ""


@cache
def load(path: Path = FILE) -> tuple[Measure, ...]:
    """Return the measures; raise ModelError naming file and line for an entry that does not fit."""
    found = []
    for at, entry in enumerate(check_list(path, (), read_yaml(path))):
        check_keys(path, (at,), entry, ("name", "table", "dax", "format", "meaning"), ("sheet", "sql"))
        found.append(Measure(**entry))
    return tuple(found)
