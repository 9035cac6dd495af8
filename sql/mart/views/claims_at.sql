-- Claims that are about the day `as_of` (NULL: about any) and were known on the day `known_on`, as they were known then.
-- A claim whose validity is not known counts as always valid. When it was closed later is not known yet: `known_to` is NULL.
-- parameters: as_of, known_on
SELECT c.* REPLACE (NULL::DATE AS known_to, NULL::INTEGER AS known_to_key),
    c.claim_id IN (
        SELECT l.to_claim_id FROM mart.bridge_claim_link l
        WHERE l.type = 'SUPERSEDES' AND l.known_from <= known_on AND (l.known_to IS NULL OR l.known_to > known_on)
    ) AS superseded
FROM mart.fct_claim c
WHERE c.known_from <= known_on AND (c.known_to IS NULL OR c.known_to > known_on)
    AND (as_of IS NULL OR (coalesce(c.valid_from, as_of) <= as_of AND coalesce(c.valid_to, as_of) >= as_of))
