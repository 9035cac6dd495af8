-- Fails when a claim is known from a day after its document came: a date of publication in the future.
-- A day of grace: it is already tomorrow where some publish.
SELECT c.claim_id, d.url, 'known from ' || c.known_from || ', but its document was first seen on ' || day.first_day AS reason
FROM mart.fct_claim c
JOIN core.document_day day ON day.document_id = c.document_id
JOIN core.document d ON d.document_id = c.document_id
WHERE c.known_from > day.first_day + 1
