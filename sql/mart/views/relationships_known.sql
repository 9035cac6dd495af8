-- Relationships over the claims that `claims_at` gives, with what they say of one another then; where `with_closed` is true, over
-- those as well that are closed by then (a relationship whose claims all are is `closed`).
-- parameters: as_of, known_on, with_closed
WITH claims AS (
    SELECT * FROM mart.claims_at(as_of, known_on)
    UNION ALL
    SELECT *, false FROM mart.fct_claim WHERE with_closed AND known_to <= known_on
),
linked AS (
    SELECT l.from_claim_id, l.to_claim_id, l.type
    FROM mart.bridge_claim_link l
    WHERE l.from_claim_id IN (SELECT claim_id FROM claims) AND l.to_claim_id IN (SELECT claim_id FROM claims)
),
said AS (
    SELECT claim_id, bool_or(type = 'CONTRADICTS') AS contradicted, bool_or(type = 'CONFIRMS') AS confirmed
    FROM (SELECT from_claim_id AS claim_id, type FROM linked UNION ALL SELECT to_claim_id, type FROM linked)
    GROUP BY claim_id
)
SELECT b.relationship_id, c.subject_id, c.predicate, c.object_id,
    any_value(c.subject_kind) AS subject_kind, any_value(c.object_kind) AS object_kind,
    list(c.claim_id ORDER BY c.claim_id) AS claim_ids,
    count(*) AS n_claims, count(DISTINCT c.document_id) AS n_documents, count(DISTINCT c.source_group) AS n_publishers,
    min(c.known_from) AS first_known, max(c.known_from) AS last_known,
    arg_max(c.quote, (c.confidence, c.known_from, c.claim_id)) AS best_quote,
    max(c.confidence) AS confidence,
    -- What one claim tells, the newest that no other one supersedes tells.
    arg_max(c.role, (NOT c.superseded, c.known_from, c.claim_id)) AS role,
    arg_max(c.kind, (NOT c.superseded, c.known_from, c.claim_id)) AS kind,
    arg_max(c.share, (NOT c.superseded, c.known_from, c.claim_id)) AS share,
    arg_max(c.amount, (NOT c.superseded, c.known_from, c.claim_id)) AS amount,
    arg_max(c.severity, (NOT c.superseded, c.known_from, c.claim_id)) AS severity,
    bool_or(c.sole_source) AS sole_source,
    list_sort(list(DISTINCT c.modality)) AS modalities,
    CASE
        WHEN bool_and(c.known_to IS NOT NULL) THEN 'closed'
        WHEN bool_or(k.contradicted) THEN 'contradicted'
        WHEN bool_or(k.confirmed) THEN 'confirmed'
        ELSE 'supported'
    END AS status,
    CASE WHEN bool_and(c.known_to IS NOT NULL) THEN max(c.known_to) END AS closed_on,
    any_value(c.src_company_key) AS src_company_key, any_value(c.dst_company_key) AS dst_company_key
FROM mart.bridge_relationship_claim b
JOIN claims c USING (claim_id)
LEFT JOIN said k USING (claim_id)
GROUP BY b.relationship_id, c.subject_id, c.predicate, c.object_id
