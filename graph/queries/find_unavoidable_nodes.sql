-- The SQL twin of find_unavoidable_nodes.cypher: same parameters, same rows, same order.
-- `common` are the nodes of every path of so many hops from the model company up to a node: the nodes common to what leads there, and itself.
WITH RECURSIVE links AS (
    SELECT CASE predicate WHEN 'SUPPLIES' THEN object_id ELSE subject_id END AS dependent_id,
        CASE predicate WHEN 'SUPPLIES' THEN subject_id ELSE object_id END AS needed_id,
        arg_max({id: claim_id, trust: confidence}, (confidence, known_from, claim_id)) AS s
    FROM mart.claims_at($as_of, $known_on)
    JOIN mart.bridge_relationship_claim USING (claim_id)
    WHERE predicate IN ('SUPPLIES', 'DEPENDS_ON') AND subject_kind = 'Organization' AND object_kind = 'Organization' AND coalesce(role, '') <> 'software'
        AND (modality <> 'historical' OR ($as_of IS NOT NULL AND valid_from IS NOT NULL))
    GROUP BY ALL
),
reached AS (
    SELECT party_id AS model, party_id AS id, false AS maker, 0 AS hops, party_id AS key, 1.0::DOUBLE AS weakest, [party_id] AS common,
        [name] AS path, []::VARCHAR[] AS steps
    FROM mart.dim_party
    WHERE kind = 'Organization' AND segment = 'models' AND ($company = 'any' OR party_id = $company)
    UNION ALL
    SELECT model, id, maker, hops, best.key, best.weakest, list_append(list_reduce(commons, lambda a, b: list_intersect(a, b)), id), best.path, best.steps
    FROM (
        SELECT r.model, l.needed_id AS id, p.segment = 'equipment' AS maker, r.hops + 1 AS hops, list(r.common) AS commons,
            arg_min({key: r.key || '>' || l.needed_id, weakest: least(r.weakest, l.s.trust), path: list_prepend(p.name, r.path),
                steps: list_prepend(l.s.id, r.steps)}, (-least(r.weakest, l.s.trust), r.key)) AS best
        FROM reached r
        JOIN links l ON l.dependent_id = r.id
        JOIN mart.dim_party p ON p.party_id = l.needed_id
        WHERE r.hops < least($hops, 4) AND NOT r.maker AND NOT list_contains(r.common, l.needed_id)
        GROUP BY ALL
    )
),
models AS (
    SELECT model, arg_min({path: path, steps: steps}, (hops, -weakest, key)) AS way, list_reduce(list(common), lambda a, b: list_intersect(a, b)) AS common
    FROM reached
    WHERE maker
    GROUP BY model
),
cut AS (
    SELECT n.party_id AS id, n.name AS node, n.segment, m.model, m.way.path[-1] AS company, array_to_string(m.way.path, ' > ') AS path, m.way.steps AS steps
    FROM (SELECT *, unnest(common) AS id FROM models) m
    JOIN mart.dim_party n ON n.party_id = m.id
    WHERE m.id <> m.model AND n.segment <> 'equipment'
),
told AS (
    SELECT s.id, list(c.claim_id ORDER BY c.claim_id) AS claim_ids, list(c.quote ORDER BY c.claim_id) AS quotes
    FROM (SELECT DISTINCT id, unnest(steps) AS step FROM cut) s
    JOIN mart.fct_claim c ON c.claim_id = s.step
    GROUP BY s.id
)
SELECT node, segment, count(*) AS cut_off, (SELECT count(*) FROM models) AS reached, list(company ORDER BY company, model) AS companies,
    list(path ORDER BY company, model) AS paths, any_value(claim_ids) AS claim_ids, any_value(quotes) AS quotes
FROM cut
JOIN told USING (id)
GROUP BY id, node, segment
ORDER BY cut_off DESC, node, id
