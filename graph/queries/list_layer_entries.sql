-- The SQL twin of list_layer_entries.cypher: same parameters, same rows, same order.
WITH known AS (
    SELECT * FROM mart.claims_at($as_of, $known_on)
    WHERE tier = 'fact' AND polarity = 'positive' AND modality IN ('asserted', 'planned', 'historical')
),
roles AS (
    SELECT split_part(pair, '=', 1) AS role, split_part(pair, '=', 2) AS layer FROM (SELECT unnest(string_split($roles, '|')) AS pair)
),
entries AS (
    SELECT o.owner_id AS company_id, 'offering' AS how, o.name AS by, o.layers[1] AS layer, c.claim_id
    FROM mart.dim_party o
    JOIN mart.dim_party h ON h.party_id = o.owner_id AND h.kind = 'Organization'
    JOIN known c ON o.party_id IN (c.subject_id, c.object_id)
        OR (h.party_id IN (c.subject_id, c.object_id) AND regexp_matches(c.quote, '(?s)\b\Q' || o.name || '\E\b'))
    WHERE o.kind = 'Offering' AND NOT list_has_all(h.layers, o.layers)
    UNION
    SELECT c.subject_id, 'supply', c.role, r.layer, c.claim_id
    FROM known c
    JOIN roles r USING (role)
    WHERE c.predicate = 'SUPPLIES' AND c.named AND c.subject_kind = 'Organization'
    UNION
    SELECT c.subject_id, 'acquisition', o.name, unnest(o.layers), c.claim_id
    FROM known c
    JOIN mart.dim_party o ON o.party_id = c.object_id AND o.kind = 'Organization'
    WHERE c.predicate = 'OWNS' AND c.kind IN ('acquired', 'subsidiary') AND c.modality = 'asserted'
)
SELECT h.name AS company, h.layers AS home_layers, e.layer,
    coalesce(any_value(list_min([abs(l.rank - n.rank) FOR n IN (SELECT list({'code': code, 'rank': rank}) FROM mart.dim_layer)
        IF list_contains(h.layers, n.code)])), any_value(l.rank)) AS steps,
    e.how, e.by, min(c.known_from) AS first_known, min(c.valid_from) AS first_valid,
    list(c.claim_id ORDER BY c.claim_id) AS claim_ids, list(c.quote ORDER BY c.claim_id) AS quotes
FROM entries e
JOIN mart.dim_party h ON h.party_id = e.company_id AND h.kind = 'Organization' AND NOT list_contains(h.layers, e.layer)
JOIN mart.dim_layer l ON l.code = e.layer
JOIN known c ON c.claim_id = e.claim_id
GROUP BY h.party_id, h.name, h.layers, e.layer, e.how, e.by
ORDER BY first_known, company, e.layer, e.how, e.by, claim_ids[1]
