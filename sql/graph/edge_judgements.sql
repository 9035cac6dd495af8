-- Judgements between parties that are both in the graph: the same (towards the one that stands for both), or different.
WITH nodes AS (
    SELECT p.party_id, p.kind
    FROM mart.dim_party p
    WHERE p.kind IN ('Organization', 'Offering', 'AnonymousParty', 'Facility', 'Place')
        AND (p.registered OR p.party_id IN (
        SELECT subject_id FROM mart.fct_claim WHERE tier = 'fact'
        UNION
        SELECT object_id FROM mart.fct_claim WHERE tier = 'fact' AND object_id IS NOT NULL
    ))
),
pairs AS (
    SELECT 'SAME_AS' AS type, party_id AS from_id, same_as AS to_id, '' AS who, NULL::DATE AS decided_on, '' AS why
    FROM core.same_party
    UNION ALL
    -- Parties that were judged the same stand for one another; of several lines on one pair the first is shown.
    SELECT 'NOT_SAME_AS', least(l, r), greatest(l, r), arg_min(who, (decided_on, file, line)), min(decided_on),
        arg_min(why, (decided_on, file, line))
    FROM (
        SELECT j.*, coalesce(a.same_as, j.left_id) AS l, coalesce(b.same_as, j.right_id) AS r
        FROM core.judgement j
        LEFT JOIN core.same_party a ON a.party_id = j.left_id
        LEFT JOIN core.same_party b ON b.party_id = j.right_id
        WHERE j.judgement = 'different'
    )
    GROUP BY least(l, r), greatest(l, r)
)
SELECT p.type AS _type, p.from_id || '|' || p.type || '|' || p.to_id AS id, f.kind AS from_label, p.from_id, t.kind AS to_label,
    p.to_id, nullif(p.who, '') AS who, p.decided_on, nullif(p.why, '') AS why
FROM pairs p
JOIN nodes f ON f.party_id = p.from_id
JOIN nodes t ON t.party_id = p.to_id
ORDER BY id
