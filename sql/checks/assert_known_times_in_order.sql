-- Fails when a claim is known before its document came (a publication date in the future), or is closed before it is known.
SELECT c.claim_id, d.url, 'known from ' || c.known_from || ', but its document was first seen on ' || day.first_day AS reason
FROM mart.fct_claim c
JOIN core.document_day day ON day.document_id = c.document_id
JOIN core.document d ON d.document_id = c.document_id
-- A day of grace: it is already tomorrow where some publish.
WHERE c.known_from > day.first_day + 1
UNION ALL
SELECT claim_id, url, 'closed on ' || known_to || ', before it was known on ' || known_from
FROM mart.fct_claim
WHERE known_to <= known_from
