-- Fails when a claim's side has no row among the parties.
SELECT claim_id FROM mart.fct_claim
WHERE subject_id NOT IN (SELECT party_id FROM mart.dim_party)
    OR (object_id IS NOT NULL AND object_id NOT IN (SELECT party_id FROM mart.dim_party))
