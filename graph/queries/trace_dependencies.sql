-- The SQL twin of trace_dependencies.cypher: same parameters, same rows, same order.
WITH RECURSIVE said AS (
    SELECT claim_id, predicate, confidence, known_from, quote, coalesce(role, '') AS role,
        CASE predicate WHEN 'SUPPLIES' THEN object_id ELSE subject_id END AS dependent_id,
        CASE predicate WHEN 'SUPPLIES' THEN subject_id ELSE object_id END AS needed_id,
        predicate || CASE WHEN coalesce(role, 'other') = 'other' THEN '' ELSE ' ' || role END
            || CASE WHEN modality = 'asserted' THEN '' ELSE ' (' || modality || ')' END AS relation
    FROM mart.claims_at($as_of, $known_on)
    JOIN mart.bridge_relationship_claim USING (claim_id)
    WHERE predicate IN ('SUPPLIES', 'DEPENDS_ON') AND subject_kind = 'Organization' AND object_kind = 'Organization'
        AND (modality <> 'historical' OR ($as_of IS NOT NULL AND valid_from IS NOT NULL))
),
-- The best claim of each hop: next to the company the role decides, further out what is supplied must carry what is bought.
links AS (
    SELECT dependent_id, needed_id, true AS first, arg_max({id: claim_id, trust: confidence, relation: relation}, (confidence, known_from, claim_id)) AS s
    FROM said
    WHERE needed_id = $company
        AND ($role = 'any' OR role = $role OR (role IN ('', 'other') AND contains(lower(quote), replace($role, '_', ' '))))
    GROUP BY ALL
    UNION ALL
    SELECT dependent_id, needed_id, false, arg_max({id: claim_id, trust: confidence, relation: relation}, (confidence, known_from, claim_id))
    FROM said
    WHERE role <> 'software' AND dependent_id <> $company
    GROUP BY ALL
),
reached AS (
    SELECT party_id AS id, 0 AS hops, party_id AS key, 1.0::DOUBLE AS weakest, [name] AS path, []::VARCHAR[] AS relations, []::VARCHAR[] AS steps
    FROM mart.dim_party
    WHERE party_id = $company AND kind = 'Organization'
    UNION ALL
    SELECT dependent_id, hops, best.key, best.weakest, best.path, best.relations, best.steps
    FROM (
        SELECT l.dependent_id, r.hops + 1 AS hops,
            arg_min({key: r.key || '>' || l.dependent_id, weakest: least(r.weakest, l.s.trust), path: list_prepend(p.name, r.path),
                relations: list_prepend(l.s.relation, r.relations), steps: list_prepend(l.s.id, r.steps)},
                (-least(r.weakest, l.s.trust), r.key)) AS best
        FROM reached r
        JOIN links l ON l.needed_id = r.id AND l.first = (r.hops = 0)
        JOIN mart.dim_party p ON p.party_id = l.dependent_id
        WHERE r.hops < least($hops, 4)
        GROUP BY l.dependent_id, r.hops
    )
),
shortest AS (
    SELECT * FROM reached WHERE hops > 0 QUALIFY row_number() OVER (PARTITION BY id ORDER BY hops) = 1
)
SELECT s.path[1] AS dependent, s.hops, s.path, s.relations, s.steps, s.weakest,
    list(c.claim_id ORDER BY c.claim_id) AS claim_ids, list(c.quote ORDER BY c.claim_id) AS quotes
FROM (SELECT *, unnest(steps) AS step FROM shortest) s
JOIN mart.fct_claim c ON c.claim_id = s.step
GROUP BY s.id, s.hops, s.path, s.relations, s.steps, s.weakest
ORDER BY s.hops, dependent, s.id
