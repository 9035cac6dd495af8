-- Where sites lie: at the place as written, and in the country, region or state with which that ends. The claims that somebody has the
-- site say so: they are those of its OPERATES relationships.
WITH sites AS (
    SELECT DISTINCT c.object_id AS facility_id, f.place
    FROM mart.fct_facility f
    JOIN mart.fct_claim c USING (claim_id)
    JOIN mart.bridge_relationship_claim USING (claim_id)
    WHERE f.place IS NOT NULL AND c.object_kind = 'Facility'
),
places AS (
    SELECT facility_id, place AS name FROM sites
    UNION
    SELECT s.facility_id, p.name FROM sites s JOIN core.place p ON p.name = regexp_extract(s.place, ', ([^,]+)$', 1)
)
SELECT DISTINCT 'LOCATED_IN' AS _type, facility_id || '|LOCATED_IN|place:' || slug(name) AS id, 'Facility' AS from_label,
    facility_id AS from_id, 'Place' AS to_label, 'place:' || slug(name) AS to_id
FROM places
ORDER BY id
