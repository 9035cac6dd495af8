-- The SQL twin of check_supply_relations.cypher: same parameters, same rows, same order.
WITH known AS (SELECT * FROM mart.claims_at($as_of, $known_on)),
confirmed AS (
    SELECT from_claim_id AS claim_id, to_claim_id AS other_id FROM mart.bridge_claim_link WHERE type = 'CONFIRMS'
    UNION ALL
    SELECT to_claim_id, from_claim_id FROM mart.bridge_claim_link WHERE type = 'CONFIRMS'
)
SELECT min(subject_name) AS supplier, min(object_name) AS customer,
    CASE WHEN bool_or(polarity = 'negative') THEN 'contradicted'
         WHEN bool_or(claim_id IN (SELECT claim_id FROM confirmed WHERE other_id IN (SELECT claim_id FROM known))) THEN 'both_sides'
         WHEN bool_or(disclosed_by IN ('subject', 'object')) THEN 'one_side'
         ELSE 'third_party' END AS status,
    count(DISTINCT source_group) AS publishers,
    list(claim_id ORDER BY claim_id) AS claim_ids, list(quote ORDER BY claim_id) AS quotes
FROM known
WHERE predicate = 'SUPPLIES' AND named AND object_kind = 'Organization' AND tier = 'fact'
GROUP BY subject_id, object_id
HAVING bool_or(polarity = 'positive')
ORDER BY supplier, customer, claim_ids[1]
