-- Fails when a claim that was found is not in the mart: a join dropped or doubled it.
SELECT claim_id FROM nlp.claim EXCEPT SELECT claim_id FROM mart.fct_claim
