-- Fails when two claims share an id: an edge would then lead to the wrong sentence.
SELECT claim_id FROM mart.fct_claim GROUP BY claim_id HAVING count(*) > 1
