-- title: Commitments
-- about: Money that parties have bound themselves to pay, to whom, and by when.
-- columns of: fct_commitment, fct_claim
-- document: title of the document
-- link: address of the document
SELECT m.from_name, m.to_name, m.kind, m.amount, m.currency, m.comparator, m.amount_text, m.horizon, m.due, m.polarity, m.modality, m.tier,
    m.confidence, c.quote, m.publisher, c.document_title AS document, c.url AS link, m.valid_from, m.valid_to, m.known_from, m.claim_id
FROM mart.fct_commitment m
JOIN mart.fct_claim c USING (claim_id)
ORDER BY m.from_name, m.to_name, m.known_from, m.claim_id
