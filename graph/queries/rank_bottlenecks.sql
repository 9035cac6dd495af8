-- The SQL twin of rank_bottlenecks.cypher: same parameters, same rows, same order.
WITH newest AS (SELECT max(known_from) AS day FROM mart.dim_document WHERE known_from <= $known_on
    AND document_id IN (SELECT document_id FROM mart.fct_claim WHERE tier = 'fact')),
named AS (
    SELECT * FROM mart.claims_at($as_of, $known_on)
    WHERE predicate = 'EXPOSED_TO' AND polarity = 'positive' AND object_id IS NOT NULL AND tier = 'fact'
)
SELECT object_id AS bottleneck, count(DISTINCT subject_id) AS companies,
    count(DISTINCT CASE WHEN year(known_from) = (SELECT year(day) FROM newest) THEN subject_id END) AS this_year,
    count(DISTINCT CASE WHEN year(known_from) = (SELECT year(day) - 1 FROM newest) THEN subject_id END) AS last_year,
    first(subject_name ORDER BY known_from, subject_name, claim_id) AS first_named_by,
    first(known_from ORDER BY known_from, subject_name, claim_id) AS first_named_on,
    list(claim_id ORDER BY claim_id) AS claim_ids, list(quote ORDER BY claim_id) AS quotes
FROM named
GROUP BY object_id
ORDER BY companies DESC, bottleneck
