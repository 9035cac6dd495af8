"""The formats that an export can have. What belongs here: their list, finding one by its name, and whether it can be written here.

What does not: how a format is written (one module each) or when (``files``). A format is a class with no arguments; its module is
loaded when it is asked for. To add one: write the module, name it here, and say in docs/how-to/exports.md which tool opens it.
"""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from graph.errors import UsageError
from pipelines.export.marts import Marts


class Format(Protocol):
    """Writes the marts in one format."""

    def write(self, marts: Marts, folder: Path) -> None:
        """Write into ``folder``, each format under names of its own."""


@dataclass(frozen=True, slots=True)
class Known:
    """One format of the list: ``place`` is module and class, ``needs`` a package that an extra brings, ``extra`` its name,
    ``reads`` another format whose files it reads and that is therefore written with it.
    """

    name: str
    place: str
    meaning: str
    needs: str = ""
    extra: str = ""
    reads: str = ""

    def make(self) -> Format:
        """Return the format's writer."""
        module, _, name = self.place.partition(":")
        made: Format = getattr(import_module(f"pipelines.export.{module}"), name)()
        return made

    def missing(self) -> str:
        """Return why the format cannot be written in this installation, in one line; nothing where it can."""
        if not self.needs or find_spec(self.needs):
            return ""
        return f"{self.name}: it needs the package {self.needs}, which is not installed; pip install 'loadpath[{self.extra}]' brings it"


FORMATS = {
    known.name: known
    for known in (
        Known("parquet", "tabular:Parquet", "Parquet files with a Frictionless datapackage.json"),
        Known("csv", "tabular:Csv", "CSV files for Excel with a Frictionless datapackage.json"),
        Known("duckdb", "snapshot:Snapshot", "one read-only DuckDB file"),
        Known("xlsx", "xlsx:Xlsx", "one Excel workbook"),
        Known("jsonl", "jsonl:JsonLines", "claims and relationships as JSON lines with their JSON Schema"),
        Known("changes", "jsonl:Changes", "what each publication added, modified and deleted, as JSON lines"),
        Known("graphml", "network:GraphMl", "the market as GraphML"),
        Known("gexf", "network:Gexf", "the market as GEXF"),
        Known("turtle", "rdf:Turtle", "parties, claims and their evidence as RDF in Turtle, with PROV-O"),
        Known("jsonld", "rdf:JsonLd", "the same as JSON-LD"),
        Known("neo4j", "neo4j_import:Neo4jImport", "the whole graph as CSV for neo4j-admin's import"),
        Known("superset", "superset:Superset", "a Superset dashboard over the DuckDB file", reads="duckdb"),
        Known("powerbi", "powerbi:PowerBi", "a Power BI project (PBIP, TMDL) over the Parquet files", reads="parquet"),
        Known("tableau", "tableau:Tableau", "one Hyper file with data sources (.tds)", needs="pantab", extra="tableau"),
    )
}


def find(names: Sequence[str]) -> list[Known]:
    """Return the formats of these names, in the order of the list, and those that they read; raise UsageError for an unknown one, naming the nearest."""
    for name in names:
        if name not in FORMATS:
            near = difflib.get_close_matches(name.lower(), FORMATS, n=1, cutoff=0.4)
            hint = f"did you mean {near[0]}? there" if near else "there"
            raise UsageError(f"{name or 'an empty name'}: no such format; {hint} are: {', '.join(FORMATS)}")
    if not names:
        raise UsageError(f"no format is named; there are: {', '.join(FORMATS)}")
    wanted = {*names, *(FORMATS[name].reads for name in names)}
    return [known for known in FORMATS.values() if known.name in wanted]


def listed() -> list[dict[str, str]]:
    """Return the formats as rows: name, what it is, and whether it can be written here."""
    return [
        {"format": k.name, "writes": k.meaning, "can be written here": k.missing() or "yes"} for k in FORMATS.values()
    ]
