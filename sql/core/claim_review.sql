-- Decisions of people on claims: one row a line of the two files. A decision whose claim is no longer found stays, `found` tells.
-- Grain: (file, line).
SELECT r.*, EXISTS (SELECT 1 FROM nlp.claim c WHERE c.claim_id = r.claim_id) AS found
FROM read_parquet(getvariable('model') || '/claim_review.parquet') r
ORDER BY file, line
