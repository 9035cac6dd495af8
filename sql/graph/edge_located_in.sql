-- Where sites lie: at the place as written, and in the country, region or state with which that ends, by the claims that somebody has
-- the site.
WITH sites AS (
    SELECT c.object_id AS facility_id, f.place AS name, c.claim_id
    FROM mart.fct_facility f
    JOIN mart.fct_claim c USING (claim_id)
    JOIN mart.bridge_relationship_claim USING (claim_id)
    WHERE f.place IS NOT NULL AND c.object_kind = 'Facility'
),
places AS (
    SELECT * FROM sites
    UNION
    SELECT s.facility_id, p.name, s.claim_id FROM sites s JOIN core.place p ON p.name = regexp_extract(s.name, ', ([^,]+)$', 1)
)
SELECT 'LOCATED_IN' AS _type, facility_id || '|LOCATED_IN|place:' || slug(name) AS id, 'Facility' AS from_label, facility_id AS from_id,
    'Place' AS to_label, 'place:' || slug(name) AS to_id, list(DISTINCT claim_id ORDER BY claim_id) AS claim_ids
FROM places
GROUP BY facility_id, slug(name)
ORDER BY id
