"""Every table of the warehouse has cases, rows in and rows out, and a page of its own that its columns keep to."""

import duckdb
import pytest

from graph.errors import ModelError
from graph.model_files import read_yaml
from pipelines.warehouse import store
from pipelines.warehouse.stages import building
from pipelines.warehouse.tables import load_tables, table_tests
from tests import sql_cases


@pytest.fixture(scope="module")
def nothing(tmp_path_factory):
    """A warehouse built over nothing: its tables have their types and no document's row."""
    return sql_cases.built_over_nothing(tmp_path_factory.mktemp("nothing"))


@pytest.mark.parametrize("path", sql_cases.cases(), ids=sql_cases.name_of)
def test_case(path, nothing, tmp_path):
    sql_cases.run(path, sql_cases.Bench(building(nothing), nothing.parts / "model", tmp_path))


def test_the_macro_reads_quantities_as_written():
    wanted = read_yaml(sql_cases.FOLDER / "functions" / "quantity.yml")
    con = duckdb.connect()
    con.execute((store.SQL / "functions.sql").read_text(encoding="utf-8"))
    found = {text: con.execute("SELECT quantity(?)", [text]).fetchall()[0][0] for text in wanted}

    assert {
        text: parts and [parts[name] for name in ("low", "high", "comparator", "currency", "unit")]
        for text, parts in found.items()
    } == wanted


def test_every_table_has_a_case():
    covered = {".".join(path.parent.parts[-2:]) for path in sql_cases.cases()}

    assert sorted(set(load_tables()) - covered) == []


def test_every_case_is_of_a_file():
    folders = {path.parent for path in sql_cases.cases()}
    made = {table.id for table in load_tables().values() if table.made_by}
    files = [f for f in folders if f"{f.parent.name}.{f.name}" not in made]

    assert [f for f in files if not (store.SQL / f.parent.name / f"{f.name}.sql").exists()] == []


def test_the_tests_of_the_tables_hold_over_nothing(nothing):
    with store.connection(building(nothing)) as con:
        found = {name: rows for name, sql in table_tests() if (rows := con.execute(sql).fetchall())}

    assert found == {}


TABLE = """\
grain: one row a thing
key: [thing_id]
columns:
  thing_id: {meaning: id of the thing}
  kind: {meaning: what it is, values: [big, small], required: true}
  parts: {meaning: what it is made of, list: true, references: mart.dim_thing.thing_id}
"""


def tables_of(tmp_path, text):
    for layer in store.LAYERS:
        (tmp_path / layer).mkdir()
    (tmp_path / "mart" / "dim_thing.sql").write_text("SELECT 1")
    (tmp_path / "mart" / "dim_thing.yml").write_text(text)
    return tmp_path


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("grain: one row a thing\n", "", "dim_thing.yml:1: key 'grain' is missing"),
        ("values: [big", "value: [big", "dim_thing.yml:5: unknown key 'value'"),
        ("values: [big, small]", "values: sizes", "dim_thing.yml:5: 'sizes' is no closed list of the ontology"),
        ("required: true", "required: always", "dim_thing.yml:5: required is true or false, not 'always'"),
        ("key: [thing_id]", "key: [id]", "dim_thing.yml:2: key 'id' is no column of the table"),
        ("mart.dim_thing.thing_id", "mart.dim_thing.id", "dim_thing.yml:6: 'mart.dim_thing.id' is no column of a table"),
        ("{meaning: id of the thing}", "id of the thing", "dim_thing.yml:4: a mapping is expected here"),
        ("grain: one", "made_by: graph.analysis.things\ngrain: one", "dim_thing.yml:1: dim_thing.sql makes it already"),
        ("grain: one", "reads: {a: mart.b}\ngrain: one", "dim_thing.yml:1: made_by and reads"),
        ("{meaning: id", "{type: VARCHAR, meaning: id", "dim_thing.yml:4: a type is given where made_by is"),
        ("columns:", "rows:", "dim_thing.yml:3: unknown key 'rows'"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_page_is_named_with_its_line(tmp_path, was, becomes, says):
    assert was in TABLE
    with pytest.raises(ModelError) as error:
        load_tables(tables_of(tmp_path, TABLE.replace(was, becomes)))

    assert str(error.value).startswith("sql/mart/" + says)


def test_a_table_without_its_page_is_named(tmp_path):
    folder = tables_of(tmp_path, TABLE)
    (folder / "core" / "thing.sql").write_text("SELECT 1")
    with pytest.raises(ModelError, match=r"sql/core/thing\.sql: it has no thing\.yml"):
        load_tables(folder)


def test_a_page_without_its_table_is_named(tmp_path):
    folder = tables_of(tmp_path, TABLE)
    (folder / "mart" / "dim_thing.sql").unlink()
    with pytest.raises(ModelError, match=r"dim_thing\.yml:1: there is no dim_thing\.sql"):
        load_tables(folder)


@pytest.mark.parametrize(
    ("rows", "failing"),
    [
        ("('a', 'big', ['b']), ('b', 'small', NULL)", []),
        ("('a', 'big', []), ('a', 'small', [])", ["(thing_id) is unique"]),
        ("(NULL, 'big', [])", ["required columns are never null"]),
        ("('a', 'huge', [])", ["closed lists hold"]),
        ("('a', NULL, [])", ["required columns are never null"]),
        ("('a', 'big', ['c'])", ["parts is a mart.dim_thing.thing_id"]),
    ],
)
def test_the_tests_of_a_table_find_what_offends(tmp_path, rows, failing):
    con = duckdb.connect()
    con.execute("CREATE SCHEMA mart")
    con.execute("CREATE TABLE mart.dim_thing (thing_id VARCHAR, kind VARCHAR, parts VARCHAR[])")
    con.execute(f"INSERT INTO mart.dim_thing VALUES {rows}")
    tests = table_tests(tables_of(tmp_path, TABLE))
    found = [name.split(": ", 1)[-1] for name, sql in tests if con.execute(sql).fetchall()]

    assert found == failing


@pytest.mark.parametrize(
    "columns", ["thing_id VARCHAR, kind VARCHAR", "thing_id INT, kind VARCHAR, parts INT[], more INT"]
)
def test_the_columns_must_be_exactly_those_of_the_page(tmp_path, columns):
    con = duckdb.connect()
    con.execute("CREATE SCHEMA mart")
    con.execute(f"CREATE TABLE mart.dim_thing ({columns})")
    name, sql = table_tests(tables_of(tmp_path, TABLE))[0]

    assert name == "the columns of the tables are those of their .yml"
    assert len(con.execute(sql).fetchall()) == 1
