// title: Dependents of a company, hop by hop
// question: Which companies depend within some hops on a company, for what, and by which path?
// number: 1
// predicates: DEPENDS_ON, SUPPLIES
// param: company company TSMC name, ticker or id of the company on which others depend
// param: hops integer 3 how many hops at most, 1 to 4; more counts as 4
// param: role text any what it is needed for, in the words of SUPPLIES, such as packaging: then the hop next to the company must say so, by its role or, where it says none, in its sentence
// param: as_of date any the day that claims are about: those valid only before or after it are left out; without known validity they stay, and what is told as past counts only with a period around that day
// param: known_on date latest what could be known on that day: later documents, and those closed by then, are left out
// column: dependent the company that depends, once, by its shortest path; where there are several, by the one whose weakest hop is trusted most
// column: hops how many
// column: path the companies from the dependent to the company asked about
// column: relations of each hop, in that order: DEPENDS_ON (the first of the two depends) or SUPPLIES (the second supplies it) with what; what a company supplies as software does not carry on what it buys, so it makes no further hop
// column: steps the claim shown for each hop, in that order: the most trusted, the newest among equals
// column: weakest the trust in the weakest hop
// column: claim_ids the claims of the steps, sorted
// column: quotes their sentences, in the order of claim_ids
// example: loadpath query trace_dependencies --param company=TSMC --param role=packaging
MATCH (t:Organization {id: $company})
CALL (t) {
  MATCH (t)-[r:SUPPLIES|DEPENDS_ON]-(d:Organization)
  WHERE (type(r) = 'SUPPLIES' AND startNode(r).id = t.id) OR (type(r) = 'DEPENDS_ON' AND endNode(r).id = t.id)
  UNWIND r.claim_ids AS claim_id
  MATCH (c:Claim {id: claim_id})
  WHERE c.known_from <= $known_on AND (c.known_to IS NULL OR c.known_to > $known_on)
    AND ($as_of IS NULL OR ((c.valid_from IS NULL OR c.valid_from <= $as_of) AND (c.valid_to IS NULL OR c.valid_to >= $as_of)))
    AND (c.modality <> 'historical' OR ($as_of IS NOT NULL AND c.valid_from IS NOT NULL))
    AND ($role = 'any' OR c.role = $role OR (coalesce(c.role, 'other') = 'other' AND toLower(c.quote) CONTAINS replace($role, '_', ' ')))
  WITH t, d, c ORDER BY d.id, c.confidence DESC, c.known_from DESC, c.id DESC
  WITH t, d, collect({id: c.id, trust: c.confidence, predicate: c.predicate, role: coalesce(c.role, ''), force: c.modality})[0] AS s
  RETURN collect({id: d.id, hops: 1, key: t.id + '>' + d.id, weakest: s.trust, path: [d.name, t.name], relations: [s.predicate + CASE WHEN s.role IN ['', 'other'] THEN '' ELSE ' ' + s.role END + CASE WHEN s.force = 'asserted' THEN '' ELSE ' (' + s.force + ')' END], steps: [s.id]}) AS one
}
CALL (one) {
  UNWIND one AS near
  MATCH (n:Organization {id: near.id})-[r:SUPPLIES|DEPENDS_ON]-(d:Organization)
  WHERE near.hops < $hops AND d.id <> $company
    AND ((type(r) = 'SUPPLIES' AND startNode(r).id = n.id) OR (type(r) = 'DEPENDS_ON' AND endNode(r).id = n.id))
  UNWIND range(0, size(r.claim_ids) - 1) AS i
  WITH near, d, r, i
  WHERE r.claim_known_from[i] <= $known_on AND (r.claim_known_to[i] > $known_on OR r.claim_known_to[i] = date('9999-12-31'))
    AND ($as_of IS NULL OR (r.claim_valid_from[i] <= $as_of AND r.claim_valid_to[i] >= $as_of))
    AND (r.claim_modalities[i] <> 'historical' OR ($as_of IS NOT NULL AND r.claim_valid_from[i] <> date('0001-01-01')))
    AND r.claim_roles[i] <> 'software'
  WITH near, d, r, i ORDER BY near.id, d.id, r.claim_confidences[i] DESC, r.claim_known_from[i] DESC, r.claim_ids[i] DESC
  WITH near, d, collect({id: r.claim_ids[i], trust: r.claim_confidences[i], predicate: type(r), role: r.claim_roles[i], force: r.claim_modalities[i]})[0] AS s
  WITH near, d, s, CASE WHEN s.trust < near.weakest THEN s.trust ELSE near.weakest END AS weakest ORDER BY d.id, weakest DESC, near.key
  WITH d, collect({hops: near.hops + 1, key: near.key + '>' + d.id, weakest: weakest, path: [d.name] + near.path, relations: [s.predicate + CASE WHEN s.role IN ['', 'other'] THEN '' ELSE ' ' + s.role END + CASE WHEN s.force = 'asserted' THEN '' ELSE ' (' + s.force + ')' END] + near.relations, steps: [s.id] + near.steps})[0] AS best
  RETURN collect({id: d.id, hops: best.hops, key: best.key, weakest: best.weakest, path: best.path, relations: best.relations, steps: best.steps}) AS two
}
CALL (two) {
  UNWIND two AS near
  MATCH (n:Organization {id: near.id})-[r:SUPPLIES|DEPENDS_ON]-(d:Organization)
  WHERE near.hops < $hops AND d.id <> $company
    AND ((type(r) = 'SUPPLIES' AND startNode(r).id = n.id) OR (type(r) = 'DEPENDS_ON' AND endNode(r).id = n.id))
  UNWIND range(0, size(r.claim_ids) - 1) AS i
  WITH near, d, r, i
  WHERE r.claim_known_from[i] <= $known_on AND (r.claim_known_to[i] > $known_on OR r.claim_known_to[i] = date('9999-12-31'))
    AND ($as_of IS NULL OR (r.claim_valid_from[i] <= $as_of AND r.claim_valid_to[i] >= $as_of))
    AND (r.claim_modalities[i] <> 'historical' OR ($as_of IS NOT NULL AND r.claim_valid_from[i] <> date('0001-01-01')))
    AND r.claim_roles[i] <> 'software'
  WITH near, d, r, i ORDER BY near.id, d.id, r.claim_confidences[i] DESC, r.claim_known_from[i] DESC, r.claim_ids[i] DESC
  WITH near, d, collect({id: r.claim_ids[i], trust: r.claim_confidences[i], predicate: type(r), role: r.claim_roles[i], force: r.claim_modalities[i]})[0] AS s
  WITH near, d, s, CASE WHEN s.trust < near.weakest THEN s.trust ELSE near.weakest END AS weakest ORDER BY d.id, weakest DESC, near.key
  WITH d, collect({hops: near.hops + 1, key: near.key + '>' + d.id, weakest: weakest, path: [d.name] + near.path, relations: [s.predicate + CASE WHEN s.role IN ['', 'other'] THEN '' ELSE ' ' + s.role END + CASE WHEN s.force = 'asserted' THEN '' ELSE ' (' + s.force + ')' END] + near.relations, steps: [s.id] + near.steps})[0] AS best
  RETURN collect({id: d.id, hops: best.hops, key: best.key, weakest: best.weakest, path: best.path, relations: best.relations, steps: best.steps}) AS three
}
CALL (three) {
  UNWIND three AS near
  MATCH (n:Organization {id: near.id})-[r:SUPPLIES|DEPENDS_ON]-(d:Organization)
  WHERE near.hops < $hops AND d.id <> $company
    AND ((type(r) = 'SUPPLIES' AND startNode(r).id = n.id) OR (type(r) = 'DEPENDS_ON' AND endNode(r).id = n.id))
  UNWIND range(0, size(r.claim_ids) - 1) AS i
  WITH near, d, r, i
  WHERE r.claim_known_from[i] <= $known_on AND (r.claim_known_to[i] > $known_on OR r.claim_known_to[i] = date('9999-12-31'))
    AND ($as_of IS NULL OR (r.claim_valid_from[i] <= $as_of AND r.claim_valid_to[i] >= $as_of))
    AND (r.claim_modalities[i] <> 'historical' OR ($as_of IS NOT NULL AND r.claim_valid_from[i] <> date('0001-01-01')))
    AND r.claim_roles[i] <> 'software'
  WITH near, d, r, i ORDER BY near.id, d.id, r.claim_confidences[i] DESC, r.claim_known_from[i] DESC, r.claim_ids[i] DESC
  WITH near, d, collect({id: r.claim_ids[i], trust: r.claim_confidences[i], predicate: type(r), role: r.claim_roles[i], force: r.claim_modalities[i]})[0] AS s
  WITH near, d, s, CASE WHEN s.trust < near.weakest THEN s.trust ELSE near.weakest END AS weakest ORDER BY d.id, weakest DESC, near.key
  WITH d, collect({hops: near.hops + 1, key: near.key + '>' + d.id, weakest: weakest, path: [d.name] + near.path, relations: [s.predicate + CASE WHEN s.role IN ['', 'other'] THEN '' ELSE ' ' + s.role END + CASE WHEN s.force = 'asserted' THEN '' ELSE ' (' + s.force + ')' END] + near.relations, steps: [s.id] + near.steps})[0] AS best
  RETURN collect({id: d.id, hops: best.hops, key: best.key, weakest: best.weakest, path: best.path, relations: best.relations, steps: best.steps}) AS four
}
UNWIND one + two + three + four AS x
WITH x ORDER BY x.id, x.hops
WITH x.id AS id, collect(x)[0] AS x
UNWIND x.steps AS step
MATCH (c:Claim {id: step})
WITH id, x, c ORDER BY id, c.id
WITH id, x, collect(c.id) AS claim_ids, collect(c.quote) AS quotes
RETURN x.path[0] AS dependent, x.hops AS hops, x.path AS path, x.relations AS relations, x.steps AS steps, x.weakest AS weakest, claim_ids, quotes
ORDER BY hops, dependent, id
