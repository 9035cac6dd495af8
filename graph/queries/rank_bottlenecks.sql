-- The SQL twin of rank_bottlenecks.cypher: same parameters, same rows, same order.
WITH newest AS (
    SELECT least($known_on::DATE, max(known_from)) AS day
    FROM mart.fct_claim WHERE tier = 'fact' AND predicate = 'EXPOSED_TO' AND polarity = 'positive'
),
named AS (
    SELECT c.*, CASE WHEN s.kind = 'Organization' THEN s.party_id ELSE nullif(s.owner_id, '') END AS company,
        coalesce(maker.name, c.subject_name) AS named_by, nullif(c.filer_id, '') AS filer,
        c.known_from > (n.day - INTERVAL 1 YEAR)::DATE AS new,
        c.known_from <= (n.day - INTERVAL 1 YEAR)::DATE AND c.known_from > (n.day - INTERVAL 2 YEAR)::DATE AS old
    FROM mart.claims_at($as_of, $known_on) c
    CROSS JOIN newest n
    LEFT JOIN mart.dim_party s ON s.party_id = c.subject_id
    LEFT JOIN mart.dim_party maker ON maker.party_id = s.owner_id AND s.kind = 'Offering'
    WHERE c.predicate = 'EXPOSED_TO' AND c.polarity = 'positive' AND c.tier = 'fact' AND c.object_id IS NOT NULL
)
SELECT object_id AS bottleneck, count(DISTINCT filer) FILTER (new) AS filers_this_year,
    count(DISTINCT filer) FILTER (old) AS filers_last_year, count(DISTINCT company) AS companies,
    count(DISTINCT company) FILTER (new) AS this_year, count(DISTINCT company) FILTER (old) AS last_year,
    first(named_by ORDER BY known_from, claim_id) AS first_named_by, min(known_from) AS first_named_on,
    list(claim_id ORDER BY claim_id) AS claim_ids, list(quote ORDER BY claim_id) AS quotes
FROM named
GROUP BY object_id
ORDER BY filers_this_year + filers_last_year DESC, companies DESC, bottleneck
