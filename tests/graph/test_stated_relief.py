"""Who relieves a bottleneck by a sentence that says so: such sentences are facts once a review has accepted them."""

from pipelines.warehouse import stages, store
from tests.graph import engines

NOTES = {
    "short.md": "---\ntopic: Cooling\nauthor: A\npublished: 2025-02-01\n---\n"
    "Microsoft is limited by a shortage of power.\n\nMeta is limited by a shortage of power.\n\nAmazon is limited by power shortages.\n",
    "relief.md": "---\ntopic: Fuel cells\nauthor: B\npublished: 2025-04-01\n---\n"
    "Bloom Energy eases the power shortage.\n\nBlackwell relieves the power bottleneck.\n",
}


def test_a_reviewed_sentence_makes_a_reliever_and_a_product_counts_for_its_maker(tmp_path):
    settings = engines.build(tmp_path, NOTES)
    with store.connection(settings.warehouse) as con:
        ids = store.rows(con, "SELECT claim_id FROM mart.fct_claim WHERE predicate = 'RELIEVES' ORDER BY claim_id")
    with engines.embedded(tmp_path / "graph") as graph:
        market = engines.Market(settings, {"embedded": graph})
        market.fill()
        before = market.ask("list_relievers", {})
        lines = [f"{row['claim_id']},accepted,Ana,2025-05-01,the sentence says so" for row in ids]
        header = "claim_id,decision,who,decided_on,why"
        (settings.home / "reviews.csv").write_text("\n".join([header, *lines, ""]), encoding="utf-8")
        stages.build_core(settings)
        stages.build_marts(settings)
        market.fill()
        after = market.ask("list_relievers", {})

    assert before == {"sql": [], "embedded": []}
    assert after["embedded"] == after["sql"]
    assert [
        (r["bottleneck"], r["exposed"], r["reliever"], r["how"], r["serves"], r["quotes"]) for r in after["sql"]
    ] == [
        ("power_availability", 3, "Bloom Energy", "stated", [], ["Bloom Energy eases the power shortage."]),
        ("power_availability", 3, "NVIDIA", "stated", [], ["Blackwell relieves the power bottleneck."]),
    ]
