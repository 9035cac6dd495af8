// title: What no path from equipment to a model company avoids
// question: Which nodes are unavoidable between equipment and deployed model?
// number: 8
// predicates: DEPENDS_ON, SUPPLIES
// param: company company any only this model company, by name, ticker or id
// param: hops integer 4 how many hops a path has at most, 2 to 4; more counts as 4: a longer way round, and one that no document tells, is not seen
// param: as_of date any the day that claims are about: those valid only before or after it are left out; without known validity they stay, and what is told as past counts only with a period around that day
// param: known_on date latest what could be known on that day: later documents, and those closed by then, are left out
// column: node the company on every such path: without it, no told path of so many hops leads from any maker of equipment (by the registry) to the model companies named
// column: segment its segment, by the registry
// column: cut_off how many model companies
// column: reached how many model companies any such path leads to, as the measure of cut_off
// column: companies the model companies cut off
// column: paths for each of them one path, the shortest and among equals the one whose weakest hop is trusted most; what is supplied as software carries no equipment and makes no hop
// column: claim_ids the claims of these paths' hops, each hop's most trusted, sorted
// column: quotes their sentences, in the order of claim_ids
// example: loadpath query find_unavoidable_nodes
MATCH (m:Organization {segment: 'models'})
WHERE $company = 'any' OR m.id = $company
WITH collect({model: m.id, id: m.id, maker: false, key: m.id, weakest: 1.0, common: [m.id], path: [m.name], steps: []}) AS none
CALL (none) {
  UNWIND none AS near
  WITH near
  WHERE NOT near.maker AND $hops >= 1
  WITH near.id AS id, collect(near) AS nears
  CALL (id) {
    MATCH (n:Organization {id: id})-[r:SUPPLIES|DEPENDS_ON]-(d:Organization)
    WHERE ($hops > 1 OR d.segment = 'equipment') AND ((type(r) = 'SUPPLIES' AND endNode(r) = n) OR (type(r) = 'DEPENDS_ON' AND startNode(r) = n))
    UNWIND range(0, size(r.claim_ids) - 1) AS i
    WITH d, r, i
    WHERE r.claim_known_from[i] <= $known_on AND (r.claim_known_to[i] > $known_on OR r.claim_known_to[i] = date('9999-12-31'))
      AND ($as_of IS NULL OR (r.claim_valid_from[i] <= $as_of AND r.claim_valid_to[i] >= $as_of))
      AND (r.claim_modalities[i] <> 'historical' OR ($as_of IS NOT NULL AND r.claim_valid_from[i] <> date('0001-01-01')))
      AND r.claim_roles[i] <> 'software'
    WITH d, r, i ORDER BY d.id, r.claim_confidences[i] DESC, r.claim_known_from[i] DESC, r.claim_ids[i] DESC
    WITH d, collect({id: r.claim_ids[i], trust: r.claim_confidences[i]})[0] AS s
    RETURN collect({id: d.id, name: d.name, maker: coalesce(d.segment, '') = 'equipment', step: s.id, trust: s.trust}) AS links
  }
  UNWIND nears AS near
  UNWIND [l IN links WHERE NOT l.id IN near.common] AS l
  WITH near, l, CASE WHEN l.trust < near.weakest THEN l.trust ELSE near.weakest END AS weakest ORDER BY near.model, l.id, weakest DESC, near.key
  WITH near.model AS model, l.id AS id, collect(near.common) AS commons, collect({maker: l.maker, key: near.key + '>' + l.id, weakest: weakest, path: [l.name] + near.path, steps: [l.step] + near.steps})[0] AS best
  RETURN collect({model: model, id: id, maker: best.maker, key: best.key, weakest: best.weakest, path: best.path, steps: best.steps,
                  common: [v IN commons[0] WHERE size([c IN commons WHERE v IN c]) = size(commons)] + [id]}) AS one
}
CALL (one) {
  UNWIND one AS near
  WITH near
  WHERE NOT near.maker AND $hops >= 2
  WITH near.id AS id, collect(near) AS nears
  CALL (id) {
    MATCH (n:Organization {id: id})-[r:SUPPLIES|DEPENDS_ON]-(d:Organization)
    WHERE ($hops > 2 OR d.segment = 'equipment') AND ((type(r) = 'SUPPLIES' AND endNode(r) = n) OR (type(r) = 'DEPENDS_ON' AND startNode(r) = n))
    UNWIND range(0, size(r.claim_ids) - 1) AS i
    WITH d, r, i
    WHERE r.claim_known_from[i] <= $known_on AND (r.claim_known_to[i] > $known_on OR r.claim_known_to[i] = date('9999-12-31'))
      AND ($as_of IS NULL OR (r.claim_valid_from[i] <= $as_of AND r.claim_valid_to[i] >= $as_of))
      AND (r.claim_modalities[i] <> 'historical' OR ($as_of IS NOT NULL AND r.claim_valid_from[i] <> date('0001-01-01')))
      AND r.claim_roles[i] <> 'software'
    WITH d, r, i ORDER BY d.id, r.claim_confidences[i] DESC, r.claim_known_from[i] DESC, r.claim_ids[i] DESC
    WITH d, collect({id: r.claim_ids[i], trust: r.claim_confidences[i]})[0] AS s
    RETURN collect({id: d.id, name: d.name, maker: coalesce(d.segment, '') = 'equipment', step: s.id, trust: s.trust}) AS links
  }
  UNWIND nears AS near
  UNWIND [l IN links WHERE NOT l.id IN near.common] AS l
  WITH near, l, CASE WHEN l.trust < near.weakest THEN l.trust ELSE near.weakest END AS weakest ORDER BY near.model, l.id, weakest DESC, near.key
  WITH near.model AS model, l.id AS id, collect(near.common) AS commons, collect({maker: l.maker, key: near.key + '>' + l.id, weakest: weakest, path: [l.name] + near.path, steps: [l.step] + near.steps})[0] AS best
  RETURN collect({model: model, id: id, maker: best.maker, key: best.key, weakest: best.weakest, path: best.path, steps: best.steps,
                  common: [v IN commons[0] WHERE size([c IN commons WHERE v IN c]) = size(commons)] + [id]}) AS two
}
CALL (two) {
  UNWIND two AS near
  WITH near
  WHERE NOT near.maker AND $hops >= 3
  WITH near.id AS id, collect(near) AS nears
  CALL (id) {
    MATCH (n:Organization {id: id})-[r:SUPPLIES|DEPENDS_ON]-(d:Organization)
    WHERE ($hops > 3 OR d.segment = 'equipment') AND ((type(r) = 'SUPPLIES' AND endNode(r) = n) OR (type(r) = 'DEPENDS_ON' AND startNode(r) = n))
    UNWIND range(0, size(r.claim_ids) - 1) AS i
    WITH d, r, i
    WHERE r.claim_known_from[i] <= $known_on AND (r.claim_known_to[i] > $known_on OR r.claim_known_to[i] = date('9999-12-31'))
      AND ($as_of IS NULL OR (r.claim_valid_from[i] <= $as_of AND r.claim_valid_to[i] >= $as_of))
      AND (r.claim_modalities[i] <> 'historical' OR ($as_of IS NOT NULL AND r.claim_valid_from[i] <> date('0001-01-01')))
      AND r.claim_roles[i] <> 'software'
    WITH d, r, i ORDER BY d.id, r.claim_confidences[i] DESC, r.claim_known_from[i] DESC, r.claim_ids[i] DESC
    WITH d, collect({id: r.claim_ids[i], trust: r.claim_confidences[i]})[0] AS s
    RETURN collect({id: d.id, name: d.name, maker: coalesce(d.segment, '') = 'equipment', step: s.id, trust: s.trust}) AS links
  }
  UNWIND nears AS near
  UNWIND [l IN links WHERE NOT l.id IN near.common] AS l
  WITH near, l, CASE WHEN l.trust < near.weakest THEN l.trust ELSE near.weakest END AS weakest ORDER BY near.model, l.id, weakest DESC, near.key
  WITH near.model AS model, l.id AS id, collect(near.common) AS commons, collect({maker: l.maker, key: near.key + '>' + l.id, weakest: weakest, path: [l.name] + near.path, steps: [l.step] + near.steps})[0] AS best
  RETURN collect({model: model, id: id, maker: best.maker, key: best.key, weakest: best.weakest, path: best.path, steps: best.steps,
                  common: [v IN commons[0] WHERE size([c IN commons WHERE v IN c]) = size(commons)] + [id]}) AS three
}
CALL (three) {
  UNWIND three AS near
  WITH near
  WHERE NOT near.maker AND $hops >= 4
  WITH near.id AS id, collect(near) AS nears
  CALL (id) {
    MATCH (n:Organization {id: id})-[r:SUPPLIES|DEPENDS_ON]-(d:Organization)
    WHERE d.segment = 'equipment' AND ((type(r) = 'SUPPLIES' AND endNode(r) = n) OR (type(r) = 'DEPENDS_ON' AND startNode(r) = n))
    UNWIND range(0, size(r.claim_ids) - 1) AS i
    WITH d, r, i
    WHERE r.claim_known_from[i] <= $known_on AND (r.claim_known_to[i] > $known_on OR r.claim_known_to[i] = date('9999-12-31'))
      AND ($as_of IS NULL OR (r.claim_valid_from[i] <= $as_of AND r.claim_valid_to[i] >= $as_of))
      AND (r.claim_modalities[i] <> 'historical' OR ($as_of IS NOT NULL AND r.claim_valid_from[i] <> date('0001-01-01')))
      AND r.claim_roles[i] <> 'software'
    WITH d, r, i ORDER BY d.id, r.claim_confidences[i] DESC, r.claim_known_from[i] DESC, r.claim_ids[i] DESC
    WITH d, collect({id: r.claim_ids[i], trust: r.claim_confidences[i]})[0] AS s
    RETURN collect({id: d.id, name: d.name, maker: coalesce(d.segment, '') = 'equipment', step: s.id, trust: s.trust}) AS links
  }
  UNWIND nears AS near
  UNWIND [l IN links WHERE NOT l.id IN near.common] AS l
  WITH near, l, CASE WHEN l.trust < near.weakest THEN l.trust ELSE near.weakest END AS weakest ORDER BY near.model, l.id, weakest DESC, near.key
  WITH near.model AS model, l.id AS id, collect(near.common) AS commons, collect({maker: l.maker, key: near.key + '>' + l.id, weakest: weakest, path: [l.name] + near.path, steps: [l.step] + near.steps})[0] AS best
  RETURN collect({model: model, id: id, maker: best.maker, key: best.key, weakest: best.weakest, path: best.path, steps: best.steps,
                  common: [v IN commons[0] WHERE size([c IN commons WHERE v IN c]) = size(commons)] + [id]}) AS four
}
UNWIND [x IN one + two + three + four WHERE x.maker] AS x
WITH x ORDER BY x.model, size(x.steps), x.weakest DESC, x.key
WITH x.model AS model, collect(x) AS ways
WITH collect({model: model, path: ways[0].path, steps: ways[0].steps, common: [v IN ways[0].common WHERE size([w IN ways WHERE v IN w.common]) = size(ways)]}) AS models
UNWIND models AS x
UNWIND x.common AS id
WITH size(models) AS reached, x, id
WHERE id <> x.model
MATCH (n:Organization {id: id})
WHERE coalesce(n.segment, '') <> 'equipment'
WITH reached, n, x ORDER BY n.id, x.path[size(x.path) - 1], x.model
WITH reached, n, collect(x) AS cut
UNWIND cut AS x
UNWIND x.steps AS step
WITH DISTINCT reached, n, cut, step
MATCH (c:Claim {id: step})
WITH reached, n, cut, c ORDER BY n.id, c.id
WITH reached, n, cut, collect(c.id) AS claim_ids, collect(c.quote) AS quotes
RETURN n.name AS node, coalesce(n.segment, '') AS segment, size(cut) AS cut_off, reached, [x IN cut | x.path[size(x.path) - 1]] AS companies,
       [x IN cut | reduce(text = x.path[0], name IN tail(x.path) | text + ' > ' + name)] AS paths, claim_ids, quotes
ORDER BY cut_off DESC, node, n.id
