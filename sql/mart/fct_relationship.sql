-- One row an edge of the graph: a projection of the claims that carry it. Publishers are counted, not addresses;
-- a reprint counts as its original's publisher.
SELECT b.relationship_id, c.subject_id, c.predicate, c.object_id,
    any_value(c.subject_kind) AS subject_kind, any_value(c.object_kind) AS object_kind,
    list(c.claim_id ORDER BY c.claim_id) AS claim_ids,
    count(*) AS n_claims, count(DISTINCT c.document_id) AS n_documents, count(DISTINCT c.source_group) AS n_publishers,
    min(c.known_from) AS first_known, max(c.known_from) AS last_known,
    arg_max(c.quote, (c.confidence, c.known_from, c.claim_id)) AS best_quote,
    max(c.confidence) AS confidence,
    arg_max(c.role, (c.known_from, c.claim_id)) AS role,
    arg_max(c.kind, (c.known_from, c.claim_id)) AS kind,
    arg_max(c.share, (c.known_from, c.claim_id)) AS share,
    arg_max(c.amount, (c.known_from, c.claim_id)) AS amount,
    arg_max(c.severity, (c.known_from, c.claim_id)) AS severity,
    bool_or(c.sole_source) AS sole_source,
    list_sort(list(DISTINCT c.modality)) AS modalities,
    CASE
        WHEN bool_and(c.known_to IS NOT NULL) THEN 'closed'
        WHEN bool_or(k.type = 'CONTRADICTS') THEN 'contradicted'
        ELSE 'supported'
    END AS status,
    CASE WHEN bool_and(c.known_to IS NOT NULL) THEN max(c.known_to) END AS closed_on,
    any_value(c.src_company_key) AS src_company_key, any_value(c.dst_company_key) AS dst_company_key,
    date_key(min(c.known_from)) AS first_known_key, date_key(max(c.known_from)) AS last_known_key
FROM mart.bridge_relationship_claim b
JOIN mart.fct_claim c USING (claim_id)
LEFT JOIN (
    SELECT from_claim_id AS claim_id, type FROM core.claim_link WHERE type = 'CONTRADICTS'
    UNION
    SELECT to_claim_id, type FROM core.claim_link WHERE type = 'CONTRADICTS'
) k USING (claim_id)
GROUP BY b.relationship_id, c.subject_id, c.predicate, c.object_id
ORDER BY b.relationship_id
