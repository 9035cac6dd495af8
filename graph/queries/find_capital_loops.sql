-- The SQL twin of find_capital_loops.cypher: same parameters, same rows, same order.
WITH RECURSIVE said AS (
    SELECT relationship_id, predicate, subject_id, object_id,
        arg_min({id: claim_id, amount: coalesce(amount, ''), told: known_from,
            extra: CASE WHEN coalesce(kind, '') || coalesce(role, '') IN ('', 'other') THEN '' ELSE ', ' || coalesce(kind, '') || coalesce(role, '') END
                || CASE WHEN modality = 'asserted' THEN '' ELSE ' (' || modality || ')' END,
            valid: CASE WHEN valid_from IS NULL AND valid_to IS NULL THEN ''
                ELSE coalesce(valid_from::VARCHAR, '') || '..' || coalesce(valid_to::VARCHAR, '') END},
            (coalesce(amount, '') = '', -confidence, -epoch(known_from), -place)) AS s
    FROM (
        SELECT *, row_number() OVER (ORDER BY claim_id) AS place
        FROM mart.claims_at($as_of, $known_on)
        JOIN mart.bridge_relationship_claim USING (claim_id)
        WHERE predicate IN ('FINANCES', 'OWNS', 'COMMITS_TO', 'SUPPLIES') AND subject_kind = 'Organization' AND object_kind = 'Organization'
            AND (modality <> 'historical' OR ($as_of IS NOT NULL AND valid_from IS NOT NULL))
    )
    GROUP BY ALL
),
-- Each relation in the direction in which money runs; what is owned earns for its owner.
runs AS (
    SELECT subject_id AS from_id, object_id AS to_id, *, predicate IN ('FINANCES', 'OWNS') AS capital, predicate = 'COMMITS_TO' AS trade
    FROM said WHERE predicate IN ('FINANCES', 'OWNS', 'COMMITS_TO')
    UNION ALL
    SELECT object_id, subject_id, *, false, predicate = 'SUPPLIES' FROM said WHERE predicate IN ('SUPPLIES', 'OWNS')
),
pairs AS (
    SELECT from_id, to_id, bool_or(capital) AS capital, bool_or(trade) AS trade FROM runs GROUP BY ALL
),
walks AS (
    SELECT from_id AS first, to_id AS last, [from_id, to_id] AS ids FROM pairs
    WHERE ($company = 'any' AND to_id > from_id) OR from_id = $company
    UNION ALL
    SELECT w.first, p.to_id, list_append(w.ids, p.to_id)
    FROM walks w
    JOIN pairs p ON p.from_id = w.last
    WHERE w.last <> w.first AND len(w.ids) <= least($edges, 4)
        AND (p.to_id = w.first OR (len(w.ids) < least($edges, 4) AND NOT list_contains(w.ids, p.to_id) AND ($company <> 'any' OR p.to_id > w.first)))
),
turns AS (
    SELECT w.ids, len(w.ids) - 1 AS edges, k, w.ids[k] AS id, p.capital, p.trade,
        count(*) FILTER (p.trade) OVER (PARTITION BY w.ids) - p.trade::INTEGER AS other_trades,
        list(k) FILTER (NOT p.capital AND NOT p.trade) OVER (PARTITION BY w.ids) AS owned
    FROM (SELECT ids, unnest(range(1, len(ids))) AS k FROM walks WHERE last = first) w
    JOIN pairs p ON p.from_id = w.ids[k] AND p.to_id = w.ids[k + 1]
),
loops AS (
    -- What is owned earns for its owner only where the owner is the investor: as the last step.
    SELECT ids, edges, arg_min(k, id) AS start
    FROM turns
    WHERE capital AND other_trades > 0 AND (owned IS NULL OR owned = [(k + edges - 2) % edges + 1])
    GROUP BY ids, edges
),
turned AS (
    SELECT l.edges, list(l.ids[(l.start - 1 + j) % l.edges + 1] ORDER BY j) AS ids
    FROM (SELECT *, unnest(range(0, edges + 1)) AS j FROM loops) l
    GROUP BY l.ids, l.edges
),
told AS (
    SELECT t.edges, t.ids, list(s.name || ' ' || r.predicate || ' ' || o.name || r.s.extra ORDER BY t.k, r.predicate, r.relationship_id) AS relations,
        list(r.s.amount ORDER BY t.k, r.predicate, r.relationship_id) AS amounts, list(r.s.valid ORDER BY t.k, r.predicate, r.relationship_id) AS valid,
        list(r.s.told ORDER BY t.k, r.predicate, r.relationship_id) AS told, list(r.s.id ORDER BY t.k, r.predicate, r.relationship_id) AS steps
    FROM (SELECT *, unnest(range(1, edges + 1)) AS k FROM turned) t
    JOIN runs r ON r.from_id = t.ids[t.k] AND r.to_id = t.ids[t.k + 1]
        AND (r.capital OR r.trade OR (t.k = t.edges AND t.edges > 2))
    JOIN mart.dim_party s ON s.party_id = r.subject_id
    JOIN mart.dim_party o ON o.party_id = r.object_id
    GROUP BY t.edges, t.ids
),
named AS (
    SELECT t.ids, list(p.name ORDER BY t.k) AS path
    FROM (SELECT ids, unnest(range(1, len(ids) + 1)) AS k FROM turned) t
    JOIN mart.dim_party p ON p.party_id = t.ids[t.k]
    GROUP BY t.ids
)
SELECT n.path[1] AS investor, t.edges, n.path, t.relations, t.amounts, t.valid, t.told, t.steps,
    list(c.claim_id ORDER BY c.claim_id) AS claim_ids, list(c.quote ORDER BY c.claim_id) AS quotes
FROM (SELECT *, unnest(steps) AS step FROM told) t
JOIN named n USING (ids)
JOIN mart.fct_claim c ON c.claim_id = t.step
GROUP BY t.edges, t.ids, n.path, t.relations, t.amounts, t.valid, t.told, t.steps
ORDER BY t.edges, investor, t.ids
