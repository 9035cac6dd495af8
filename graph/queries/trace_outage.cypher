// title: What rests on a place
// question: What breaks if a place cannot be reached for some days?
// number: 9
// predicates: DEPENDS_ON, EXPOSED_TO, OPERATES, SUPPLIES
// param: place text Taiwan name of a country, region, state or town, as texts write it
// param: days integer 90 how long the outage lasts: claims about any day from as_of on, for so many days, count; without as_of all do
// param: hops integer 2 how many hops at most from those hit at once to those who depend on them, 0 to 3; more counts as 3
// param: as_of date any the first day of the outage: claims valid only before it or after its last day are left out; without known validity they stay, and what is told as past counts only with a period around it
// param: known_on date latest what could be known on that day: later documents, and those closed by then, are left out
// column: company who is hit, once, by the shortest path; among equals by the one whose weakest hop is trusted most
// column: hops 0 where it is hit at once, else how many hops from one that is
// column: basis depends_on_place (it says that it depends on the place), operates_there (it runs a site there), sentence_names_place (its dependence on unnamed suppliers or on another place, or its exposure to a scarcity, is told in a sentence that names the place) or depends_on_hit (it depends on a company that is hit)
// column: not_known what the graph cannot tell of this row, and a reader must find out elsewhere
// column: path from the company to the place
// column: relations of each hop, in that order: DEPENDS_ON (the first of the two depends) or SUPPLIES (the second supplies it) with what; what a company supplies as software does not carry on what it buys; the last is the reason why the first hit is hit
// column: steps the claim shown for each hop, in that order: the most trusted, the newest among equals
// column: weakest the trust in the weakest hop
// column: claim_ids the claims of the steps, sorted
// column: quotes their sentences, in the order of claim_ids
// example: loadpath query trace_outage --param place=Taiwan --param days=90
MATCH (c:Claim {polarity: 'positive'})
WHERE c.predicate IN ['DEPENDS_ON', 'EXPOSED_TO', 'OPERATES'] AND (c.modality IN ['asserted', 'historical'] OR c.severity = 'may')
    AND c.known_from <= $known_on AND (c.known_to IS NULL OR c.known_to > $known_on)
    AND ($as_of IS NULL OR ((c.valid_from IS NULL OR c.valid_from <= $as_of + duration({days: $days})) AND (c.valid_to IS NULL OR c.valid_to >= $as_of)))
    AND (c.modality <> 'historical' OR ($as_of IS NOT NULL AND c.valid_from IS NOT NULL))
MATCH (o:Organization {id: c.subject_id})
OPTIONAL MATCH (c)-[:OBJECT]->(:Facility)-[:LOCATED_IN]->(p:Place)
WHERE c.predicate = 'OPERATES' AND toLower(p.name) = toLower($place)
WITH o, c, CASE WHEN c.predicate = 'DEPENDS_ON' AND c.object_kind = 'Place' AND toLower(c.object_name) = toLower($place) THEN 'depends_on_place'
     WHEN p IS NOT NULL THEN 'operates_there'
     WHEN c.object_kind IN ['AnonymousParty', 'Bottleneck', 'Place'] AND c.quote CONTAINS $place THEN 'sentence_names_place' END AS basis
WHERE basis IS NOT NULL
WITH DISTINCT o, c, basis ORDER BY o.id, basis, c.confidence DESC, c.known_from DESC, c.id DESC
WITH o, collect({basis: basis, id: c.id, trust: c.confidence, relation: c.predicate + CASE WHEN toLower(c.object_name) = toLower($place) THEN '' ELSE ' ' + c.object_name END})[0] AS s
WITH collect({id: o.id, hops: 0, key: o.id, weakest: s.trust, basis: s.basis, path: [o.name, $place], relations: [s.relation], steps: [s.id]}) AS none
CALL (none) {
  UNWIND none AS near
  MATCH (n:Organization {id: near.id})-[r:SUPPLIES|DEPENDS_ON]-(d:Organization)
  WHERE near.hops < $hops AND ((type(r) = 'SUPPLIES' AND startNode(r) = n) OR (type(r) = 'DEPENDS_ON' AND endNode(r) = n))
  UNWIND range(0, size(r.claim_ids) - 1) AS i
  WITH near, d, r, i
  WHERE r.claim_known_from[i] <= $known_on AND (r.claim_known_to[i] > $known_on OR r.claim_known_to[i] = date('9999-12-31'))
    AND ($as_of IS NULL OR (r.claim_valid_from[i] <= $as_of + duration({days: $days}) AND r.claim_valid_to[i] >= $as_of))
    AND (r.claim_modalities[i] <> 'historical' OR ($as_of IS NOT NULL AND r.claim_valid_from[i] <> date('0001-01-01')))
    AND r.claim_roles[i] <> 'software'
  WITH near, d, r, i ORDER BY near.id, d.id, r.claim_confidences[i] DESC, r.claim_known_from[i] DESC, r.claim_ids[i] DESC
  WITH near, d, collect({id: r.claim_ids[i], trust: r.claim_confidences[i], predicate: type(r), role: r.claim_roles[i], force: r.claim_modalities[i]})[0] AS s
  WITH near, d, s, CASE WHEN s.trust < near.weakest THEN s.trust ELSE near.weakest END AS weakest ORDER BY d.id, weakest DESC, near.key
  WITH d, collect({hops: near.hops + 1, key: near.key + '>' + d.id, weakest: weakest, path: [d.name] + near.path, relations: [s.predicate + CASE WHEN s.role IN ['', 'other'] THEN '' ELSE ' ' + s.role END + CASE WHEN s.force = 'asserted' THEN '' ELSE ' (' + s.force + ')' END] + near.relations, steps: [s.id] + near.steps})[0] AS best
  RETURN collect({id: d.id, hops: best.hops, key: best.key, weakest: best.weakest, basis: 'depends_on_hit', path: best.path, relations: best.relations, steps: best.steps}) AS one
}
CALL (one) {
  UNWIND one AS near
  MATCH (n:Organization {id: near.id})-[r:SUPPLIES|DEPENDS_ON]-(d:Organization)
  WHERE near.hops < $hops AND ((type(r) = 'SUPPLIES' AND startNode(r) = n) OR (type(r) = 'DEPENDS_ON' AND endNode(r) = n))
  UNWIND range(0, size(r.claim_ids) - 1) AS i
  WITH near, d, r, i
  WHERE r.claim_known_from[i] <= $known_on AND (r.claim_known_to[i] > $known_on OR r.claim_known_to[i] = date('9999-12-31'))
    AND ($as_of IS NULL OR (r.claim_valid_from[i] <= $as_of + duration({days: $days}) AND r.claim_valid_to[i] >= $as_of))
    AND (r.claim_modalities[i] <> 'historical' OR ($as_of IS NOT NULL AND r.claim_valid_from[i] <> date('0001-01-01')))
    AND r.claim_roles[i] <> 'software'
  WITH near, d, r, i ORDER BY near.id, d.id, r.claim_confidences[i] DESC, r.claim_known_from[i] DESC, r.claim_ids[i] DESC
  WITH near, d, collect({id: r.claim_ids[i], trust: r.claim_confidences[i], predicate: type(r), role: r.claim_roles[i], force: r.claim_modalities[i]})[0] AS s
  WITH near, d, s, CASE WHEN s.trust < near.weakest THEN s.trust ELSE near.weakest END AS weakest ORDER BY d.id, weakest DESC, near.key
  WITH d, collect({hops: near.hops + 1, key: near.key + '>' + d.id, weakest: weakest, path: [d.name] + near.path, relations: [s.predicate + CASE WHEN s.role IN ['', 'other'] THEN '' ELSE ' ' + s.role END + CASE WHEN s.force = 'asserted' THEN '' ELSE ' (' + s.force + ')' END] + near.relations, steps: [s.id] + near.steps})[0] AS best
  RETURN collect({id: d.id, hops: best.hops, key: best.key, weakest: best.weakest, basis: 'depends_on_hit', path: best.path, relations: best.relations, steps: best.steps}) AS two
}
CALL (two) {
  UNWIND two AS near
  MATCH (n:Organization {id: near.id})-[r:SUPPLIES|DEPENDS_ON]-(d:Organization)
  WHERE near.hops < $hops AND ((type(r) = 'SUPPLIES' AND startNode(r) = n) OR (type(r) = 'DEPENDS_ON' AND endNode(r) = n))
  UNWIND range(0, size(r.claim_ids) - 1) AS i
  WITH near, d, r, i
  WHERE r.claim_known_from[i] <= $known_on AND (r.claim_known_to[i] > $known_on OR r.claim_known_to[i] = date('9999-12-31'))
    AND ($as_of IS NULL OR (r.claim_valid_from[i] <= $as_of + duration({days: $days}) AND r.claim_valid_to[i] >= $as_of))
    AND (r.claim_modalities[i] <> 'historical' OR ($as_of IS NOT NULL AND r.claim_valid_from[i] <> date('0001-01-01')))
    AND r.claim_roles[i] <> 'software'
  WITH near, d, r, i ORDER BY near.id, d.id, r.claim_confidences[i] DESC, r.claim_known_from[i] DESC, r.claim_ids[i] DESC
  WITH near, d, collect({id: r.claim_ids[i], trust: r.claim_confidences[i], predicate: type(r), role: r.claim_roles[i], force: r.claim_modalities[i]})[0] AS s
  WITH near, d, s, CASE WHEN s.trust < near.weakest THEN s.trust ELSE near.weakest END AS weakest ORDER BY d.id, weakest DESC, near.key
  WITH d, collect({hops: near.hops + 1, key: near.key + '>' + d.id, weakest: weakest, path: [d.name] + near.path, relations: [s.predicate + CASE WHEN s.role IN ['', 'other'] THEN '' ELSE ' ' + s.role END + CASE WHEN s.force = 'asserted' THEN '' ELSE ' (' + s.force + ')' END] + near.relations, steps: [s.id] + near.steps})[0] AS best
  RETURN collect({id: d.id, hops: best.hops, key: best.key, weakest: best.weakest, basis: 'depends_on_hit', path: best.path, relations: best.relations, steps: best.steps}) AS three
}
UNWIND none + one + two + three AS x
WITH x ORDER BY x.id, x.hops
WITH x.id AS id, collect(x)[0] AS x
UNWIND x.steps AS step
MATCH (c:Claim {id: step})
WITH id, x, c ORDER BY id, c.id
WITH id, x, collect(c.id) AS claim_ids, collect(c.quote) AS quotes
RETURN x.path[0] AS company, x.hops AS hops, x.basis AS basis,
       CASE x.basis WHEN 'depends_on_place' THEN 'which of its goods come from there, and how long its stocks last'
            WHEN 'operates_there' THEN 'how much of its work the site does, and whether another can do it'
            WHEN 'sentence_names_place' THEN 'how much of its supply comes from there'
            ELSE 'whether stocks, another source or time bridge the outage' END AS not_known,
       x.path AS path, x.relations AS relations, x.steps AS steps, x.weakest AS weakest, claim_ids, quotes
ORDER BY hops, company, id
