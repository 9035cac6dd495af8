"""A Superset dashboard as a bundle that Superset imports. What belongs here: database, datasets, charts and dashboard as its YAML files.

What does not: which charts there are (``superset.yml``), measures (``measures.yml``) or data: the database is the export's DuckDB snapshot,
at the address where the export lies. Ids follow from names only, so that importing again doubles nothing.
"""

import json
import uuid
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from graph.errors import ModelError
from graph.model_files import read_yaml
from pipelines.export import measures
from pipelines.export.marts import DAY, Marts
from pipelines.export.sheets import Sheet, load
from pipelines.export.snapshot import FLAT
from pipelines.export.snapshot import NAME as SNAPSHOT

NAME = "superset-dashboard.zip"
FILE = Path(__file__).with_suffix(".yml")
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:loadpath:superset")
_VERSION = "1.0.0"
# The day that a zip file cannot be dated before: the same bytes for the same input.
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
_DATABASE = "Loadpath"
_PLACES = {"parents": ["ROOT_ID", "GRID_ID"]}


class Superset:
    """``superset-dashboard.zip``."""

    def write(self, marts: Marts, folder: Path) -> None:
        """Write the bundle."""
        address = f"duckdb:///{(marts.folder / SNAPSHOT).as_posix()}?access_mode=read_only"
        with zipfile.ZipFile(folder / NAME, "w", zipfile.ZIP_DEFLATED) as bundle:
            for name, content in files(load(marts.con), address, marts.newest.isoformat()).items():
                entry = zipfile.ZipInfo(f"loadpath/{name}", _ZIP_DAY)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                bundle.writestr(entry, yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=120))


def files(sheets: list[Sheet], address: str, day: str) -> dict[str, dict[str, Any]]:
    """Return the bundle's files by their names."""
    wanted = read_yaml(FILE)
    by_name = {sheet.name: sheet for sheet in sheets}
    found: dict[str, dict[str, Any]] = {
        "metadata.yaml": {"version": _VERSION, "type": "Dashboard", "timestamp": f"{day}T00:00:00+00:00"},
        f"databases/{_DATABASE}.yaml": _database(address),
    }
    charts = [chart for row in wanted["rows"] for chart in row]
    for name in sorted({chart["sheet"] for chart in charts}):
        if name not in by_name:
            raise ModelError(f"{FILE.name}: {name}: there is no flat table of this name in sql/export")
        found[f"datasets/{_DATABASE}/{FLAT}{name}.yaml"] = _dataset(by_name[name])
    for chart in charts:
        slug = chart["name"].lower().replace(" ", "_")
        found[f"charts/{slug}.yaml"] = _chart(chart)
    found["dashboards/loadpath.yaml"] = _dashboard(wanted)
    return found


def _id(*names: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, "/".join(names)))


def _metric(name: str) -> str:
    return name.lower().replace(" ", "_")


def _database(address: str) -> dict[str, Any]:
    return {
        "database_name": _DATABASE,
        "sqlalchemy_uri": address,
        "cache_timeout": None,
        "expose_in_sqllab": True,
        "allow_run_async": False,
        "allow_ctas": False,
        "allow_cvas": False,
        "allow_dml": False,
        "allow_csv_upload": False,
        "extra": {},
        "uuid": _id("database"),
        "version": _VERSION,
    }


def _dataset(sheet: Sheet) -> dict[str, Any]:
    days = [name for name, (kind, _) in sheet.columns.items() if kind == DAY]
    first_day = next((name for name in ("known_from", "first_known") if name in days), None)
    return {
        "table_name": f"{FLAT}{sheet.name}",
        "main_dttm_col": first_day,
        "description": sheet.about,
        "default_endpoint": None,
        "offset": 0,
        "cache_timeout": None,
        "schema": "main",
        "sql": None,
        "params": None,
        "template_params": None,
        "filter_select_enabled": True,
        "fetch_values_predicate": None,
        "extra": None,
        "uuid": _id("dataset", sheet.name),
        "metrics": [
            {
                "metric_name": _metric(measure.name),
                "verbose_name": measure.name,
                "metric_type": None,
                "expression": measure.sql,
                "description": measure.meaning,
                "d3format": None,
                "extra": {},
                "warning_text": None,
            }
            for measure in measures.load()
            if measure.sheet == sheet.name
        ],
        "columns": [
            {
                "column_name": name,
                "verbose_name": name.replace("_", " "),
                "is_dttm": kind == DAY,
                "is_active": True,
                "type": kind,
                "groupby": True,
                "filterable": True,
                "expression": None,
                "description": described.meaning,
                "python_date_format": None,
                "extra": {},
            }
            for name, (kind, described) in sheet.columns.items()
        ],
        "version": _VERSION,
        "database_uuid": _id("database"),
    }


def _chart(chart: dict[str, Any]) -> dict[str, Any]:
    params = _params(chart)
    context = {
        "datasource": {"id": 0, "type": "table"},
        "force": False,
        "queries": [_query(chart)],
        "form_data": params,
        "result_format": "json",
        "result_type": "full",
    }
    return {
        "slice_name": chart["name"],
        "description": None,
        "viz_type": chart["kind"],
        "params": params,
        "query_context": json.dumps(context),
        "cache_timeout": None,
        "uuid": _id("chart", chart["name"]),
        "version": _VERSION,
        "dataset_uuid": _id("dataset", chart["sheet"]),
    }


def _params(chart: dict[str, Any]) -> dict[str, Any]:
    """Return what Superset's editor shows of the chart."""
    found: dict[str, Any] = {"viz_type": chart["kind"], "row_limit": chart.get("limit", 10000)}
    found["adhoc_filters"] = [
        {"clause": "WHERE", "expressionType": "SIMPLE", "subject": name, "operator": "==", "comparator": value}
        for name, value in chart.get("where", {}).items()
    ]
    if "rows" in chart:
        return found | {"query_mode": "raw", "all_columns": chart["rows"], "allow_render_html": False}
    metric, by = _metric(chart["metric"]), chart.get("by", [])
    if chart["kind"] == "echarts_timeseries_bar":
        shown = {"x_axis": chart["axis"], "metrics": [metric], "groupby": by, "stack": "Stack"}
        return found | shown | {"time_grain_sqla": chart.get("grain"), "x_axis_sort_asc": False, "show_legend": True}
    if chart["kind"] == "graph_chart":
        # A Sankey refuses circles, and markets have them.
        drawn = {"layout": "force", "roam": True, "baseNodeSize": 12, "repulsion": 400, "edgeLength": 120}
        return found | drawn | {"source": by[0], "target": by[1], "metric": metric}
    return found | {"metric": metric, "groupby": by}


def _query(chart: dict[str, Any]) -> dict[str, Any]:
    """Return the query that draws the chart, so that it has data before anybody has opened it."""
    where = chart.get("where", {}).items()
    query: dict[str, Any] = {
        "filters": [{"col": name, "op": "==", "val": value} for name, value in where],
        "row_limit": chart.get("limit", 10000),
        "columns": list(chart.get("rows", chart.get("by", []))),
    }
    if "rows" in chart:
        return query
    query["metrics"] = [_metric(chart["metric"])]
    query["orderby"] = [[_metric(chart["metric"]), False]]
    if "axis" in chart:
        axis = {
            "columnType": "BASE_AXIS",
            "sqlExpression": chart["axis"],
            "label": chart["axis"],
            "expressionType": "SQL",
        }
        query["columns"] = [axis | ({"timeGrain": chart["grain"]} if "grain" in chart else {}), *query["columns"]]
    return query


def _dashboard(wanted: dict[str, Any]) -> dict[str, Any]:
    rows = [f"ROW-{at}" for at in range(len(wanted["rows"]))]
    position: dict[str, Any] = {
        "DASHBOARD_VERSION_KEY": "v2",
        "ROOT_ID": {"type": "ROOT", "id": "ROOT_ID", "children": ["GRID_ID"]},
        "GRID_ID": {"type": "GRID", "id": "GRID_ID", "children": rows, "parents": ["ROOT_ID"]},
        "HEADER_ID": {"type": "HEADER", "id": "HEADER_ID", "meta": {"text": wanted["title"]}},
    }
    for row, charts in zip(rows, wanted["rows"], strict=True):
        position |= dict(_row(row, charts))
    return {
        "dashboard_title": wanted["title"],
        "description": None,
        "css": "",
        "slug": "loadpath",
        "uuid": _id("dashboard"),
        "position": position,
        "metadata": {"color_scheme": "supersetColors", "cross_filters_enabled": True},
        "version": _VERSION,
    }


def _row(row: str, charts: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    names = [f"CHART-{_id('chart', chart['name'])[:8]}" for chart in charts]
    meta = {"background": "BACKGROUND_TRANSPARENT"}
    yield row, {"type": "ROW", "id": row, "children": names, **_PLACES, "meta": meta}
    for name, chart in zip(names, charts, strict=True):
        shown = {
            "chartId": 0,
            "uuid": _id("chart", chart["name"]),
            "sliceName": chart["name"],
            "width": chart["width"],
            "height": chart["height"],
        }
        place = {"parents": [*_PLACES["parents"], row]}
        yield name, {"type": "CHART", "id": name, "children": [], **place, "meta": shown}
