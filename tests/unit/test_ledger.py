"""The ledger of unnamed customers on a small home: letters never join, candidates have reasons for and against."""

import re
from datetime import date

import pytest

from graph.errors import UsageError
from pipelines.defs.run import run_job
from pipelines.fetch.collect import collect_targets
from pipelines.settings import load_settings
from pipelines.warehouse import store
from pipelines.warehouse.ledger import ledger
from tests.conftest import ROOT
from tests.nlp.ixbrl import LAST_YEAR, YEAR, Filing

CUSTOMER = {"type": "us-gaap:CustomerConcentrationRiskMember", "of": "us-gaap:SalesRevenueNetMember"}
CALENDAR = (date(2024, 1, 1), date(2024, 12, 31))
HOW_TO = (ROOT / "docs" / "how-to" / "unnamed-customers.md").read_text(encoding="utf-8")
NEWS = (
    "---\nauthor: A\npublished: 2025-03-01\n---\nAMD supplies Meta with accelerators.\n\nIn 2024, AMD supplied Tesla with accelerators.\n\n"
    "AMD supplies Oracle with accelerators.\n"
)


def amd(period, a, b):
    f = Filing(end=str(period[1]))
    first = f.share(a, who="acme:CustomerAMember", period=period, **CUSTOMER)
    second = f.share(b, who="acme:CustomerBMember", period=period, **CUSTOMER)
    revenue = f.amount("10,000", "Revenues", period=period)
    words = f"<p>Customers A and B represented {first}% and {second}% of our net revenue.</p>"
    return f.html(f"<p>Net revenue was ${revenue} million.</p>{words}", str(period[1].year))


def spender(name, cik, capital, cost, words=""):
    f = Filing(name, cik, "2024-12-31")
    spent = f.amount(capital, "PaymentsToAcquirePropertyPlantAndEquipment", period=CALENDAR)
    sold = f.amount(cost, "CostOfRevenue", period=CALENDAR)
    return f.html(f"<p>We spent ${spent} million on assets and ${sold} million as cost of revenue.</p>{words}", "2024")


@pytest.fixture(scope="module")
def market(tmp_path_factory):
    home = tmp_path_factory.mktemp("ledger")
    folder = home / "given"
    folder.mkdir()
    documents = {
        "amd-20250126.htm": amd(YEAR, "14", "11"),
        "amd-20240128.htm": amd(LAST_YEAR, "22", "12"),
        "meta-20241231.htm": spender(
            "Meta Platforms, Inc.", "0001326801", "5,000", "3,000", "<p>We purchase accelerators from AMD.</p>"
        ),
        "tsla-20241231.htm": spender("Tesla, Inc.", "0001318605", "500", "400"),
        "news.md": NEWS,
    }
    for name, text in documents.items():
        (folder / name).write_text(text, encoding="utf-8")
    settings = load_settings(home / "home", {"LOADPATH_JOBS": "1"})
    collect_targets([str(folder)], settings, publisher="")
    run_job(settings, [])
    return settings


def shown(rows):
    return [
        (
            row["candidate"],
            row["rank"],
            [r.split(":")[0] for r in row["supports"]],
            [r.split(":")[0] for r in row["refutes"]],
        )
        for row in rows
    ]


def test_a_letter_of_another_filing_is_another_party(market):
    rows = ledger(market, "AMD", "", 1)

    assert [(r["label"], r["share"], r["period_to"], r["amount"]) for r in rows] == [
        ("Customer A", "22%", date(2024, 1, 28), 2_200_000_000),
        ("Customer B", "12%", date(2024, 1, 28), 1_200_000_000),
        ("Customer A", "14%", date(2025, 1, 26), 1_400_000_000),
        ("Customer B", "11%", date(2025, 1, 26), 1_100_000_000),
    ]
    assert len({r["party_id"] for r in rows}) == 4


def test_candidates_by_reasons_for_and_against(market):
    rows = [row for row in ledger(market, "amd", "2025", 9) if row["label"] == "Customer A"]

    assert shown(rows) == [
        ("Meta", 1, ["named_elsewhere", "own_disclosure", "amount"], []),
        ("Oracle", 2, ["named_elsewhere"], []),
        ("Tesla", 2, ["named_elsewhere", "period"], ["amount"]),
    ]
    assert rows[2]["refutes"] == [
        "amount: needs 1,400 million usd; spent 497 million on assets and 398 million as cost of revenue in as many days of 2024-01-01 to 2024-12-31"
    ]
    assert [r.split(":")[0] for r in rows[1]["unknown"]] == [
        "own_disclosure",
        "amount",
        "segment",
        "period",
        "named_with_share",
        "denied",
    ]


def test_a_candidate_is_never_merged_with_the_party(market):
    with store.connection(market.warehouse) as con:
        found = store.rows(
            con,
            "SELECT DISTINCT c.subject_id, c.object_id FROM mart.fct_claim c JOIN mart.fct_concentration USING (claim_id)",
        )

    assert {row["subject_id"] for row in found} == {"amd"}
    assert all(row["object_id"].startswith("anon:") for row in found)


def test_a_period_that_is_none_is_refused(market):
    with pytest.raises(UsageError, match="YYYY-MM-DD"):
        ledger(market, "", "last year", 5)
    with pytest.raises(UsageError, match="at least 1"):
        ledger(market, "", "", 0)


@pytest.mark.parametrize("query", re.findall(r"```sql\n(.*?)```", HOW_TO, re.S))
def test_the_queries_of_the_how_to_answer(market, query):
    with store.connection(market.warehouse) as con:
        assert store.rows(con, query)


def test_the_how_to_names_every_reason(market):
    with store.connection(market.warehouse) as con:
        reasons = [row["reason"] for row in store.rows(con, "SELECT DISTINCT reason FROM mart.fct_candidate_reason")]

    assert all(f"`{reason}`" in HOW_TO for reason in reasons)
