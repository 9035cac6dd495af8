-- The SQL twin of list_network_suppliers.cypher: same parameters, same rows, same order.
WITH known AS (
    SELECT c.claim_id, c.quote, c.predicate, c.role, c.source_group, c.known_from, c.subject_id, c.subject_name, c.object_id, c.object_name,
        CASE WHEN c.predicate = 'EXPOSED_TO' THEN c.severity END AS severity, s.segment AS subject_trade, o.segment AS object_trade
    FROM mart.claims_at($as_of, $known_on) c
    JOIN mart.dim_party s ON s.party_id = c.subject_id
    JOIN mart.dim_party o ON o.party_id = c.object_id
    WHERE c.tier = 'fact' AND c.polarity = 'positive' AND ($company = 'any' OR c.subject_id = $company OR c.object_id = $company)
        AND (c.predicate = 'EXPOSED_TO' OR c.modality IN ('asserted', 'planned', 'historical'))
),
told AS (
    SELECT *, predicate AS relation, subject_id AS supplier_id, subject_name AS supplier, object_id AS customer_id, object_name AS customer,
        subject_trade AS trade
    FROM known
    WHERE predicate = 'SUPPLIES' AND (role = 'network' OR subject_trade IN ('optics', 'networking', 'interconnect'))
    UNION ALL
    SELECT *, predicate, object_id, object_name, subject_id, subject_name, object_trade
    FROM known
    WHERE predicate = 'DEPENDS_ON' AND object_trade IN ('optics', 'networking', 'interconnect')
    UNION ALL
    SELECT *, predicate, '', '', subject_id, subject_name, ''
    FROM known
    WHERE predicate = 'EXPOSED_TO' AND object_id = 'network_latency'
)
SELECT relation, supplier, customer, trade, coalesce(role, '') AS goods, coalesce(severity, '') AS severity,
    count(DISTINCT source_group) AS publishers, min(known_from) AS first_known,
    list(claim_id ORDER BY claim_id) AS claim_ids, list(quote ORDER BY claim_id) AS quotes
FROM told
GROUP BY relation, supplier_id, supplier, customer_id, customer, trade, role, severity
ORDER BY relation = 'EXPOSED_TO', supplier, customer, relation, goods, severity, claim_ids[1]
