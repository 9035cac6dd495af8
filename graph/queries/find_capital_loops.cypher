// title: Capital loops
// question: Where does an investor's money come back to it: investor, customer, supplier, investor?
// number: 18
// predicates: COMMITS_TO, FINANCES, OWNS, SUPPLIES
// param: company company any only loops through this company, by name, ticker or id
// param: edges integer 3 how many steps a loop has at most, 2 to 4; more counts as 4
// param: as_of date any the day that claims are about: those valid only before or after it are left out; without known validity they stay, and what is told as past counts only with a period around that day
// param: known_on date latest what could be known on that day: later documents, and those closed by then, are left out
// column: investor who puts in the money: the loop begins with a step of capital, and where several do, with the first by id
// column: edges how many steps
// column: path the companies in the direction in which money runs, closed: to whom one finances or owns, from whom one buys or has committed to buy, and from a company to its owner
// column: relations every relation between neighbours of the path, step by step, in its own direction: FINANCES and OWNS are capital, SUPPLIES and COMMITS_TO trade; a loop has a step of capital and another of trade
// column: amounts of each relation: what its claim says, empty where it says none; amounts of claims about different things are never added up
// column: valid of each relation: from when to when, where the text says so
// column: told of each relation: the day on which its claim became known
// column: steps of each relation: the claim shown, one with an amount before one without, then the most trusted, then the newest
// column: claim_ids these claims, sorted
// column: quotes their sentences, in the order of claim_ids
// example: loadpath query find_capital_loops --param company=NVIDIA
MATCH (n:Organization)-[r:FINANCES|OWNS|COMMITS_TO|SUPPLIES]-(m:Organization)
WHERE ($company = n.id OR ($company = 'any' AND m.id > n.id)) AND (type(r) = 'OWNS' OR (type(r) = 'SUPPLIES' AND startNode(r) = n) OR (type(r) IN ['FINANCES', 'COMMITS_TO'] AND endNode(r) = n))
WITH n.id AS id, collect(DISTINCT m.id) AS back
WITH collect({first: id, last: id, ids: [id], back: back}) AS one
CALL (one) {
  UNWIND one AS x
  MATCH (n:Organization {id: x.last})-[r:FINANCES|OWNS|COMMITS_TO|SUPPLIES]-(m:Organization)
  WHERE size(x.ids) < $edges AND (type(r) = 'OWNS' OR (type(r) = 'SUPPLIES' AND endNode(r) = n) OR (type(r) IN ['FINANCES', 'COMMITS_TO'] AND startNode(r) = n))
    AND NOT m.id IN x.ids AND (m.id IN x.back OR size(x.ids) + 1 < $edges) AND ($company <> 'any' OR m.id > x.first)
  RETURN collect({first: x.first, last: m.id, ids: x.ids + [m.id], back: x.back}) AS two
}
CALL (two) {
  UNWIND two AS x
  MATCH (n:Organization {id: x.last})-[r:FINANCES|OWNS|COMMITS_TO|SUPPLIES]-(m:Organization)
  WHERE size(x.ids) < $edges AND (type(r) = 'OWNS' OR (type(r) = 'SUPPLIES' AND endNode(r) = n) OR (type(r) IN ['FINANCES', 'COMMITS_TO'] AND startNode(r) = n))
    AND NOT m.id IN x.ids AND (m.id IN x.back OR size(x.ids) + 1 < $edges) AND ($company <> 'any' OR m.id > x.first)
  RETURN collect({first: x.first, last: m.id, ids: x.ids + [m.id], back: x.back}) AS three
}
CALL (three) {
  UNWIND three AS x
  MATCH (n:Organization {id: x.last})-[r:FINANCES|OWNS|COMMITS_TO|SUPPLIES]-(m:Organization)
  WHERE size(x.ids) < $edges AND (type(r) = 'OWNS' OR (type(r) = 'SUPPLIES' AND endNode(r) = n) OR (type(r) IN ['FINANCES', 'COMMITS_TO'] AND startNode(r) = n))
    AND NOT m.id IN x.ids AND (m.id IN x.back OR size(x.ids) + 1 < $edges) AND ($company <> 'any' OR m.id > x.first)
  RETURN collect({first: x.first, last: m.id, ids: x.ids + [m.id], back: x.back}) AS four
}
UNWIND [x IN two + three + four WHERE x.last IN x.back | x.ids + [x.first]] AS ids
WITH collect(DISTINCT ids) AS loops
CALL (loops) {
  UNWIND loops AS ids
  UNWIND range(0, size(ids) - 2) AS k
  WITH ids[k] AS from_id, collect(DISTINCT ids[k + 1]) AS to_ids
  MATCH (n:Organization {id: from_id})-[r:FINANCES|OWNS|COMMITS_TO|SUPPLIES]-(m:Organization)
  WHERE m.id IN to_ids AND (type(r) = 'OWNS' OR (type(r) = 'SUPPLIES' AND endNode(r) = n) OR (type(r) IN ['FINANCES', 'COMMITS_TO'] AND startNode(r) = n))
  UNWIND range(0, size(r.claim_ids) - 1) AS i
  WITH n, m, r, i
  WHERE r.claim_known_from[i] <= $known_on AND (r.claim_known_to[i] > $known_on OR r.claim_known_to[i] = date('9999-12-31'))
    AND ($as_of IS NULL OR (r.claim_valid_from[i] <= $as_of AND r.claim_valid_to[i] >= $as_of))
    AND (r.claim_modalities[i] <> 'historical' OR ($as_of IS NOT NULL AND r.claim_valid_from[i] <> date('0001-01-01')))
  WITH n, m, r, i ORDER BY n.id, m.id, type(r), r.id, r.claim_amounts[i] = '', r.claim_confidences[i] DESC, r.claim_known_from[i] DESC, r.claim_ids[i] DESC
  WITH n, m, r, collect(i)[0] AS i
  WITH n, m, r, i ORDER BY n.id, m.id, type(r), r.id
  WITH n, m, collect({relation: startNode(r).name + ' ' + type(r) + ' ' + endNode(r).name + CASE WHEN r.claim_kinds[i] + r.claim_roles[i] IN ['', 'other'] THEN '' ELSE ', ' + r.claim_kinds[i] + r.claim_roles[i] END + CASE WHEN r.claim_modalities[i] = 'asserted' THEN '' ELSE ' (' + r.claim_modalities[i] + ')' END,
       amount: r.claim_amounts[i], told: r.claim_known_from[i], id: r.claim_ids[i],
       valid: CASE WHEN r.claim_valid_from[i] = date('0001-01-01') AND r.claim_valid_to[i] = date('9999-12-31') THEN '' ELSE CASE WHEN r.claim_valid_from[i] = date('0001-01-01') THEN '' ELSE toString(r.claim_valid_from[i]) END + '..' + CASE WHEN r.claim_valid_to[i] = date('9999-12-31') THEN '' ELSE toString(r.claim_valid_to[i]) END END,
       capital: type(r) = 'FINANCES' OR (type(r) = 'OWNS' AND startNode(r) = n), trade: type(r) IN ['SUPPLIES', 'COMMITS_TO']}) AS said
  WITH n, collect({id: n.id, to: m.id, name: n.name, said: said, capital: true IN [s IN said | s.capital], trade: true IN [s IN said | s.trade]}) AS turns
  RETURN collect({id: n.id, turns: turns}) AS runs
}
UNWIND loops AS ids
WITH size(ids) - 1 AS edges, reduce(all = [], k IN range(0, size(ids) - 2) | all + [t IN coalesce([r IN runs WHERE r.id = ids[k]][0].turns, []) WHERE t.to = ids[k + 1]]) AS turns
WHERE edges = size(turns)
WITH turns, edges, [k IN range(0, edges - 1) WHERE turns[k].capital
       AND size([j IN range(0, edges - 1) WHERE j <> k AND turns[j].trade]) > 0
       AND size([j IN range(0, edges - 2) WHERE NOT turns[(k + j) % edges].capital AND NOT turns[(k + j) % edges].trade]) = 0] AS starts
WHERE size(starts) > 0
WITH turns, edges, reduce(best = starts[0], k IN starts | CASE WHEN turns[k].id < turns[best].id THEN k ELSE best END) AS start
WITH edges, [k IN range(0, edges) | turns[(start + k) % edges]] AS turns
WITH edges, [t IN turns | t.id] AS ids, [t IN turns | t.name] AS path, reduce(all = [], k IN range(0, edges - 1) | all + [s IN turns[k].said WHERE s.capital OR s.trade OR (k = edges - 1 AND edges > 2)]) AS said
UNWIND said AS s
MATCH (c:Claim {id: s.id})
WITH edges, ids, path, said, c ORDER BY edges, ids, c.id
WITH edges, ids, path, said, collect(c.id) AS claim_ids, collect(c.quote) AS quotes
RETURN path[0] AS investor, edges, path, [s IN said | s.relation] AS relations, [s IN said | s.amount] AS amounts,
       [s IN said | s.valid] AS valid, [s IN said | s.told] AS told, [s IN said | s.id] AS steps, claim_ids, quotes
ORDER BY edges, investor, ids
