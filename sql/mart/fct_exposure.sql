-- One row a claim that a scarcity limits, may limit or did limit somebody.
SELECT c.claim_id, c.subject_id, c.subject_name AS subject, c.subject_kind, b.bottleneck_key,
    b.code AS bottleneck_code, b.name AS bottleneck, c.severity, c.polarity, c.modality, c.tier, c.confidence,
    c.valid_from, c.valid_to, c.valid_precision, c.known_from, c.known_to, c.publisher, c.document_key, c.src_company_key, c.valid_from_key, c.valid_to_key,
    c.known_from_key, c.known_to_key
FROM mart.fct_claim c
JOIN mart.dim_bottleneck b ON b.code = c.object_id
WHERE c.predicate = 'EXPOSED_TO'
ORDER BY c.claim_id
