-- The places that a claim's sentence names, by the ontology's lists. Grain: (claim_id, place).
-- "excluding Israel" names no place of the claim; "U.S." is nearly always part of "the U.S. government", so that it tells of none.
WITH found AS (
    SELECT c.claim_id, replace(c.quote, 'excluding ' || p.name, '') AS said, p.name, p.usual_name
    FROM mart.fct_claim c
    JOIN core.place p ON contains(c.quote, p.name) AND p.name <> 'U.S.'
),
whole AS (
    SELECT claim_id, said, name, usual_name
    FROM found
    WHERE regexp_matches(said, '(^|\W)' || regexp_escape(name) || '($|\W)')
)
-- "Korea" of "North Korea" is no place of its own.
SELECT DISTINCT w.claim_id, w.usual_name AS place
FROM whole w
WHERE NOT EXISTS (
    FROM whole l
    WHERE l.claim_id = w.claim_id AND l.name <> w.name AND contains(l.name, w.name)
        AND NOT regexp_matches(replace(w.said, l.name, ''), '(^|\W)' || regexp_escape(w.name) || '($|\W)'))
ORDER BY claim_id, place
