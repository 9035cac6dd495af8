-- Fails when a claim's time ends before it begins, in the world or in what we knew.
SELECT claim_id, valid_from, valid_to, known_from, known_to FROM mart.fct_claim
WHERE valid_to < valid_from OR known_to <= known_from
