-- The SQL twin of list_shared_dependencies.cypher: same parameters, same rows, same order.
WITH RECURSIVE said AS (
    SELECT claim_id, confidence, known_from, coalesce(role, '') AS role,
        CASE predicate WHEN 'SUPPLIES' THEN object_id ELSE subject_id END AS dependent_id,
        CASE predicate WHEN 'SUPPLIES' THEN subject_id ELSE object_id END AS needed_id,
        CASE predicate WHEN 'SUPPLIES' THEN subject_kind ELSE object_kind END AS needed_kind,
        predicate || CASE WHEN coalesce(role, 'other') = 'other' THEN '' ELSE ' ' || role END
            || CASE WHEN modality = 'asserted' THEN '' ELSE ' (' || modality || ')' END AS relation
    FROM mart.claims_at($as_of, $known_on)
    JOIN mart.bridge_relationship_claim USING (claim_id)
    WHERE predicate IN ('SUPPLIES', 'DEPENDS_ON')
        AND CASE predicate WHEN 'SUPPLIES' THEN object_kind ELSE subject_kind END = 'Organization'
        AND CASE predicate WHEN 'SUPPLIES' THEN subject_kind ELSE object_kind END IN ('Organization', 'Offering', 'Facility', 'Place')
        AND (modality <> 'historical' OR ($as_of IS NOT NULL AND valid_from IS NOT NULL))
),
-- The best claim of each hop: of all, and of those over which one goes on.
links AS (
    SELECT dependent_id, needed_id, needed_kind, arg_max({id: claim_id, trust: confidence, relation: relation}, (confidence, known_from, claim_id)) AS s,
        arg_max({id: claim_id, trust: confidence, relation: relation}, (confidence, known_from, claim_id)) FILTER (role <> 'software') AS carrying
    FROM said
    GROUP BY ALL
),
reached AS (
    SELECT party_id AS side, party_id AS id, kind, 0 AS hops, '' AS key, 1.0::DOUBLE AS weakest, 1.0::DOUBLE AS carried,
        [name] AS path, []::VARCHAR[] AS relations, []::VARCHAR[] AS steps, []::VARCHAR[] AS on_relations, []::VARCHAR[] AS on_steps
    FROM mart.dim_party
    WHERE party_id IN ($company, $other) AND kind = 'Organization'
    UNION ALL
    SELECT side, needed_id, needed_kind, hops, best.key, best.weakest, best.carried, best.path, best.relations, best.steps, best.on_relations, best.on_steps
    FROM (
        SELECT r.side, l.needed_id, l.needed_kind, r.hops + 1 AS hops,
            arg_min({key: l.needed_id, weakest: least(r.carried, l.s.trust), carried: l.carrying.trust, path: list_append(r.path, p.name),
                relations: list_append(r.on_relations, l.s.relation), steps: list_append(r.on_steps, l.s.id),
                on_relations: list_append(r.on_relations, l.carrying.relation), on_steps: list_append(r.on_steps, l.carrying.id)},
                (-least(r.carried, l.s.trust), r.key)) AS best
        FROM reached r
        JOIN links l ON l.dependent_id = r.id
        JOIN mart.dim_party p ON p.party_id = l.needed_id
        WHERE r.hops < least($hops, 2) AND r.kind = 'Organization' AND r.carried IS NOT NULL AND l.needed_id <> r.side
        GROUP BY ALL
    )
),
needs AS (
    SELECT * FROM reached WHERE hops > 0 QUALIFY row_number() OVER (PARTITION BY side, id ORDER BY hops) = 1
),
shared AS (
    SELECT x.id, p.name, x.kind, x.hops + y.hops AS hops, x.path, x.relations, x.steps,
        y.path AS other_path, y.relations AS other_relations, y.steps AS other_steps
    FROM needs x
    JOIN needs y ON y.id = x.id AND y.side = $other
    JOIN mart.dim_party p ON p.party_id = x.id
    WHERE x.side = $company AND x.id NOT IN ($company, $other)
)
SELECT s.name AS dependency, s.kind, s.path, s.relations, s.steps, s.other_path, s.other_relations, s.other_steps,
    list(c.claim_id ORDER BY c.claim_id) AS claim_ids, list(c.quote ORDER BY c.claim_id) AS quotes
FROM (SELECT *, unnest(list_distinct(steps || other_steps)) AS step FROM shared) s
JOIN mart.fct_claim c ON c.claim_id = s.step
GROUP BY s.id, s.hops, s.name, s.kind, s.path, s.relations, s.steps, s.other_path, s.other_relations, s.other_steps
ORDER BY s.hops, dependency, s.id
