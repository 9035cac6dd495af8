-- Fails for orphans: a relationship without a claim, a claim of a relationship or link that is not there, a claim without its document.
SELECT 'relationship' AS orphan, relationship_id AS id FROM mart.fct_relationship
WHERE relationship_id NOT IN (SELECT relationship_id FROM mart.bridge_relationship_claim)
UNION ALL
SELECT 'bridge', b.relationship_id || ' ' || b.claim_id FROM mart.bridge_relationship_claim b
WHERE b.claim_id NOT IN (SELECT claim_id FROM mart.fct_claim)
    OR b.relationship_id NOT IN (SELECT relationship_id FROM mart.fct_relationship)
UNION ALL
SELECT 'link', from_claim_id || ' ' || to_claim_id FROM core.claim_link
WHERE from_claim_id NOT IN (SELECT claim_id FROM core.claim) OR to_claim_id NOT IN (SELECT claim_id FROM core.claim)
UNION ALL
SELECT 'document', claim_id FROM mart.fct_claim WHERE document_id NOT IN (SELECT document_id FROM mart.dim_document)
