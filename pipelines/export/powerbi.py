"""A Power BI project (PBIP): the star as a semantic model in TMDL, with joins and measures, and an empty report. What belongs here: these files.

What does not: the data, which the model imports from the export's Parquet files (``tabular``), and which joins and measures there are
(``star``, ``measures.yml``). Names follow from names only, so that a project kept under version control changes where the model does.
"""

import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipelines.export import measures
from pipelines.export.marts import DAY, FLAG, INTEGERS, NUMBER, TEXT, Marts, PlainColumn, PlainTable
from pipelines.export.star import Join, joins

NAME = "Loadpath"
FOLDER = "C:\\loadpath\\parquet\\"
_SCHEMAS = "https://developer.microsoft.com/json-schemas/fabric"
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:loadpath:powerbi")
_TYPES = {TEXT: "string", NUMBER: "double", FLAG: "boolean", DAY: "dateTime"} | dict.fromkeys(INTEGERS, "int64")
_M_TYPES = {TEXT: "type text", NUMBER: "type number", FLAG: "type logical", DAY: "type date"} | dict.fromkeys(
    INTEGERS, "Int64.Type"
)
_README = f"""Open {NAME}.pbip in Power BI Desktop. Then set where the Parquet files of this export lie: Transform data,
Edit parameters, DataFolder (with a \\ at the end; the default is {FOLDER}), and refresh.
"""


class PowerBi:
    """``powerbi/Loadpath.pbip`` with its model and report."""

    def write(self, marts: Marts, folder: Path) -> None:
        """Write the project."""
        for name, text in files(marts.tables).items():
            path = folder / "powerbi" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\r\n")


def files(tables: dict[str, PlainTable]) -> dict[str, str]:
    """Return the texts of the project's files by their paths."""
    model, report = f"{NAME}.SemanticModel", f"{NAME}.Report"
    found = {f"{model}/definition/tables/{table.name}.tmdl": _table(table) for table in tables.values()}
    return found | {
        "README.txt": _README,
        f"{NAME}.pbip": _json(
            {
                "version": "1.0",
                "artifacts": [{"report": {"path": report}}],
                "settings": {"enableAutoRecovery": True},
            }
        ),
        f"{model}/definition.pbism": _json({"version": "4.2", "settings": {}}),
        f"{model}/definition/database.tmdl": "database\n\tcompatibilityLevel: 1601\n",
        f"{model}/definition/model.tmdl": _model(tables),
        f"{model}/definition/expressions.tmdl": _parameter(),
        f"{model}/definition/relationships.tmdl": "\n".join(map(_relationship, joins(tables))),
        f"{report}/definition.pbir": _json(
            {
                "$schema": f"{_SCHEMAS}/item/report/definitionProperties/1.0.0/schema.json",
                "version": "4.0",
                "datasetReference": {"byPath": {"path": f"../{model}"}},
            }
        ),
        f"{report}/report.json": _report(),
    }


def _json(value: Any) -> str:
    return json.dumps(value, indent=2) + "\n"


def _id(*names: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, "/".join(names)))


def _model(tables: dict[str, PlainTable]) -> str:
    settings = (
        "culture: en-US",
        "defaultPowerBIDataSourceVersion: powerBI_V3",
        "discourageImplicitMeasures",
        "sourceQueryCulture: en-US",
    )
    refs = "".join(f"ref table {name}\n" for name in tables)
    return "model Model\n" + "".join(f"\t{line}\n" for line in settings) + f"\n{refs}"


def _parameter() -> str:
    meta = 'meta [IsParameterQuery=true, Type="Text", IsParameterQueryRequired=true]'
    return f'/// Folder of the Parquet files of the export, with a \\ at its end\nexpression DataFolder = "{FOLDER}" {meta}\n'


def _relationship(join: Join) -> str:
    lines = [f"relationship {_id(join.table, join.column, join.target, join.key)}"]
    lines += [] if join.active else ["\tisActive: false"]
    lines += [f"\tfromColumn: {join.table}.{join.column}", f"\ttoColumn: {join.target}.{join.key}"]
    return "\n".join(lines) + "\n"


def _table(table: PlainTable) -> str:
    is_dates = table.name == "dim_date"
    lines = [f"/// {_one_line(table.grain)}", f"table {table.name}", f"\tlineageTag: {_id(table.name)}"]
    lines += ["\tdataCategory: Time"] if is_dates else []
    lines.append("")
    for measure in measures.load():
        if measure.table == table.name:
            lines += [f"\t/// {_one_line(measure.meaning)}", f"\tmeasure '{measure.name}' = {measure.dax}"]
            lines += [f"\t\tformatString: {measure.format}", f"\t\tlineageTag: {_id(table.name, measure.name)}", ""]
    for column in table.columns:
        lines += [*_column(table, column, is_dates), ""]
    lines += _partition(table)
    return "\n".join(lines) + "\n"


def _column(table: PlainTable, column: PlainColumn, is_dates: bool) -> Iterator[str]:
    yield f"\t/// {_one_line(column.words)}"
    yield f"\tcolumn {column.name}"
    yield f"\t\tdataType: {_TYPES[column.type]}"
    if column.name.endswith("_key"):
        yield "\t\tisHidden"
    if is_dates and column.name == "day":
        yield "\t\tisKey"
    if column.name == "url":
        yield "\t\tdataCategory: WebUrl"
    if column.type == DAY:
        yield "\t\tformatString: yyyy-mm-dd"
    if is_dates and column.name == "month_name":
        yield "\t\tsortByColumn: month"
    yield f"\t\tlineageTag: {_id(table.name, 'column', column.name)}"
    yield "\t\tsummarizeBy: none"
    yield f"\t\tsourceColumn: {column.name}"


def _partition(table: PlainTable) -> Iterator[str]:
    types = ", ".join(f'{{"{column.name}", {_M_TYPES[column.type]}}}' for column in table.columns)
    yield f"\tpartition {table.name} = m"
    yield "\t\tmode: import"
    yield "\t\tsource ="
    yield "\t\t\t\tlet"
    yield f'\t\t\t\t    Source = Parquet.Document(File.Contents(DataFolder & "{table.name}.parquet")),'
    yield f"\t\t\t\t    Typed = Table.TransformColumnTypes(Source, {{{types}}})"
    yield "\t\t\t\tin"
    yield "\t\t\t\t    Typed"


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _report() -> str:
    page = {
        "name": "first",
        "displayName": "First page",
        "displayOption": 1,
        "width": 1280,
        "height": 720,
        "filters": "[]",
        "config": "{}",
        "visualContainers": [],
    }
    return _json({"config": json.dumps({"version": "5.55"}), "layoutOptimization": 0, "sections": [page]})
