"""``datapackage.json``: the tables of a folder as a Frictionless data package. What belongs here: this description.

What does not: the files that it describes (``tabular``). The form is that of https://datapackage.org, version 1, which more tools read.
"""

import json
from pathlib import Path
from typing import Any

from pipelines.export.marts import DAY, FLAG, INTEGERS, NUMBER, TEXT, Marts, PlainColumn, PlainTable

_TYPES = {TEXT: "string", NUMBER: "number", FLAG: "boolean", DAY: "date"} | dict.fromkeys(INTEGERS, "integer")
_FILE: dict[str, dict[str, Any]] = {
    "csv": {"mediatype": "text/csv", "encoding": "utf-8-sig", "dialect": {"csv": {"lineTerminator": "\r\n"}}},
    "parquet": {"mediatype": "application/vnd.apache.parquet"},
}


def write(marts: Marts, folder: Path, form: str) -> None:
    """Write the description of the tables that lie in ``folder`` as ``<table>.<form>``."""
    package = {
        "name": "loadpath",
        "title": "Loadpath: what the AI buildout rests on",
        "description": "Star schema of claims, relationships and what they rest on, each with its quote.",
        "version": marts.fingerprint[:12],
        "profile": "tabular-data-package",
        "resources": [_resource(marts, table, form) for table in marts.tables.values()],
    }
    text = json.dumps(package, ensure_ascii=False, indent=1)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def _resource(marts: Marts, table: PlainTable, form: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "primaryKey": list(table.key)}
    foreign = [
        {
            "fields": [c.name],
            "reference": {"resource": "" if c.target[0] == table.name else c.target[0], "fields": [c.target[1]]},
        }
        for c in table.columns
        if c.target[0] and not c.described.is_list
    ]
    if foreign:
        schema["foreignKeys"] = foreign
    return {
        "name": table.name,
        "description": table.grain,
        "path": f"{table.name}.{form}",
        "profile": "tabular-data-resource",
        "format": form,
        "rows": marts.counts[table.name],
        **_FILE[form],
        "schema": schema,
    }


def _field(column: PlainColumn) -> dict[str, Any]:
    said = column.described
    field: dict[str, Any] = {"name": column.name, "type": _TYPES[column.type], "description": column.words}
    # An empty text stands in a file as a missing one does, and an empty list is one.
    limits: dict[str, Any] = {"required": True} if said.required and column.type != TEXT else {}
    if said.values and not said.is_list:
        limits["enum"] = list(said.values)
    return field | ({"constraints": limits} if limits else {})
