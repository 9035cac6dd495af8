"""Power BI, Tableau and Superset: their models fit the data. Superset itself runs where SUPERSET_PYTHON names the Python of its environment."""

import json
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from itertools import pairwise

import duckdb
import pyarrow.parquet as pq
import pytest
import yaml

from graph.errors import ModelError
from pipelines.export import measures, sheets, superset
from pipelines.export.marts import PlainColumn, PlainTable
from pipelines.export.star import joins
from pipelines.warehouse import store
from pipelines.warehouse.tables import Column
from tests.conftest import ROOT

TMDL_TYPES = {"string": "string", "int64": "int", "double": "double", "boolean": "bool", "dateTime": "date32"}


@pytest.fixture(scope="module")
def model(exported):
    return exported.folder / "powerbi" / "Loadpath.SemanticModel" / "definition"


@pytest.fixture(scope="module")
def snapshot(exported):
    with store.connection(exported.folder / "loadpath.duckdb") as con:
        yield con


def text(path):
    """Return a TMDL file's text, its form checked: CRLF, no mark, tabs only, no blanks at the end."""
    raw = path.read_bytes()
    assert raw.count(b"\n") == raw.count(b"\r\n") and not raw.startswith(b"\xef\xbb\xbf")
    found = raw.decode().replace("\r\n", "\n")
    assert not re.search(r"[ \t]+$", found, re.M), path
    return found


def objects(path):
    """Return the columns (name to its properties) and measures (name to DAX) of a table's file; each must have a description above it."""
    columns, found, current = {}, {}, None
    lines = text(path).split("\n")
    for before, line in pairwise(["", *lines]):
        if match := re.fullmatch(r"\tcolumn (\w+)", line):
            assert before.startswith("\t/// "), (path, line)
            current = columns.setdefault(match.group(1), {})
        elif match := re.fullmatch(r"\tmeasure '([^']+)' = (.+)", line):
            assert before.startswith("\t/// "), (path, line)
            found[match.group(1)], current = match.group(2), {}
        elif current is not None and (match := re.fullmatch(r"\t\t(\w+)(?:: (.+))?", line)):
            current[match.group(1)] = match.group(2) or True
        elif line.startswith("\tpartition"):
            current = None
    return columns, found


def test_the_models_tables_are_the_parquet_files(exported, model):
    tables = {path.stem for path in (model / "tables").glob("*.tmdl")}
    assert tables == {path.stem for path in (exported.folder / "parquet").glob("*.parquet")}
    assert set(re.findall(r"^ref table (\w+)$", text(model / "model.tmdl"), re.M)) == tables

    for name in tables:
        columns, _ = objects(model / "tables" / f"{name}.tmdl")
        schema = pq.read_schema(exported.folder / "parquet" / f"{name}.parquet")
        assert list(columns) == schema.names and all(said["sourceColumn"] == column for column, said in columns.items())
        for field in schema:
            assert str(field.type).startswith(TMDL_TYPES[columns[field.name]["dataType"]]), (name, field)
        assert f'DataFolder & "{name}.parquet"' in text(model / "tables" / f"{name}.tmdl")


def relationships(model):
    form = re.compile(
        r"relationship ([0-9a-f-]{36})\n(\tisActive: false\n)?\tfromColumn: (\w+)\.(\w+)\n\ttoColumn: (\w+)\.(\w+)\n"
    )
    content = text(model / "relationships.tmdl")
    found = form.findall(content)
    assert len(found) == content.count("relationship ") and len({id_ for id_, *_ in found}) == len(found)
    return [(not inactive, *rest) for _, inactive, *rest in found]


def test_relations_match_the_keys(exported, model, snapshot):
    for _, table, column, target, key in relationships(model):
        rows, keys, empty = snapshot.execute(
            f"SELECT count(*), count(DISTINCT {key}), count(*) FILTER ({key} IS NULL) FROM {target}"
        ).fetchall()[0]
        assert (rows, empty) == (keys, 0), f"{target}.{key} is no key"
        lost = f"SELECT count(*) FROM {table} WHERE {column} IS NOT NULL AND {column}::VARCHAR <> '' AND {column} NOT IN (SELECT {key} FROM {target})"
        assert snapshot.execute(lost).fetchall() == [(0,)], f"{table}.{column} → {target}.{key}"


def ways(active, source, target):
    """Return how many ways filters have from one table to another, counted one by one."""
    return sum(1 if table == target else ways(active, table, target) for t, table in active if t == source)


def test_no_filter_has_two_ways_between_two_tables(model):
    found = relationships(model)
    active = [(target, table) for is_active, table, _, target, _ in found if is_active]
    tables = {name for pair in active for name in pair}

    assert [(a, b) for a in tables for b in tables if ways(active, a, b) > 1] == []
    assert {
        ("dim_date", "fct_claim"),
        ("dim_src_company", "fct_relationship"),
        ("dim_dst_company", "fct_relationship"),
    } <= set(active)
    assert (True, "fct_claim", "known_from_key", "dim_date", "date_key") in found
    assert (False, "fct_claim", "valid_from_key", "dim_date", "date_key") in found


def test_a_second_way_is_there_but_inactive():
    def table(name, key, **targets):
        columns = [PlainColumn(key, "BIGINT", Column(key, "key"))]
        columns += [
            PlainColumn(column, "BIGINT", Column(column, "", references=f"mart.{to}")) for column, to in targets.items()
        ]
        return PlainTable(name, "", (key,), tuple(columns), "")

    star = {
        "dim_day": table("dim_day", "day_key"),
        "dim_owner": table("dim_owner", "owner_key", day_key="dim_day.day_key"),
        "fct_sale": table(
            "fct_sale",
            "sale_key",
            sold_key="dim_day.day_key",
            paid_key="dim_day.day_key",
            owner_key="dim_owner.owner_key",
        ),
    }
    assert [(j.table, j.column, j.active) for j in joins(star)] == [
        ("fct_sale", "sold_key", True),
        ("fct_sale", "paid_key", False),
        ("fct_sale", "owner_key", True),
        ("dim_owner", "day_key", False),
    ]


def test_measures_name_what_is_there(model, snapshot):
    found = {}
    for path in (model / "tables").glob("*.tmdl"):
        columns, of_table = objects(path)
        assert not set(of_table) & set(columns)
        found |= of_table
    names = {path.stem: set(objects(path)[0]) for path in (model / "tables").glob("*.tmdl")}

    assert set(found) == {measure.name for measure in measures.load()}
    for dax in found.values():
        assert all(column in names[table] for table, column in re.findall(r"(\w+)\[(\w+)\]", dax)), dax
        assert all(name in found for name in re.findall(r"(?<![\w\]])\[([^\]]+)\]", dax)), dax
        assert dax.count("(") == dax.count(")")


def test_measures_of_both_tools_count_the_same(snapshot):
    facts = snapshot.execute("SELECT count(*) FROM fct_claim WHERE tier = 'fact'").fetchall()
    sql = {
        measure.name: f"SELECT {measure.sql} FROM desk_{measure.sheet}" for measure in measures.load() if measure.sql
    }

    assert snapshot.execute(sql["Facts"]).fetchall() == facts
    assert all(len(snapshot.execute(text).fetchall()) == 1 for text in sql.values())


def test_the_project_leads_from_report_to_model(exported):
    folder = exported.folder / "powerbi"
    report = json.loads((folder / "Loadpath.pbip").read_text())["artifacts"][0]["report"]["path"]
    reference = json.loads((folder / report / "definition.pbir").read_text())["datasetReference"]["byPath"]["path"]

    assert (folder / report / reference).resolve() == (folder / "Loadpath.SemanticModel").resolve()
    assert json.loads((folder / "Loadpath.SemanticModel" / "definition.pbism").read_text())["version"]
    assert len(json.loads((folder / report / "report.json").read_text())["sections"]) == 1


def test_hyper_gives_the_rows_back(exported, snapshot, tmp_path):
    pantab = pytest.importorskip("pantab", reason="pantab, of the extra tableau, is not installed")
    # Tableau's engine writes into what it reads.
    copy = shutil.copy(exported.folder / "tableau" / "loadpath.hyper", tmp_path)
    found = pantab.frames_from_hyper(copy, return_type="pyarrow")
    tables = {name[1] if isinstance(name, tuple) else str(name): table for name, table in found.items()}
    tables = {str(getattr(name, "name", name)).strip('"'): table for name, table in tables.items()}
    names = {name for (name,) in snapshot.execute("SELECT table_name FROM duckdb_tables()").fetchall()}

    assert set(tables) == names
    for name in ("fct_claim", "desk_relationships", "dim_company"):
        held = snapshot.execute(f"FROM {name}").to_arrow_table()
        assert sorted(map(repr, tables[name].to_pylist())) == sorted(map(repr, held.to_pylist())), name


def test_tableaus_sources_describe_the_flat_tables(exported, snapshot):
    kinds = {
        "VARCHAR": "string",
        "BIGINT": "integer",
        "INTEGER": "integer",
        "DOUBLE": "real",
        "BOOLEAN": "boolean",
        "DATE": "date",
    }
    found = sorted((exported.folder / "tableau").glob("*.tds"))

    assert len(found) == len(list(sheets.FOLDER.glob("*.sql")))
    for path in found:
        root = ET.parse(path).getroot()
        table = root.find(".//relation").get("name")
        held = snapshot.execute(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index", [table]
        ).fetchall()
        assert [(c.get("name")[1:-1], c.get("datatype")) for c in root.iter("column")] == [
            (name, kinds[kind]) for name, kind in held
        ]
        assert all(run.text for run in root.iter("run"))
        assert root.find(".//named-connection/connection").get("dbname") == "loadpath.hyper"


@pytest.fixture(scope="module")
def bundle(exported):
    with zipfile.ZipFile(exported.folder / "superset-dashboard.zip") as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return {name.removeprefix("loadpath/"): yaml.safe_load(file.read(name)) for name in file.namelist()}


def test_supersets_datasets_are_tables_of_the_snapshot(exported, bundle, snapshot):
    database = bundle["databases/Loadpath.yaml"]
    assert database["sqlalchemy_uri"] == f"duckdb:///{exported.folder}/loadpath.duckdb?access_mode=read_only"
    for name, dataset in bundle.items():
        if name.startswith("datasets/"):
            held = snapshot.execute(
                "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index",
                [dataset["table_name"]],
            ).fetchall()
            assert [(c["column_name"], c["type"]) for c in dataset["columns"]] == held
            assert all(column["description"] for column in dataset["columns"])
            for metric in dataset["metrics"]:
                assert (
                    len(snapshot.execute(f"SELECT {metric['expression']} FROM {dataset['table_name']}").fetchall()) == 1
                )


def test_supersets_charts_ask_for_what_their_dataset_has(bundle):
    datasets = {body["uuid"]: body for name, body in bundle.items() if name.startswith("datasets/")}
    charts = {body["uuid"]: body for name, body in bundle.items() if name.startswith("charts/")}

    for chart in charts.values():
        dataset = datasets[chart["dataset_uuid"]]
        columns = {column["column_name"] for column in dataset["columns"]}
        (query,) = json.loads(chart["query_context"])["queries"]
        asked = {c if isinstance(c, str) else c["sqlExpression"] for c in query["columns"]} | {
            f["col"] for f in query["filters"]
        }
        assert asked <= columns, chart["slice_name"]
        assert set(query.get("metrics", ())) <= {metric["metric_name"] for metric in dataset["metrics"]}
    position = bundle["dashboards/loadpath.yaml"]["position"]
    shown = [part["meta"]["uuid"] for part in position.values() if isinstance(part, dict) and part["type"] == "CHART"]
    assert sorted(shown) == sorted(charts)
    for part in position.values():
        if isinstance(part, dict) and part["type"] == "ROW":
            assert sum(position[child]["meta"]["width"] for child in part["children"]) == 12


@pytest.mark.slow
def test_superset_imports_the_dashboard_and_draws_each_chart(exported, snapshot, tmp_path):
    python = os.environ.get("SUPERSET_PYTHON")
    if not python:
        pytest.skip("SUPERSET_PYTHON does not name the Python of an environment with Superset")
    script = ROOT / "tests" / "export" / "superset_check.py"
    command = [python, str(script), str(exported.folder / "superset-dashboard.zip"), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout.splitlines()[-1])

    assert found["dashboards"] == ["Loadpath: what the AI buildout rests on"]
    assert {name: chart["error"] for name, chart in found["charts"].items()} == dict.fromkeys(found["charts"])
    facts = snapshot.execute("SELECT count(*) FROM desk_claims WHERE tier = 'fact'").fetchall()[0][0]
    assert found["charts"]["Facts"]["data"] == [{"facts": facts}] and len(found["charts"]) == 10
    rows = snapshot.execute("SELECT count(*) FROM desk_relationships").fetchall()[0][0]
    assert found["charts"]["Relationships with their best quote"]["rows"] == rows


def test_a_flat_table_says_what_each_column_means(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "FOLDER", tmp_path)
    (tmp_path / "1_few.sql").write_text(
        "-- title: Few\n-- about: few\n-- columns of: dim_layer\nSELECT 'x' AS code, 1 AS odd"
    )
    with (
        duckdb.connect() as con,
        pytest.raises(ModelError, match=r"sql/export/1_few.sql: odd: no table of .* has it; say what it means"),
    ):
        sheets.load(con)
    (tmp_path / "1_few.sql").write_text("-- title: Few\nSELECT 1 AS code")
    with duckdb.connect() as con, pytest.raises(ModelError, match="the line `-- about:` is missing"):
        sheets.load(con)


def test_a_chart_over_no_table_is_named(tmp_path, monkeypatch):
    path = tmp_path / "superset.yml"
    path.write_text("title: T\nrows:\n  - - {name: A, sheet: nowhere, kind: table, rows: [a], width: 12, height: 5}\n")
    monkeypatch.setattr(superset, "FILE", path)
    with pytest.raises(ModelError, match=r"superset.yml: nowhere: there is no flat table of this name"):
        superset.files([], "duckdb:///x", "2025-01-01")
