"""Force read off words: what is denied, continued, planned or did not come about."""

import pytest

from pipelines.nlp import force


@pytest.mark.parametrize(
    ("clause", "modality"),
    [
        ("we entered and may continue to enter into agreements", "asserted"),
        ("we may enter into agreements", "hedged"),
        ("the contract under which we would have acquired Acme", "historical"),
        ("Acme is looking to invest in Bolt", "planned"),
        ("we invested in Bolt", "asserted"),
        ("Acme is planning to invest in Bolt", "planned"),
        ("we are authorized to sell notes", "hedged"),
        ("driven by the previously announced commitment from Acme", "asserted"),
        ("we previously bought wafers from Acme", "historical"),
        ("Acme, formerly known as Bolt, buys from us", "asserted"),
        ("a tool that is a potential competitor to Acme", "hedged"),
        ("our current and potential competitors include Acme", "asserted"),
    ],
)
def test_modality_of_a_clause(clause, modality):
    assert force.modality_of(clause) == modality


@pytest.mark.parametrize(
    ("clause", "polarity"),
    [
        ("tension in places including but not limited to Japan", "positive"),
        ("we buy not only wafers from Acme", "positive"),
        ("we have not signed a contract", "negative"),
        ("we no longer rent from Acme", "negative"),
        ("under which Acme would have acquired Bolt", "negative"),
    ],
)
def test_polarity_of_a_clause(clause, polarity):
    assert force.polarity_of_words(clause) == polarity
