-- Candidates that would carry a relationship which no fact carries yet: for each such relationship the surest of its claims.
-- Columns as in the other files here: what the decision is on, both sides, and how many claims hang on it.
WITH between AS (
    SELECT least(subject_id, object_id) AS a_id, greatest(subject_id, object_id) AS b_id, count(*) AS n_claims
    FROM core.claim
    WHERE object_id IS NOT NULL AND review <> 'rejected'
    GROUP BY ALL
),
waiting AS (
    SELECT subject_id, predicate, object_id, arg_max(claim_id, (confidence, claim_id)) AS claim_id, max(confidence) AS confidence,
        count(*) AS n_candidates
    FROM core.claim
    WHERE tier = 'candidate' AND review = 'auto' AND polarity = 'positive' AND object_id IS NOT NULL AND subject_id <> object_id
        AND (modality IN ('asserted', 'planned', 'historical') OR (predicate = 'EXPOSED_TO' AND severity = 'may'))
        AND subject_id || '|' || predicate || '|' || object_id NOT IN (SELECT relationship_id FROM mart.fct_relationship)
    GROUP BY ALL
)
SELECT 'candidate' AS kind, w.claim_id, w.subject_id AS left_id, l.name AS left_name, w.predicate, w.object_id AS right_id,
    r.name AS right_name, b.n_claims AS claims, round(w.confidence, 2) AS confidence,
    'no fact says so yet; ' || w.n_candidates || CASE w.n_candidates WHEN 1 THEN ' candidate does' ELSE ' candidates do' END AS reason, c.quote
FROM waiting w
JOIN core.claim c ON c.claim_id = w.claim_id
JOIN core.party l ON l.party_id = w.subject_id
JOIN core.party r ON r.party_id = w.object_id
JOIN between b ON b.a_id = least(w.subject_id, w.object_id) AND b.b_id = greatest(w.subject_id, w.object_id)
ORDER BY claims DESC, claim_id
