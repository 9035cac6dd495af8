-- The SQL twin of list_relievers.cypher: same parameters, same rows, same order.
WITH known AS (
    SELECT * FROM mart.claims_at($as_of, $known_on) WHERE tier = 'fact' AND polarity = 'positive'
),
exposures AS (
    SELECT e.object_id AS bottleneck, CASE WHEN s.kind = 'Organization' THEN s.party_id ELSE nullif(s.owner_id, '') END AS company,
        arg_max(e.claim_id, (e.known_from, e.claim_id)) AS exposure_id
    FROM known e
    JOIN mart.dim_party s ON s.party_id = e.subject_id AND s.kind <> 'Industry'
    WHERE e.predicate = 'EXPOSED_TO'
    GROUP BY ALL
    HAVING company IS NOT NULL
),
wide AS (
    SELECT bottleneck, list(company) AS companies FROM exposures GROUP BY bottleneck HAVING count(*) >= $least
),
eases AS (
    SELECT split_part(pair, '=', 1) AS by_what, split_part(pair, '=', 2) AS bottleneck
    FROM (SELECT DISTINCT unnest(string_split($eases, '|')) AS pair)
),
relief AS (
    SELECT c.object_id AS bottleneck, 'stated' AS how, coalesce(maker.party_id, s.party_id) AS reliever_id,
        coalesce(maker.name, s.name) AS reliever, NULL AS served, NULL AS exposure_id, c.claim_id, c.quote
    FROM known c
    JOIN mart.dim_party s ON s.party_id = c.subject_id
    LEFT JOIN mart.dim_party maker ON maker.party_id = nullif(s.owner_id, '')
    WHERE c.predicate = 'RELIEVES' AND c.modality IN ('asserted', 'planned', 'historical')
    UNION
    SELECT x.bottleneck, 'supplies', r.party_id, r.name, p.name, x.exposure_id, c.claim_id, c.quote
    FROM exposures x
    JOIN mart.dim_party p ON p.party_id = x.company AND p.kind = 'Organization'
    JOIN known c ON (c.predicate IN ('SUPPLIES', 'FINANCES') AND c.object_id = x.company)
        OR (c.predicate IN ('DEPENDS_ON', 'COMMITS_TO') AND c.subject_id = x.company)
    JOIN mart.dim_party r ON r.kind = 'Organization' AND r.party_id <> x.company
        AND r.party_id = CASE WHEN c.predicate IN ('SUPPLIES', 'FINANCES') THEN c.subject_id ELSE c.object_id END
    JOIN eases a ON a.bottleneck = x.bottleneck
        AND ((c.predicate <> 'FINANCES' AND a.by_what = r.segment) OR a.by_what = c.predicate)
    WHERE c.modality IN ('asserted', 'planned', 'historical')
),
listed AS (
    SELECT bottleneck, how, reliever_id, reliever,
        list(claim_id ORDER BY claim_id) AS claim_ids, list(quote ORDER BY claim_id) AS quotes,
        list(DISTINCT {'name': served, 'id': exposure_id}) FILTER (served IS NOT NULL) AS served
    FROM relief
    GROUP BY ALL
)
SELECT l.bottleneck, len(list_filter(w.companies, lambda id: id <> l.reliever_id)) AS exposed, l.reliever, l.how,
    coalesce([s.name FOR s IN list_sort(l.served)], []) AS serves, coalesce([s.id FOR s IN list_sort(l.served)], []) AS exposure_ids,
    l.claim_ids, l.quotes
FROM listed l
JOIN wide w USING (bottleneck)
WHERE exposed >= $least AND ($bottleneck = 'any' OR l.bottleneck = $bottleneck)
ORDER BY exposed DESC, l.bottleneck, l.how, len(serves) DESC, l.reliever, l.reliever_id
