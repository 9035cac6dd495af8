-- Claims by the relation between two named organizations that they state or deny, and who of the two says so. Only predicates that both
-- parties know of (core.telling has both sides); the two of a symmetric one stand in the order of their ids. What says the same from
-- the other end (DEPENDS_ON of SUPPLIES; not the other way round: a customer need not depend) stands with the relation too, as `mirrored`. Facts that are hedged or conditional say nothing here.
WITH told AS (
    SELECT c.claim_id, c.predicate, c.subject_id, c.object_id, c.polarity, c.disclosed_by,
        p.is_symmetric AND c.subject_id > c.object_id AS turned
    FROM core.claim c
    JOIN core.predicate p USING (predicate)
    WHERE c.tier = 'fact' AND c.named AND c.subject_kind = 'Organization' AND c.object_kind = 'Organization'
        AND c.subject_id <> c.object_id AND c.modality IN ('asserted', 'planned', 'historical')
        AND c.predicate IN (SELECT predicate FROM core.telling WHERE side = 'object')
),
sided AS (
    SELECT claim_id, predicate, polarity, turned AS exchanged, subject_id, object_id, disclosed_by, false AS mirrored FROM told
    UNION ALL
    SELECT t.claim_id, p.predicate, t.polarity, true, t.subject_id, t.object_id, t.disclosed_by, true
    FROM told t
    JOIN core.predicate p ON p.mirror = t.predicate
    WHERE t.polarity = 'positive'
)
SELECT DISTINCT predicate, CASE WHEN exchanged THEN object_id ELSE subject_id END AS subject_id,
    CASE WHEN exchanged THEN subject_id ELSE object_id END AS object_id, claim_id, mirrored,
    CASE WHEN disclosed_by NOT IN ('subject', 'object') THEN 'third_party'
         WHEN (disclosed_by = 'subject') = exchanged THEN 'object' ELSE 'subject' END AS said_by
FROM sided
ORDER BY ALL
