-- title: Metrics
-- about: Numbers of capital expenditure, power, cost, speed and the like, in their base unit where one is known.
-- columns of: fct_metric, fct_claim
-- document: title of the document
-- link: address of the document
SELECT m.subject, m.metric, m.value, m.unit, m.comparator, m.baseline, m.value_text, m.unit_text, m.polarity, m.modality, m.tier, m.confidence,
    c.quote, m.publisher, c.document_title AS document, c.url AS link, m.valid_from, m.valid_to, m.known_from, m.claim_id
FROM mart.fct_metric m
JOIN mart.fct_claim c USING (claim_id)
ORDER BY m.metric, m.subject, m.known_from, m.claim_id
