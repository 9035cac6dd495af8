-- title: Bottlenecks
-- about: How many companies say that they are exposed to each scarcity, and who relieves it; facts only.
-- columns of: dim_bottleneck
-- bottleneck: usual name of the scarcity
-- companies: companies with a fact that they, or what they offer, are exposed to it
-- has_occurred: of these, those that say that it has held them up
-- is: of these, those that say that it is there
-- may: of these, those that say only that it may come
-- statements: facts that say so
-- publishers: independent publishers that say so
-- first_named: day on which the first of these facts could be known
-- last_named: day on which the last of these facts could be known
WITH said AS (
    SELECT e.bottleneck_key, coalesce(e.src_company_key::VARCHAR, e.subject_id) AS company, e.severity, e.claim_id, c.source_group, e.known_from
    FROM mart.fct_exposure e
    JOIN mart.fct_claim c USING (claim_id)
    WHERE e.tier = 'fact' AND e.polarity = 'positive'
)
SELECT b.name AS bottleneck, count(DISTINCT company) AS companies,
    count(DISTINCT company) FILTER (severity = 'has_occurred') AS has_occurred, count(DISTINCT company) FILTER (severity = 'is') AS "is",
    count(DISTINCT company) FILTER (severity = 'may') AS may, count(claim_id) AS statements, count(DISTINCT source_group) AS publishers,
    min(known_from) AS first_named, max(known_from) AS last_named, b.is_listed, b.meaning, b.constrains, b.code
FROM mart.dim_bottleneck b
LEFT JOIN said USING (bottleneck_key)
GROUP BY ALL
HAVING b.is_listed OR count(claim_id) > 0
ORDER BY companies DESC, statements DESC, b.code
