-- What became known, was closed, superseded, contradicted or confirmed after the day `since` and up to the day `until`.
-- One row an event of a claim; `other_claim_id` is the one that brought it about.
-- parameters: since, until
SELECT e.day, e.event, c.subject_id, c.subject_name, c.predicate, c.object_id, c.object_name, e.rule, e.detail, c.polarity,
    c.modality, c.tier, c.quote, c.document_title, c.publisher, c.url, c.claim_id, e.other_claim_id,
    o.quote AS other_quote, o.document_title AS other_document_title
FROM (
    SELECT known_from AS day, 'known' AS event, claim_id, NULL AS rule, NULL AS detail, NULL AS other_claim_id FROM mart.fct_claim
    UNION ALL
    SELECT known_to, 'closed', claim_id, NULL, 'its address no longer says so', NULL FROM mart.fct_claim
    UNION ALL
    -- Superseded once: by the first that does.
    SELECT min(known_from), 'superseded', to_claim_id, arg_min(rule, (known_from, from_claim_id)),
        arg_min(detail, (known_from, from_claim_id)), arg_min(from_claim_id, (known_from, from_claim_id))
    FROM mart.bridge_claim_link WHERE type = 'SUPERSEDES' GROUP BY to_claim_id
    UNION ALL
    SELECT known_from, 'contradicted', to_claim_id, rule, detail, from_claim_id FROM mart.bridge_claim_link WHERE type = 'CONTRADICTS'
    UNION ALL
    SELECT known_from, 'contradicted', from_claim_id, rule, detail, to_claim_id FROM mart.bridge_claim_link WHERE type = 'CONTRADICTS'
    UNION ALL
    SELECT known_from, 'confirmed', to_claim_id, rule, detail, from_claim_id FROM mart.bridge_claim_link WHERE type = 'CONFIRMS'
    UNION ALL
    SELECT known_from, 'confirmed', from_claim_id, rule, detail, to_claim_id FROM mart.bridge_claim_link WHERE type = 'CONFIRMS'
) e
JOIN mart.fct_claim c ON c.claim_id = e.claim_id
LEFT JOIN mart.fct_claim o ON o.claim_id = e.other_claim_id
WHERE e.day > since AND e.day <= until
ORDER BY e.day, c.document_id, c.char_start, e.event, c.claim_id, e.other_claim_id
