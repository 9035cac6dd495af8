-- Fails when a claim's sides are of a kind that its predicate does not take: the ontology says which (core.predicate).
SELECT c.claim_id, c.predicate, c.subject_kind, c.object_kind
FROM mart.fct_claim c
LEFT JOIN core.predicate p USING (predicate)
WHERE p.predicate IS NULL OR NOT list_contains(p.domain, c.subject_kind) OR NOT list_contains(p.range, c.object_kind)
