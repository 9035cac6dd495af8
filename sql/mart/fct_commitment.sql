-- One row a claim that somebody is bound to buy, take, lease or pay; the amount as a number where the text is one.
SELECT c.claim_id, c.subject_id AS from_id, c.subject_name AS from_name, c.object_id AS to_id, c.object_name AS to_name, c.kind,
    CASE WHEN c.q.low = c.q.high THEN c.q.low END AS amount,
    CASE WHEN c.q.comparator <> '≤' THEN c.q.low END AS amount_low,
    CASE WHEN c.q.comparator <> '≥' THEN c.q.high END AS amount_high,
    coalesce(nullif(c.q.currency, ''), u.unit) AS currency, c.q.comparator AS comparator, c.amount AS amount_text,
    json_extract_string(c.qualifiers, '$.horizon') AS horizon, d.due_to AS due, c.polarity, c.modality, c.tier, c.confidence,
    c.valid_from, c.valid_to, c.known_from, c.known_to, c.publisher, c.document_key, c.src_company_key, c.dst_company_key, c.valid_from_key, c.valid_to_key,
    c.known_from_key, c.known_to_key
FROM (
    -- A filing's "$32,082" is in thousands or millions, by words that the claim does not hold: no number without its scale.
    SELECT * REPLACE (CASE WHEN q.scaled OR q.low >= 1e6 THEN q END AS q)
    FROM (SELECT *, quantity(whole_quantity(amount, '', quote)) AS q FROM mart.fct_claim WHERE predicate = 'COMMITS_TO')
) c
LEFT JOIN core.unit u ON u.written = c.q.unit AND c.q.sign = '' AND u.unit IN ('USD', 'EUR', 'JPY', 'CNY')
LEFT JOIN (
    -- The day by which all of it is due: none where a part is due later than any named year, or at an unnamed day.
    SELECT claim_id, CASE WHEN bool_and(due_to IS NOT NULL) THEN max(due_to) END AS due_to
    FROM mart.fct_commitment_due
    GROUP BY claim_id
) d USING (claim_id)
ORDER BY c.claim_id
