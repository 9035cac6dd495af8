-- Parties of one kind whose names could mean one: equal names, and near ones that share a document or a counterparty. Each name
-- is held against the best known of its equals (registered first, then by claims), not every pair of them. What hangs on it are the
-- claims that would move.
WITH sides AS (
    SELECT claim_id, document_id, subject_id AS party_id, object_id AS other_id, confidence, quote FROM core.claim WHERE review <> 'rejected'
    UNION ALL
    SELECT claim_id, document_id, object_id, subject_id, confidence, quote FROM core.claim WHERE review <> 'rejected' AND object_id IS NOT NULL
),
parties AS (
    SELECT p.party_id, p.kind, p.name, p.registered, coalesce(s.n_claims, 0) AS n_claims, coalesce(s.near, []) AS near, s.quote,
        trim(regexp_replace(slug(p.name), '(_(inc|corp|corporation|co|company|ltd|limited|llc|plc|ag|sa|nv|group|holdings?|technology|technologies))+$', '')) AS key
    FROM core.party p
    LEFT JOIN (
        SELECT party_id, count(DISTINCT claim_id) AS n_claims, arg_max(quote, (confidence, claim_id)) AS quote,
            list_distinct(list(document_id) || list(other_id) FILTER (other_id IS NOT NULL)) AS near
        FROM sides
        GROUP BY party_id
    ) s ON s.party_id = p.party_id
    WHERE p.kind IN ('Organization', 'Offering', 'Facility') AND slug(p.name) <> ''
),
ranked AS (
    SELECT *, row_number() OVER (PARTITION BY kind, key ORDER BY registered DESC, n_claims DESC, party_id) AS place FROM parties
),
leaders AS (
    SELECT *, string_split(key, '_') AS words FROM ranked WHERE place = 1
),
-- Names that share a word or their first four letters are compared, so that the work grows with the names, not with their pairs.
marks AS (
    SELECT DISTINCT party_id, kind, mark FROM (
        SELECT party_id, kind, unnest(words) AS mark FROM leaders
        UNION ALL
        SELECT party_id, kind, '^' || left(key, 4) FROM leaders WHERE length(key) > 4
    )
),
rare AS (
    SELECT kind, mark FROM marks GROUP BY ALL HAVING count(*) BETWEEN 2 AND 40
),
near_pairs AS (
    SELECT DISTINCT a.party_id AS a_id, b.party_id AS b_id
    FROM rare
    JOIN marks a ON a.kind = rare.kind AND a.mark = rare.mark
    JOIN marks b ON b.kind = rare.kind AND b.mark = rare.mark AND a.party_id < b.party_id
),
found AS (
    SELECT l.party_id AS left_id, r.party_id AS right_id, 'equal names' || CASE WHEN list_has_any(l.near, r.near) THEN ', in common surroundings' ELSE '' END AS reason
    FROM ranked l
    JOIN ranked r ON r.kind = l.kind AND r.key = l.key AND l.place = 1 AND r.place > 1
    UNION ALL
    SELECT CASE WHEN (a.registered, a.n_claims, b.party_id) >= (b.registered, b.n_claims, a.party_id) THEN a.party_id ELSE b.party_id END,
        CASE WHEN (a.registered, a.n_claims, b.party_id) >= (b.registered, b.n_claims, a.party_id) THEN b.party_id ELSE a.party_id END,
        'near names, in common surroundings (' || len(list_intersect(a.near, b.near)) || ')'
    FROM near_pairs n
    JOIN leaders a ON a.party_id = n.a_id
    JOIN leaders b ON b.party_id = n.b_id
    -- Two registered parties are told apart by the registry; sites are named by what many have.
    WHERE a.kind <> 'Facility' AND NOT (a.registered AND b.registered) AND list_has_any(a.near, b.near)
        AND (list_has_all(a.words, b.words) OR list_has_all(b.words, a.words) OR jaro_winkler_similarity(a.key, b.key) >= 0.93)
)
SELECT 'names' AS kind, NULL::VARCHAR AS claim_id, l.party_id AS left_id, l.name AS left_name, NULL::VARCHAR AS predicate,
    r.party_id AS right_id, r.name AS right_name, r.n_claims AS claims, NULL::DOUBLE AS confidence, f.reason, r.quote
FROM found f
JOIN parties l ON l.party_id = f.left_id
JOIN parties r ON r.party_id = f.right_id
WHERE r.n_claims > 0
ORDER BY claims DESC, left_id, right_id
