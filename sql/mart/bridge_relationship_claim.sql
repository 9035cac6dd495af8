-- Which claims carry which edge. Grain: (relationship_id, claim_id).
-- An edge rests on positive facts that nobody rejected; a hedged or conditional one makes at most EXPOSED_TO with severity `may`.
SELECT subject_id || '|' || predicate || '|' || object_id AS relationship_id, claim_id
FROM mart.fct_claim
WHERE tier = 'fact' AND review IS DISTINCT FROM 'rejected' AND polarity = 'positive' AND object_id IS NOT NULL AND subject_id <> object_id
    AND (modality IN ('asserted', 'planned', 'historical')
        OR (predicate = 'EXPOSED_TO' AND severity = 'may'))
ORDER BY ALL
