-- Relationships whose surest claim is among the least sure tenth of facts (confidence below 0.85), not looked at by anyone.
WITH between AS (
    SELECT least(subject_id, object_id) AS a_id, greatest(subject_id, object_id) AS b_id, count(*) AS n_claims
    FROM core.claim
    WHERE object_id IS NOT NULL AND review <> 'rejected'
    GROUP BY ALL
),
carried AS (
    SELECT subject_id, predicate, object_id, arg_max(claim_id, (confidence, claim_id)) AS claim_id, max(confidence) AS confidence,
        count(*) AS n_facts
    FROM core.claim c
    JOIN mart.bridge_relationship_claim USING (claim_id)
    GROUP BY subject_id, predicate, object_id
    HAVING max(confidence) < 0.85 AND bool_and(review = 'auto')
)
SELECT 'weak fact' AS kind, w.claim_id, w.subject_id AS left_id, l.name AS left_name, w.predicate, w.object_id AS right_id,
    r.name AS right_name, b.n_claims AS claims, round(w.confidence, 2) AS confidence,
    'the surest of ' || w.n_facts || CASE w.n_facts WHEN 1 THEN ' fact' ELSE ' facts' END || ' for this relationship' AS reason, c.quote
FROM carried w
JOIN core.claim c ON c.claim_id = w.claim_id
JOIN core.party l ON l.party_id = w.subject_id
JOIN core.party r ON r.party_id = w.object_id
JOIN between b ON b.a_id = least(w.subject_id, w.object_id) AND b.b_id = greatest(w.subject_id, w.object_id)
ORDER BY claims DESC, claim_id
