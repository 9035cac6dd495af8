"""The named questions: the same rows from SQL, the embedded graph and Neo4j, on a small market with answers by hand."""

from datetime import date
from pathlib import Path

import pytest

from graph.errors import UsageError
from graph.load import load
from graph.model import load_ontology
from graph.query import arguments, find, queries, run
from pipelines.defs.run import run_job
from pipelines.fetch.collect import collect_targets
from pipelines.settings import load_settings
from pipelines.warehouse import projection, store

NOTES = {
    "acme.md": "---\ntopic: Lumentum\nauthor: A\npublished: 2024-03-01\n---\n"
    "In fiscal year 2024, Customer A represented 14% of Lumentum's revenue.\n\n"
    "Lumentum may be limited by a shortage of lasers.\n\nLumentum depends on Fabrinet as its sole source of assembly.\n",
    "other.md": "---\ntopic: Super Micro Computer\nauthor: B\npublished: 2025-05-01\n---\n"
    "In fiscal year 2025, no customer accounted for 10% or more of Super Micro Computer's revenue.\n\n"
    "NVIDIA supplies Dell with boards.\n\nLumentum supplies Ciena with lasers.\n\nNVIDIA is limited by shortages of lasers and of HBM.\n",
}


@pytest.fixture(scope="module")
def market(tmp_path_factory):
    home = tmp_path_factory.mktemp("market")
    folder = home / "notes"
    folder.mkdir()
    for name, text in NOTES.items():
        (folder / name).write_text(text, encoding="utf-8")
    settings = load_settings(home / "home", {"LOADPATH_JOBS": "1"})
    collect_targets([str(folder)], settings, publisher="Example Research")
    run_job(settings, [])
    return settings


@pytest.fixture
def loaded(graph_store, market):
    with store.connection(market.warehouse) as con:
        load(graph_store, load_ontology(), projection.nodes(con), projection.edges(con))
    return graph_store


def from_sql(market, name, given):
    with store.connection(market.warehouse) as con:
        return run(find(name), "sql", lambda text, values: store.rows(con, text, values), given)


@pytest.mark.parametrize(
    "given",
    [{}, {"known_on": "2024-12-31"}, {"as_of": "2024-12-31"}, {"as_of": "2025-06-30", "known_on": "2025-06-30"}],
    ids=["all", "known", "as of", "both"],
)
@pytest.mark.parametrize("name", sorted(queries()))
def test_sql_and_graph_give_the_same_rows(loaded, market, name, given):
    assert run(find(name), "graph", loaded.read, given) == from_sql(market, name, given)


def test_bottlenecks_by_companies_and_who_named_them_first(market):
    rows = from_sql(market, "rank_bottlenecks", {})

    shown = [
        (r["bottleneck"], r["companies"], r["this_year"], r["last_year"], r["first_named_by"], r["first_named_on"])
        for r in rows
    ]
    assert shown == [
        ("interconnect_optics", 2, 1, 1, "Lumentum", date(2024, 3, 1)),
        ("hbm_memory", 1, 1, 0, "NVIDIA", date(2025, 5, 1)),
    ]


def test_large_customers_with_their_sentence(market):
    (row,) = from_sql(market, "list_large_customers", {})

    assert (row["supplier"], row["customer"], row["named"], row["share"]) == ("Lumentum", "Customer A", False, 14.0)
    assert row["quotes"] == ["In fiscal year 2024, Customer A represented 14% of Lumentum's revenue."]
    assert from_sql(market, "list_large_customers", {"min_share": "15"}) == []


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [("2023-12-31", []), ("2024-06-30", ["Customer A"]), ("2024-12-31", ["Customer A"]), ("2025-01-01", [])],
)
def test_a_share_counts_on_the_days_of_its_period(market, as_of, expected):
    assert [row["customer"] for row in from_sql(market, "list_large_customers", {"as_of": as_of})] == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [({}, [("Fabrinet", "DEPENDS_ON", True, "third_party")]), ({"known_on": "2024-02-29"}, [])],
)
def test_suppliers_of_a_company_by_any_of_its_names(market, given, expected):
    rows = from_sql(market, "list_suppliers", {"company": "LITE", **given})

    assert [(r["supplier"], r["relation"], r["sole_source"], r["status"]) for r in rows] == expected


def test_denied_customers(market):
    assert [row["supplier"] for row in from_sql(market, "list_denied_customers", {})] == ["Super Micro Computer"]


def test_supply_relations_by_who_says_so(market):
    rows = from_sql(market, "check_supply_relations", {})

    assert [(r["supplier"], r["customer"], r["status"]) for r in rows] == [
        ("Lumentum", "Ciena", "third_party"),
        ("NVIDIA", "Dell", "third_party"),
    ]


def test_unnamed_customers_with_candidates(market):
    (row,) = from_sql(market, "list_unnamed_customers", {"least": "1"})

    assert (row["supplier"], row["customer"], row["share"], row["candidate"]) == (
        "Lumentum",
        "Customer A",
        "14%",
        "Ciena",
    )
    assert (row["net"], row["supports"], row["refutes"], row["separates"]) == (1, ["named_elsewhere"], [], [])
    assert set(row["quotes"]) == {
        "In fiscal year 2024, Customer A represented 14% of Lumentum's revenue.",
        "Lumentum supplies Ciena with lasers.",
    }
    assert from_sql(market, "list_unnamed_customers", {"least": "1", "known_on": "2024-12-31"}) == []
    assert from_sql(market, "list_unnamed_customers", {"least": "1", "company": "nvidia"}) == []


def test_sole_sources_with_layer(market):
    rows = from_sql(market, "list_sole_sources", {})

    assert [(r["dependent"], r["source"], r["layer"]) for r in rows] == [("Lumentum", "Fabrinet", "networking_systems")]


def test_an_unknown_query_or_parameter_is_refused_with_the_nearest():
    with pytest.raises(UsageError, match="did you mean rank_bottlenecks"):
        find("rank_bottleneck")
    with pytest.raises(UsageError, match="did you mean min_share"):
        arguments(find("list_large_customers"), {"minshare": "5"})
    with pytest.raises(UsageError, match="is no date"):
        arguments(find("list_large_customers"), {"as_of": "yesterday"})


def test_every_query_has_its_twin_and_columns():
    folder = Path(__file__).parent.parent.parent / "graph" / "queries"
    assert {p.stem for p in folder.glob("*.sql")} == set(queries())
    assert all({"claim_ids", "quotes"} <= {name for name, _ in q.columns} for q in queries().values())
