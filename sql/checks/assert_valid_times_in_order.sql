-- Fails when the time that a claim is about ends before it begins.
SELECT claim_id, url, 'valid from ' || valid_from || ' to ' || valid_to AS reason
FROM mart.fct_claim
WHERE valid_to < valid_from
