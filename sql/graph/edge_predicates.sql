-- Relationships of the predicates: the projection of positive facts. The `claim_` lists stand in the order of `claim_ids` and say of
-- each claim when it is valid and known, with what force and trust, and what it qualifies, so that a path is judged as of a day without
-- leaving it. A list holds no null: 0001-01-01 and 9999-12-31 stand for an end that is not known, and in `claim_known_to` for a source
-- that still says so; an empty text stands for what a claim does not say.
WITH times AS (
    SELECT b.relationship_id, list(DISTINCT c.source_group ORDER BY c.source_group) AS publishers,
        list(c.known_from ORDER BY c.claim_id) AS claim_known_from,
        list(coalesce(c.known_to, DATE '9999-12-31') ORDER BY c.claim_id) AS claim_known_to,
        list(coalesce(c.valid_from, DATE '0001-01-01') ORDER BY c.claim_id) AS claim_valid_from,
        list(coalesce(c.valid_to, DATE '9999-12-31') ORDER BY c.claim_id) AS claim_valid_to,
        list(c.modality ORDER BY c.claim_id) AS claim_modalities,
        list(c.confidence ORDER BY c.claim_id) AS claim_confidences,
        list(coalesce(c.role, '') ORDER BY c.claim_id) AS claim_roles,
        list(coalesce(c.kind, '') ORDER BY c.claim_id) AS claim_kinds,
        list(coalesce(c.amount, '') ORDER BY c.claim_id) AS claim_amounts
    FROM mart.bridge_relationship_claim b
    JOIN mart.fct_claim c USING (claim_id)
    GROUP BY b.relationship_id
)
SELECT r.predicate AS _type, relationship_id AS id, r.subject_kind AS from_label, r.subject_id AS from_id, r.object_kind AS to_label,
    r.object_id AS to_id, r.claim_ids, r.n_claims, r.n_documents, r.n_publishers, t.publishers, r.first_known, r.last_known, r.best_quote,
    r.confidence, r.role, r.kind, r.share, r.amount, r.severity, r.sole_source, r.status, r.closed_on,
    'fact' AS tier, t.claim_known_from, t.claim_known_to, t.claim_valid_from, t.claim_valid_to, t.claim_modalities,
    t.claim_confidences, t.claim_roles, t.claim_kinds, t.claim_amounts
FROM mart.fct_relationship r
JOIN times t USING (relationship_id)
WHERE r.object_kind <> 'Value' AND r.subject_kind NOT IN ('Industry')
ORDER BY id
