-- The SQL twin of list_jurisdiction_risks.cypher: same parameters, same rows, same order.
WITH exposed AS (
    SELECT c.claim_id, c.quote, c.object_id AS bottleneck, coalesce(p.place, '') AS place, c.severity, c.known_from,
        coalesce(maker.party_id, c.subject_id) AS company_id, coalesce(maker.name, c.subject_name) AS company,
        CASE WHEN s.kind = 'Offering' THEN c.subject_name END AS product
    FROM mart.claims_at($as_of, $known_on) c
    LEFT JOIN mart.bridge_claim_place p USING (claim_id)
    LEFT JOIN mart.dim_party s ON s.party_id = c.subject_id
    LEFT JOIN mart.dim_party maker ON maker.kind = 'Organization' AND s.kind = 'Offering'
        AND maker.party_id = coalesce(nullif(s.owner_id, ''), c.filer_id)
    WHERE c.predicate = 'EXPOSED_TO' AND c.polarity = 'positive' AND c.tier = 'fact'
        AND c.object_id IN ('export_control', 'data_sovereignty') AND ($bottleneck = 'any' OR c.object_id = $bottleneck)
        AND ($place = 'any' OR coalesce(p.place, '') = $place)
)
SELECT company, bottleneck, place,
    CASE WHEN bool_or(severity = 'has_occurred') THEN 'has_occurred' WHEN bool_or(severity = 'is') THEN 'is'
        WHEN bool_or(severity = 'may') THEN 'may' ELSE 'mention' END AS severity,
    list_sort(coalesce(list(DISTINCT product) FILTER (product IS NOT NULL), [])) AS products, min(known_from) AS first_known,
    max(known_from) AS last_known, list(claim_id ORDER BY claim_id) AS claim_ids, list(quote ORDER BY claim_id) AS quotes
FROM exposed
GROUP BY company_id, company, bottleneck, place
ORDER BY bottleneck, company, place, company_id
