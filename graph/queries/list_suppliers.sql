-- The SQL twin of list_suppliers.cypher: same parameters, same rows, same order.
WITH known AS (
    SELECT *, CASE WHEN predicate = 'SUPPLIES' THEN subject_id ELSE object_id END AS supplier_id,
        CASE WHEN predicate = 'SUPPLIES' THEN subject_name ELSE object_name END AS supplier
    FROM mart.claims_at($as_of, $known_on)
    WHERE tier = 'fact' AND polarity = 'positive' AND named AND modality IN ('asserted', 'planned', 'historical')
        AND ((predicate = 'SUPPLIES' AND object_id = $company)
            OR (predicate = 'DEPENDS_ON' AND subject_id = $company AND object_kind = 'Organization'))
        AND ($role = 'any' OR role = $role OR (coalesce(role, 'other') = 'other' AND contains(lower(quote), replace($role, '_', ' '))))
),
links AS (
    SELECT claim_id, bool_or(type = 'CONTRADICTS') AS contradicted, bool_or(type = 'CONFIRMS') AS confirmed
    FROM (
        SELECT from_claim_id AS claim_id, to_claim_id AS other_id, type FROM mart.bridge_claim_link
        UNION ALL
        SELECT to_claim_id, from_claim_id, type FROM mart.bridge_claim_link
    )
    WHERE other_id IN (SELECT claim_id FROM mart.claims_at($as_of, $known_on))
    GROUP BY claim_id
)
SELECT min(supplier) AS supplier, CASE WHEN count(DISTINCT predicate) = 2 THEN 'both' ELSE min(predicate) END AS relation,
    coalesce(list_sort(list(DISTINCT role) FILTER (role IS NOT NULL)), ['']) AS roles, bool_or(sole_source) AS sole_source,
    CASE WHEN coalesce(bool_or(contradicted), false) THEN 'contradicted' WHEN coalesce(bool_or(confirmed), false) THEN 'confirmed'
         WHEN bool_or(disclosed_by IN ('subject', 'object')) THEN 'one_side' ELSE 'third_party' END AS status,
    count(DISTINCT source_group) AS publishers, min(known_from) AS first_known, max(known_from) AS last_known,
    list(claim_id ORDER BY claim_id) AS claim_ids, list(quote ORDER BY claim_id) AS quotes
FROM known
LEFT JOIN links USING (claim_id)
WHERE supplier_id <> $company
GROUP BY supplier_id
ORDER BY supplier, claim_ids[1]
