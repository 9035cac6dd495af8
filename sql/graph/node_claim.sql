-- Claims of tier fact, flat, with the places that their sentences name.
SELECT 'Claim' AS _label, c.claim_id AS id, c.predicate, c.polarity, c.modality, c.tier, c.severity, c.role, c.kind, c.benchmark, c.share,
    c.amount, c.metric, c.value_text, c.unit, c.sole_source, json_extract_string(c.qualifiers, '$.comparator') AS comparator,
    json_extract_string(c.qualifiers, '$.baseline') AS baseline, c.named, c.confidence, c.method, c.disclosed_by, c.publisher, c.source_group,
    c.subject_id, c.subject_name, c.object_id, c.object_name, c.object_kind, c.quote, p.places, c.document_id, c.published, c.filer_id,
    c.valid_from, c.valid_to, c.known_from, c.known_to
FROM mart.fct_claim c
LEFT JOIN (SELECT claim_id, list(place ORDER BY place) AS places FROM mart.bridge_claim_place GROUP BY claim_id) p USING (claim_id)
WHERE c.tier = 'fact'
ORDER BY id
