-- The SQL twin of list_sole_sources.cypher: same parameters, same rows, same order.
SELECT c.subject_name AS dependent, c.object_name AS source, coalesce(p.layers[1], '') AS layer, count(DISTINCT c.source_group) AS publishers,
    min(c.known_from) AS first_known, list(c.claim_id ORDER BY c.claim_id) AS claim_ids, list(c.quote ORDER BY c.claim_id) AS quotes
FROM mart.claims_at($as_of, $known_on) c
JOIN mart.dim_party p ON p.party_id = c.object_id
WHERE c.predicate = 'DEPENDS_ON' AND c.polarity = 'positive' AND c.sole_source AND c.modality IN ('asserted', 'planned', 'historical')
    AND c.tier = 'fact' AND ($company = 'any' OR c.subject_id = $company)
GROUP BY c.subject_id, c.subject_name, CASE WHEN c.named THEN c.object_id END, c.object_name, p.layers
ORDER BY dependent, source, claim_ids[1]
