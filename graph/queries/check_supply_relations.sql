-- The SQL twin of check_supply_relations.cypher: same parameters, same rows, same order.
SELECT min(subject_name) AS supplier, min(object_name) AS customer,
    CASE WHEN bool_or(polarity = 'negative') THEN 'contradicted'
         WHEN bool_or(disclosed_by = 'subject') AND bool_or(disclosed_by = 'object') THEN 'both_sides'
         WHEN bool_or(disclosed_by IN ('subject', 'object')) THEN 'one_side'
         ELSE 'third_party' END AS status,
    count(DISTINCT source_group) AS publishers,
    list(claim_id ORDER BY claim_id) AS claim_ids, list(quote ORDER BY claim_id) AS quotes
FROM mart.claims_at($as_of, $known_on)
WHERE predicate = 'SUPPLIES' AND named AND object_kind = 'Organization' AND tier = 'fact'
GROUP BY subject_id, object_id
HAVING bool_or(polarity = 'positive')
ORDER BY supplier, customer, claim_ids[1]
