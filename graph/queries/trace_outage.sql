-- The SQL twin of trace_outage.cypher: same parameters, same rows, same order.
WITH RECURSIVE told AS (
    SELECT *
    FROM mart.claims_at(NULL::DATE, $known_on)
    WHERE tier = 'fact' AND polarity = 'positive' AND ($as_of IS NULL OR (coalesce(valid_from, $as_of::DATE) <= $as_of::DATE + $days::INTEGER
            AND coalesce(valid_to, $as_of::DATE) >= $as_of::DATE))
        AND (modality <> 'historical' OR ($as_of IS NOT NULL AND valid_from IS NOT NULL))
),
reasons AS (
    SELECT c.subject_id AS id, c.claim_id, c.confidence, c.known_from,
        c.predicate || CASE WHEN lower(c.object_name) = lower($place) THEN '' ELSE ' ' || c.object_name END AS relation,
        CASE WHEN c.predicate = 'DEPENDS_ON' AND c.object_kind = 'Place' AND lower(c.object_name) = lower($place) THEN 'depends_on_place'
            WHEN c.predicate = 'OPERATES' AND c.object_id IN (
                SELECT s.object_id
                FROM mart.fct_facility f
                JOIN mart.fct_claim s USING (claim_id)
                JOIN mart.bridge_relationship_claim USING (claim_id)
                LEFT JOIN core.place p ON p.name = regexp_extract(f.place, ', ([^,]+)$', 1)
                WHERE lower($place) IN (lower(f.place), lower(p.name)) AND s.object_kind = 'Facility') THEN 'operates_there'
            WHEN c.object_kind IN ('AnonymousParty', 'Bottleneck', 'Place') AND c.predicate <> 'OPERATES' AND contains(c.quote, $place) THEN 'sentence_names_place' END AS basis
    FROM told c
    WHERE c.predicate IN ('DEPENDS_ON', 'EXPOSED_TO', 'OPERATES') AND c.subject_kind = 'Organization'
        AND (c.modality IN ('asserted', 'historical') OR c.severity = 'may')
),
hit AS (
    SELECT id, arg_min({basis: basis, id: claim_id, trust: confidence, relation: relation}, (basis, -confidence, -epoch(known_from), -place)) AS s
    FROM (SELECT *, row_number() OVER (ORDER BY claim_id) AS place FROM reasons WHERE basis IS NOT NULL)
    GROUP BY id
),
links AS (
    SELECT CASE predicate WHEN 'SUPPLIES' THEN object_id ELSE subject_id END AS dependent_id,
        CASE predicate WHEN 'SUPPLIES' THEN subject_id ELSE object_id END AS needed_id,
        arg_max({id: claim_id, trust: confidence, relation: predicate || CASE WHEN coalesce(role, 'other') = 'other' THEN '' ELSE ' ' || role END
            || CASE WHEN modality = 'asserted' THEN '' ELSE ' (' || modality || ')' END}, (confidence, known_from, claim_id)) AS s
    FROM told
    JOIN mart.bridge_relationship_claim USING (claim_id)
    WHERE predicate IN ('SUPPLIES', 'DEPENDS_ON') AND subject_kind = 'Organization' AND object_kind = 'Organization' AND coalesce(role, '') <> 'software'
    GROUP BY ALL
),
reached AS (
    SELECT h.id, 0 AS hops, h.id AS key, h.s.trust AS weakest, h.s.basis AS basis, [p.name, $place] AS path, [h.s.relation] AS relations, [h.s.id] AS steps
    FROM hit h
    JOIN mart.dim_party p ON p.party_id = h.id
    UNION ALL
    SELECT dependent_id, hops, best.key, best.weakest, 'depends_on_hit', best.path, best.relations, best.steps
    FROM (
        SELECT l.dependent_id, r.hops + 1 AS hops,
            arg_min({key: r.key || '>' || l.dependent_id, weakest: least(r.weakest, l.s.trust), path: list_prepend(p.name, r.path),
                relations: list_prepend(l.s.relation, r.relations), steps: list_prepend(l.s.id, r.steps)},
                (-least(r.weakest, l.s.trust), r.key)) AS best
        FROM reached r
        JOIN links l ON l.needed_id = r.id
        JOIN mart.dim_party p ON p.party_id = l.dependent_id
        WHERE r.hops < least($hops, 3)
        GROUP BY l.dependent_id, r.hops
    )
),
shortest AS (
    SELECT * FROM reached QUALIFY row_number() OVER (PARTITION BY id ORDER BY hops) = 1
)
SELECT s.path[1] AS company, s.hops, s.basis,
    CASE s.basis WHEN 'depends_on_place' THEN 'which of its goods come from there, and how long its stocks last'
        WHEN 'operates_there' THEN 'how much of its work the site does, and whether another can do it'
        WHEN 'sentence_names_place' THEN 'how much of its supply comes from there'
        ELSE 'whether stocks, another source or time bridge the outage' END AS not_known,
    s.path, s.relations, s.steps, s.weakest, list(c.claim_id ORDER BY c.claim_id) AS claim_ids, list(c.quote ORDER BY c.claim_id) AS quotes
FROM (SELECT *, unnest(steps) AS step FROM shortest) s
JOIN mart.fct_claim c ON c.claim_id = s.step
GROUP BY s.id, s.hops, s.basis, s.path, s.relations, s.steps, s.weakest
ORDER BY s.hops, company, s.id
