-- Relationships of the predicates: the projection of positive facts.
SELECT predicate AS _type, relationship_id AS id, subject_kind AS from_label, subject_id AS from_id, object_kind AS to_label,
    object_id AS to_id, claim_ids, n_claims, n_documents, n_publishers, first_known, last_known, best_quote, confidence,
    role, kind, share, amount, severity, sole_source, status, closed_on
FROM mart.fct_relationship
WHERE object_kind <> 'Value' AND subject_kind NOT IN ('Industry')
ORDER BY id
