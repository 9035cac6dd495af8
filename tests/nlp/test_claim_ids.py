"""Identity of claims: one row may say the same words of several periods; each statement has an id of its own."""

from datetime import date

from graph.model import load_ontology, load_registry
from pipelines.nlp.extract import extract_claims
from pipelines.parse.read import read_document

TABLE = b"""# TSMC

| Metric | 2025 | 2026 |
|---|---|---|
| Capex | $52B | $52B |
"""


def test_the_same_figure_of_two_years_is_two_claims(nlp):
    claims = extract_claims(read_document(TABLE, "tsmc.md"), load_ontology(), load_registry(), nlp)

    assert sorted(claim.valid_from for claim in claims) == [date(2025, 1, 1), date(2026, 1, 1)]
    assert len({claim.claim_id for claim in claims}) == 2
