-- The SQL twin of list_facilities.cypher: same parameters, same rows, same order.
WITH sites AS (
    SELECT c.object_id AS facility_id, c.object_name AS facility, c.subject_id AS operator_id, c.subject_name AS operator, p.segment AS trade,
        coalesce(first(f.place ORDER BY c.known_from DESC, c.claim_id) FILTER (f.place IS NOT NULL), '') AS place,
        min(f.capacity_mw_low) AS mw_low, max(f.capacity_mw_high) AS mw_high,
        coalesce(first(f.status ORDER BY c.known_from DESC, c.claim_id) FILTER (f.status IS NOT NULL), '') AS status,
        min(c.known_from) AS first_known,
        list(c.claim_id ORDER BY c.claim_id) AS claim_ids, list(c.quote ORDER BY c.claim_id) AS quotes
    FROM mart.claims_at($as_of, $known_on) c
    JOIN mart.fct_facility f ON f.claim_id = c.claim_id
    JOIN mart.dim_party p ON p.party_id = c.subject_id
    WHERE c.tier = 'fact' AND c.polarity = 'positive' AND c.modality IN ('asserted', 'planned', 'historical')
    GROUP BY ALL
)
SELECT s.facility, s.place, s.operator, s.trade,
    coalesce((
        SELECT list(DISTINCT o.operator ORDER BY o.operator) FROM sites o
        WHERE o.operator_id <> s.operator_id AND (o.facility = s.facility OR (o.place = s.place AND contains(s.place, ',')))
    ), []) AS others,
    s.mw_low, s.mw_high, s.status, s.first_known, s.claim_ids, s.quotes
FROM sites s
WHERE ($company = 'any' OR s.operator_id = $company) AND ($min_mw <= 0 OR coalesce(s.mw_high, s.mw_low) >= $min_mw)
ORDER BY coalesce(s.mw_high, s.mw_low, 0) DESC, facility, operator, claim_ids[1]
