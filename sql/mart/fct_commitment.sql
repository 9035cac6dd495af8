-- One row a claim that somebody is bound to buy, take, lease or pay; the amount as a number where the text is one.
SELECT c.claim_id, c.subject_id AS from_id, c.subject_name AS from_name, c.object_id AS to_id, c.object_name AS to_name, c.kind,
    CASE WHEN c.amount_comparator IN ('≤', '≥') OR c.amount_low = c.amount_high THEN coalesce(c.amount_low, c.amount_high) END AS amount,
    c.amount_low, c.amount_high, c.currency, c.amount_comparator AS comparator, c.amount AS amount_text,
    json_extract_string(c.qualifiers, '$.horizon') AS horizon, d.due_to AS due, c.polarity, c.modality, c.tier, c.confidence,
    c.valid_from, c.valid_to, c.valid_precision, c.known_from, c.known_to, c.publisher, c.document_key, c.src_company_key, c.dst_company_key, c.valid_from_key, c.valid_to_key,
    c.known_from_key, c.known_to_key
FROM mart.fct_claim c
LEFT JOIN (
    -- The day by which all of it is due: none where a part is due later than any named year, or at an unnamed day.
    SELECT claim_id, CASE WHEN bool_and(due_to IS NOT NULL) THEN max(due_to) END AS due_to
    FROM mart.fct_commitment_due
    GROUP BY claim_id
) d USING (claim_id)
WHERE c.predicate = 'COMMITS_TO'
ORDER BY c.claim_id
