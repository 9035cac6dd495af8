-- The SQL twin of list_cooling.cypher: same parameters, same rows, same order.
WITH known AS (
    SELECT * FROM mart.claims_at($as_of, $known_on) WHERE tier = 'fact' AND polarity = 'positive' AND modality IN ('asserted', 'planned')
),
operators AS (
    SELECT party_id, name FROM mart.dim_party WHERE kind = 'Organization' AND list_contains(string_split($operators, '|'), segment)
),
words AS (
    SELECT replace(split_part(pair, '=', 1), '_', ' ') AS words, split_part(pair, '=', 2) AS cooling
    FROM (SELECT unnest(string_split($words, '|')) AS pair)
),
found AS (
    SELECT o.party_id, w.cooling, NULL AS supplier, c.claim_id
    FROM known c
    JOIN operators o ON o.party_id IN (c.subject_id, c.object_id)
    JOIN words w ON contains(replace(lower(c.quote), '-', ' '), w.words)
    WHERE (contains(c.quote, 'cool') OR contains(c.quote, 'Cool'))
        AND c.predicate IN ('OPERATES', 'SUPPLIES', 'DEPENDS_ON', 'COMMITS_TO', 'PARTNERS_WITH', 'HAS_METRIC', 'EXPOSED_TO')
    UNION
    SELECT o.party_id, NULL, s.name, c.claim_id
    FROM known c
    JOIN operators o ON o.party_id = c.object_id AND c.predicate IN ('SUPPLIES', 'PARTNERS_WITH')
        OR o.party_id = c.subject_id AND c.predicate IN ('DEPENDS_ON', 'COMMITS_TO', 'PARTNERS_WITH')
    JOIN mart.dim_party s ON s.party_id = CASE WHEN o.party_id = c.object_id THEN c.subject_id ELSE c.object_id END
        AND s.party_id <> o.party_id
    WHERE (s.segment = 'cooling' AND s.kind = 'Organization') OR (c.predicate = 'SUPPLIES' AND c.role = 'cooling')
),
ids AS (
    SELECT party_id, list(claim_id ORDER BY claim_id) AS claim_ids, list(quote ORDER BY claim_id) AS quotes
    FROM (SELECT DISTINCT party_id, claim_id FROM found)
    JOIN known USING (claim_id)
    GROUP BY party_id
)
SELECT o.name AS operator, list_sort(coalesce(list(DISTINCT f.cooling) FILTER (f.cooling IS NOT NULL), [])) AS cooling,
    list_sort(coalesce(list(DISTINCT f.supplier) FILTER (f.supplier IS NOT NULL), [])) AS suppliers, any_value(i.claim_ids) AS claim_ids,
    any_value(i.quotes) AS quotes
FROM found f
JOIN operators o USING (party_id)
JOIN ids i USING (party_id)
GROUP BY o.party_id, o.name
ORDER BY operator, o.party_id
