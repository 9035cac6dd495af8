-- Where claims stand in their documents, and where else the words stand from which their sides come (title, heading, filer …).
-- parameters: claim (NULL: all)
SELECT f.claim_id AS claim, f.document_id AS document, f.char_start AS "start", f.char_end AS "end", c.frame
FROM mart.fct_claim f
JOIN core.claim c USING (claim_id)
WHERE $claim IS NULL OR f.claim_id = $claim
ORDER BY f.document_id, f.char_start, f.claim_id
