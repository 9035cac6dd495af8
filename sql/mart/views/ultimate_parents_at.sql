-- parameters: as_of, known_on
-- The top of the chain of owners of each owned party on a day, as known on a day. `n_parents` above one: several own together.
WITH RECURSIVE climbed AS (
    SELECT child_id, parent_id, [child_id, parent_id] AS chain FROM mart.owners_at(as_of, known_on)
    UNION
    SELECT c.child_id, o.parent_id, list_append(c.chain, o.parent_id)
    FROM climbed c
    JOIN mart.owners_at(as_of, known_on) o ON o.child_id = c.parent_id AND NOT list_contains(c.chain, o.parent_id)
)
SELECT child_id, parent_id, chain, count(*) OVER (PARTITION BY child_id) AS n_parents
FROM climbed
WHERE parent_id NOT IN (SELECT child_id FROM mart.owners_at(as_of, known_on))
ORDER BY child_id, parent_id, chain
