-- In which layers claims show a company, by which product, supply or acquisition, and since when: the claims that are about the day
-- `as_of` (NULL: any) and were known on `known_on`. `entered` where the layer is none of those that the registry gives it. `roles` has
-- role=layer for each role in which a supply to a named customer shows the supplier in a layer.
-- parameters: as_of, known_on, roles
WITH known AS (
    SELECT * FROM mart.claims_at(as_of, known_on)
    WHERE tier = 'fact' AND polarity = 'positive' AND modality IN ('asserted', 'planned', 'historical')
),
layer_roles AS (
    SELECT split_part(pair, '=', 1) AS role, split_part(pair, '=', 2) AS layer FROM (SELECT unnest(string_split(roles, '|')) AS pair)
),
-- Of the owner's claims alone is the quote searched for the product's name.
offered AS (
    SELECT o.owner_id AS company_id, o.name AS "by", o.layers[1] AS layer, c.claim_id
    FROM mart.dim_party o
    JOIN known c ON o.party_id IN (c.subject_id, c.object_id)
    WHERE o.kind = 'Offering' AND o.owner_id <> ''
    UNION
    SELECT o.owner_id, o.name, o.layers[1], c.claim_id
    FROM mart.dim_party o
    JOIN (SELECT subject_id AS party_id, claim_id, quote FROM known UNION SELECT object_id, claim_id, quote FROM known) c ON c.party_id = o.owner_id
    WHERE o.kind = 'Offering' AND regexp_matches(c.quote, '(?s)\b\Q' || o.name || '\E\b')
),
entries AS (
    SELECT company_id, 'offering' AS how, "by", layer, claim_id FROM offered WHERE layer IS NOT NULL
    UNION
    SELECT c.subject_id, 'supply', c.role, r.layer, c.claim_id
    FROM known c
    JOIN layer_roles r USING (role)
    WHERE c.predicate = 'SUPPLIES' AND c.named AND c.subject_kind = 'Organization'
    UNION
    SELECT c.subject_id, 'acquisition', o.name, unnest(o.layers), c.claim_id
    FROM known c
    JOIN mart.dim_party o ON o.party_id = c.object_id AND o.kind = 'Organization'
    WHERE c.predicate = 'OWNS' AND c.kind IN ('acquired', 'subsidiary') AND c.modality = 'asserted'
),
-- "The purchase was called off": what denies an acquisition, newest first.
denials AS (
    SELECT subject_id AS company_id, p.name AS "by", list(claim_id ORDER BY c.known_from DESC, claim_id) AS denial_ids
    FROM mart.claims_at(as_of, known_on) c
    JOIN mart.dim_party p ON p.party_id = c.object_id
    WHERE c.tier = 'fact' AND c.polarity = 'negative' AND c.predicate = 'OWNS'
    GROUP BY ALL
)
SELECT h.party_id AS company_id, h.name AS company, h.layers AS home_layers, e.layer, NOT list_contains(h.layers, e.layer) AS entered,
    coalesce(any_value(list_min([abs(l.rank - n.rank) FOR n IN (SELECT list({'code': code, 'rank': rank}) FROM mart.dim_layer)
        IF list_contains(h.layers, n.code)])), any_value(l.rank))::INTEGER AS steps,
    e.how, e."by", min(c.known_from) AS first_known, min(c.valid_from) AS first_valid,
    -- A page without a date is known only since it was seen: that dates nothing.
    min(c.known_from) FILTER (d.known_by <> 'first seen') AS first_dated,
    bool_and(c.modality = 'planned') AS only_planned, count(DISTINCT coalesce(nullif(c.filer_id, ''), c.source_group))::INTEGER AS n_publishers,
    list(c.claim_id ORDER BY c.claim_id) AS claim_ids, list(c.quote ORDER BY c.claim_id) AS quotes,
    arg_min(c.claim_id, (d.known_by = 'first seen', c.known_from, c.claim_id)) AS first_claim_id,
    coalesce(any_value(n.denial_ids), []) AS denial_ids
FROM entries e
JOIN mart.dim_party h ON h.party_id = e.company_id AND h.kind = 'Organization'
JOIN mart.dim_layer l ON l.code = e.layer
JOIN known c ON c.claim_id = e.claim_id
LEFT JOIN mart.dim_document d ON d.document_id = c.document_id
LEFT JOIN denials n ON n.company_id = e.company_id AND n."by" = e."by" AND e.how = 'acquisition'
GROUP BY h.party_id, h.name, h.layers, e.layer, e.how, e."by"
ORDER BY first_known, company, e.layer, e.how, e."by", claim_ids[1]
