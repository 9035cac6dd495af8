-- The SQL twin of list_thin_wrappers.cypher: same parameters, same rows, same order.
WITH known AS (
    SELECT * FROM mart.claims_at($as_of, $known_on)
    WHERE tier = 'fact' AND polarity = 'positive' AND modality IN ('asserted', 'planned')
        AND predicate IN ('SUPPLIES', 'DEPENDS_ON', 'COMMITS_TO', 'COMPETES_WITH')
),
upstream AS (
    SELECT CASE WHEN predicate = 'SUPPLIES' THEN object_id ELSE subject_id END AS a,
        CASE WHEN predicate = 'SUPPLIES' THEN subject_id ELSE object_id END AS u, claim_id
    FROM known
    WHERE predicate <> 'COMPETES_WITH' AND subject_kind = 'Organization' AND object_kind = 'Organization' AND subject_id <> object_id
),
rival AS (
    SELECT subject_id AS a, object_id AS u, claim_id FROM known WHERE predicate = 'COMPETES_WITH'
    UNION
    SELECT object_id, subject_id, claim_id FROM known WHERE predicate = 'COMPETES_WITH'
),
upstreams AS (SELECT a, count(DISTINCT u) AS upstreams FROM upstream GROUP BY a),
pairs AS (
    SELECT a, u, up.claim_ids AS upstream_ids, ri.claim_ids AS rival_ids
    FROM (SELECT a, u, list(claim_id ORDER BY claim_id) AS claim_ids FROM upstream GROUP BY a, u) up
    JOIN (SELECT a, u, list(claim_id ORDER BY claim_id) AS claim_ids FROM rival GROUP BY a, u) ri USING (a, u)
),
offers AS (
    SELECT owner_id AS a, list(DISTINCT layer ORDER BY layer) AS own_layers
    FROM (SELECT owner_id, unnest(layers) AS layer FROM mart.dim_party WHERE kind = 'Offering' AND owner_id <> '')
    GROUP BY owner_id
),
supplies AS (
    SELECT subject_id AS a, list(DISTINCT role ORDER BY role) AS own_supplies, list(claim_id ORDER BY claim_id) AS own_ids
    FROM known
    WHERE predicate = 'SUPPLIES' AND list_contains(string_split($roles, '|'), role)
    GROUP BY subject_id
),
counted AS (
    SELECT p.*, n.upstreams, coalesce(o.own_layers, []) AS own_layers, coalesce(s.own_supplies, []) AS own_supplies,
        coalesce(s.own_ids, []) AS own_ids, o.a IS NULL AND s.a IS NULL AS no_layer_seen, n.upstreams = 1 AS one_upstream_seen,
        1 + no_layer_seen::INTEGER + one_upstream_seen::INTEGER AS parts,
        list_concat(list_concat(p.upstream_ids, p.rival_ids), coalesce(s.own_ids, [])) AS ids
    FROM pairs p
    JOIN upstreams n USING (a)
    LEFT JOIN offers o USING (a)
    LEFT JOIN supplies s USING (a)
    WHERE parts >= $least
),
quoted AS (
    SELECT t.a, t.u, list(k.claim_id ORDER BY k.claim_id) AS claim_ids, list(k.quote ORDER BY k.claim_id) AS quotes
    FROM (SELECT DISTINCT a, u, unnest(ids) AS claim_id FROM counted) t
    JOIN known k USING (claim_id)
    GROUP BY t.a, t.u
)
SELECT a.name AS company, u.name AS upstream, c.parts, c.no_layer_seen, c.own_layers, c.own_supplies, c.one_upstream_seen, c.upstreams,
    a.layers AS registry_layers, c.upstream_ids, c.rival_ids, c.own_ids, q.claim_ids, q.quotes
FROM counted c
JOIN quoted q USING (a, u)
JOIN mart.dim_party a ON a.party_id = c.a
JOIN mart.dim_party u ON u.party_id = c.u
ORDER BY c.parts DESC, c.upstreams, company, upstream, c.a, c.u
