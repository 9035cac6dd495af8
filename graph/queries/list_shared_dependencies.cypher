// title: What two companies both depend on
// question: Which upstream dependencies do two companies share, directly or over one company between?
// number: 23
// predicates: DEPENDS_ON, SUPPLIES
// param: company company NVIDIA name, ticker or id of the one company
// param: other company AMD name, ticker or id of the other
// param: hops integer 2 how many hops at most on each side, 1 or 2; more counts as 2
// param: as_of date any the day that claims are about: those valid only before or after it are left out; without known validity they stay, and what is told as past counts only with a period around that day
// param: known_on date latest what could be known on that day: later documents, and those closed by then, are left out
// column: dependency what both need: a company, an offering, a site or a place
// column: kind which of these
// column: path from the one company to it; the shortest, and among equals the one whose weakest hop is trusted most
// column: relations of each hop, in that order: DEPENDS_ON (the first of the two depends) or SUPPLIES (the second supplies it) with what; what is supplied as software does not carry on what its maker buys, so it is no first of two hops
// column: steps the claim shown for each hop, in that order: the most trusted, the newest among equals
// column: other_path from the other company to it
// column: other_relations of each of its hops
// column: other_steps the claim of each of its hops
// column: claim_ids the claims of all steps, sorted
// column: quotes their sentences, in the order of claim_ids
// example: loadpath query list_shared_dependencies --param company=NVIDIA --param other=AMD
UNWIND [$company, $other] AS side
CALL (side) {
  MATCH (m:Organization {id: side})-[r:SUPPLIES|DEPENDS_ON]-(d:Organization|Offering|Facility|Place)
  WHERE (type(r) = 'SUPPLIES' AND endNode(r).id = m.id) OR (type(r) = 'DEPENDS_ON' AND startNode(r).id = m.id)
  UNWIND range(0, size(r.claim_ids) - 1) AS i
  WITH m, d, r, i
  WHERE r.claim_known_from[i] <= $known_on AND (r.claim_known_to[i] > $known_on OR r.claim_known_to[i] = date('9999-12-31'))
    AND ($as_of IS NULL OR (r.claim_valid_from[i] <= $as_of AND r.claim_valid_to[i] >= $as_of))
    AND (r.claim_modalities[i] <> 'historical' OR ($as_of IS NOT NULL AND r.claim_valid_from[i] <> date('0001-01-01')))
  WITH m, d, r, i ORDER BY d.id, r.claim_confidences[i] DESC, r.claim_known_from[i] DESC, r.claim_ids[i] DESC
  WITH m, d, collect({id: r.claim_ids[i], trust: r.claim_confidences[i], role: r.claim_roles[i], relation: type(r) + CASE WHEN r.claim_roles[i] IN ['', 'other'] THEN '' ELSE ' ' + r.claim_roles[i] END + CASE WHEN r.claim_modalities[i] = 'asserted' THEN '' ELSE ' (' + r.claim_modalities[i] + ')' END}) AS said
  RETURN collect({id: d.id, name: d.name, kind: labels(d)[0], hops: 1, key: d.id, path: [m.name, d.name], said: said}) AS one
}
CALL (side, one) {
  UNWIND one AS near
  WITH side, near, [x IN near.said WHERE x.role <> 'software'][0] AS first
  WHERE near.kind = 'Organization' AND first IS NOT NULL AND $hops > 1
  MATCH (m:Organization {id: near.id})-[r:SUPPLIES|DEPENDS_ON]-(d:Organization|Offering|Facility|Place)
  WHERE d.id <> side AND ((type(r) = 'SUPPLIES' AND endNode(r).id = m.id) OR (type(r) = 'DEPENDS_ON' AND startNode(r).id = m.id))
  UNWIND range(0, size(r.claim_ids) - 1) AS i
  WITH near, first, d, r, i
  WHERE r.claim_known_from[i] <= $known_on AND (r.claim_known_to[i] > $known_on OR r.claim_known_to[i] = date('9999-12-31'))
    AND ($as_of IS NULL OR (r.claim_valid_from[i] <= $as_of AND r.claim_valid_to[i] >= $as_of))
    AND (r.claim_modalities[i] <> 'historical' OR ($as_of IS NOT NULL AND r.claim_valid_from[i] <> date('0001-01-01')))
  WITH near, first, d, r, i, CASE WHEN r.claim_confidences[i] < first.trust THEN r.claim_confidences[i] ELSE first.trust END AS weakest
  ORDER BY d.id, weakest DESC, near.id, r.claim_confidences[i] DESC, r.claim_known_from[i] DESC, r.claim_ids[i] DESC
  WITH d, collect({key: near.id + '>' + d.id, path: near.path + [d.name], relations: [first.relation, type(r) + CASE WHEN r.claim_roles[i] IN ['', 'other'] THEN '' ELSE ' ' + r.claim_roles[i] END + CASE WHEN r.claim_modalities[i] = 'asserted' THEN '' ELSE ' (' + r.claim_modalities[i] + ')' END], steps: [first.id, r.claim_ids[i]]})[0] AS best
  RETURN collect({id: d.id, name: d.name, kind: labels(d)[0], hops: 2, path: best.path, relations: best.relations, steps: best.steps}) AS two
}
WITH side, [x IN one | {id: x.id, name: x.name, kind: x.kind, hops: 1, path: x.path, relations: [x.said[0].relation], steps: [x.said[0].id]}] AS one, two
WITH side, one, two, [x IN one | x.id] AS direct
WITH side, one + [x IN two WHERE NOT x.id IN direct] AS needs
WITH collect({side: side, needs: needs}) AS sides
WITH [s IN sides WHERE s.side = $company][0].needs AS left, [s IN sides WHERE s.side = $other][0].needs AS right
UNWIND left AS x
UNWIND right AS y
WITH x, y
WHERE x.id = y.id AND NOT x.id IN [$company, $other]
UNWIND x.steps + y.steps AS step
WITH DISTINCT x, y, step
MATCH (c:Claim {id: step})
WITH x, y, c ORDER BY x.id, c.id
WITH x, y, collect(c.id) AS claim_ids, collect(c.quote) AS quotes
RETURN x.name AS dependency, x.kind AS kind, x.path AS path, x.relations AS relations, x.steps AS steps,
       y.path AS other_path, y.relations AS other_relations, y.steps AS other_steps, claim_ids, quotes
ORDER BY x.hops + y.hops, dependency, x.id
