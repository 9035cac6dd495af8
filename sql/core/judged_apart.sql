-- Parties that must not become one, whatever their names and context say: what people judged different, and all that was judged
-- the same as either. Grain: (left_id, right_id); each pair stands both ways.
WITH ends AS (
    SELECT DISTINCT coalesce(a.same_as, j.left_id) AS left_head, coalesce(b.same_as, j.right_id) AS right_head
    FROM core.judgement j
    LEFT JOIN core.same_party a ON a.party_id = j.left_id
    LEFT JOIN core.same_party b ON b.party_id = j.right_id
    WHERE j.judgement = 'different'
),
members AS (
    SELECT party_id, same_as AS head FROM core.same_party
    UNION
    SELECT left_head, left_head FROM ends
    UNION
    SELECT right_head, right_head FROM ends
),
pairs AS (
    SELECT a.party_id AS left_id, b.party_id AS right_id
    FROM ends e
    JOIN members a ON a.head = e.left_head
    JOIN members b ON b.head = e.right_head
)
SELECT left_id, right_id FROM pairs UNION SELECT right_id, left_id FROM pairs ORDER BY left_id, right_id
