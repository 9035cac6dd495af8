-- Places in which a site lies and that no fact names as a party.
WITH places AS (
    SELECT f.place AS name FROM mart.fct_facility f JOIN mart.bridge_relationship_claim USING (claim_id) WHERE f.place IS NOT NULL
    UNION
    SELECT p.name
    FROM mart.fct_facility f
    JOIN mart.bridge_relationship_claim USING (claim_id)
    JOIN core.place p ON p.name = regexp_extract(f.place, ', ([^,]+)$', 1)
)
SELECT 'Place' AS _label, 'place:' || slug(name) AS id, min(name) AS name, false AS registered
FROM places
WHERE 'place:' || slug(name) NOT IN (SELECT object_id FROM mart.fct_claim WHERE tier = 'fact' AND object_id IS NOT NULL)
GROUP BY slug(name)
ORDER BY id
