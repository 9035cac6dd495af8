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
MATCH (n:Organization)
WHERE $company = 'any' OR n.id = $company
WITH collect({first: n.id, last: n.id, ids: [n.id]}) AS none
CALL (none) {
  UNWIND none AS x
  MATCH (n:Organization {id: x.last})-[r:FINANCES|OWNS|COMMITS_TO|SUPPLIES]-(m:Organization)
  WHERE (type(r) = 'OWNS' OR (type(r) = 'SUPPLIES' AND endNode(r) = n) OR (type(r) IN ['FINANCES', 'COMMITS_TO'] AND startNode(r) = n))
    AND ((m.id = x.first AND size(x.ids) > 1) OR (size(x.ids) < $edges AND NOT m.id IN x.ids AND ($company <> 'any' OR m.id > x.first)))
  WITH DISTINCT x, m.id AS last
  RETURN collect({first: x.first, last: last, ids: x.ids + [last]}) AS one
}
CALL (one) {
  UNWIND one AS x
  MATCH (n:Organization {id: x.last})-[r:FINANCES|OWNS|COMMITS_TO|SUPPLIES]-(m:Organization)
  WHERE (type(r) = 'OWNS' OR (type(r) = 'SUPPLIES' AND endNode(r) = n) OR (type(r) IN ['FINANCES', 'COMMITS_TO'] AND startNode(r) = n))
    AND ((m.id = x.first AND size(x.ids) > 1) OR (size(x.ids) < $edges AND NOT m.id IN x.ids AND ($company <> 'any' OR m.id > x.first)))
  WITH DISTINCT x, m.id AS last
  RETURN collect({first: x.first, last: last, ids: x.ids + [last]}) AS two
}
CALL (two) {
  UNWIND [y IN two WHERE y.last <> y.first] AS x
  MATCH (n:Organization {id: x.last})-[r:FINANCES|OWNS|COMMITS_TO|SUPPLIES]-(m:Organization)
  WHERE (type(r) = 'OWNS' OR (type(r) = 'SUPPLIES' AND endNode(r) = n) OR (type(r) IN ['FINANCES', 'COMMITS_TO'] AND startNode(r) = n))
    AND ((m.id = x.first AND size(x.ids) > 1) OR (size(x.ids) < $edges AND NOT m.id IN x.ids AND ($company <> 'any' OR m.id > x.first)))
  WITH DISTINCT x, m.id AS last
  RETURN collect({first: x.first, last: last, ids: x.ids + [last]}) AS three
}
CALL (three) {
  UNWIND [y IN three WHERE y.last <> y.first] AS x
  MATCH (n:Organization {id: x.last})-[r:FINANCES|OWNS|COMMITS_TO|SUPPLIES]-(m:Organization)
  WHERE (type(r) = 'OWNS' OR (type(r) = 'SUPPLIES' AND endNode(r) = n) OR (type(r) IN ['FINANCES', 'COMMITS_TO'] AND startNode(r) = n))
    AND ((m.id = x.first AND size(x.ids) > 1) OR (size(x.ids) < $edges AND NOT m.id IN x.ids AND ($company <> 'any' OR m.id > x.first)))
  WITH DISTINCT x, m.id AS last
  RETURN collect({first: x.first, last: last, ids: x.ids + [last]}) AS four
}
UNWIND [x IN two + three + four WHERE x.last = x.first] AS x
UNWIND range(0, size(x.ids) - 2) AS k
MATCH (n:Organization {id: x.ids[k]})-[r:FINANCES|OWNS|COMMITS_TO|SUPPLIES]-(m:Organization {id: x.ids[k + 1]})
WHERE (type(r) = 'OWNS' OR (type(r) = 'SUPPLIES' AND endNode(r) = n) OR (type(r) IN ['FINANCES', 'COMMITS_TO'] AND startNode(r) = n)) AND (size(x.ids) > 3 OR type(r) <> 'OWNS' OR startNode(r) = n)
UNWIND range(0, size(r.claim_ids) - 1) AS i
WITH x, k, n, m, r, i
WHERE r.claim_known_from[i] <= $known_on AND (r.claim_known_to[i] > $known_on OR r.claim_known_to[i] = date('9999-12-31'))
  AND ($as_of IS NULL OR (r.claim_valid_from[i] <= $as_of AND r.claim_valid_to[i] >= $as_of))
  AND (r.claim_modalities[i] <> 'historical' OR ($as_of IS NOT NULL AND r.claim_valid_from[i] <> date('0001-01-01')))
WITH x, k, n, m, r, i ORDER BY x.ids, k, type(r), r.id, r.claim_amounts[i] = '', r.claim_confidences[i] DESC, r.claim_known_from[i] DESC, r.claim_ids[i] DESC
WITH x, k, n, m, r, collect(i)[0] AS i
WITH x, k, n, m, r, i ORDER BY x.ids, k, type(r), r.id
WITH x, k, n, collect({relation: startNode(r).name + ' ' + type(r) + ' ' + endNode(r).name + CASE WHEN r.claim_kinds[i] + r.claim_roles[i] IN ['', 'other'] THEN '' ELSE ', ' + r.claim_kinds[i] + r.claim_roles[i] END + CASE WHEN r.claim_modalities[i] = 'asserted' THEN '' ELSE ' (' + r.claim_modalities[i] + ')' END,
       amount: r.claim_amounts[i], told: r.claim_known_from[i], id: r.claim_ids[i],
       valid: CASE WHEN r.claim_valid_from[i] = date('0001-01-01') AND r.claim_valid_to[i] = date('9999-12-31') THEN '' ELSE CASE WHEN r.claim_valid_from[i] = date('0001-01-01') THEN '' ELSE toString(r.claim_valid_from[i]) END + '..' + CASE WHEN r.claim_valid_to[i] = date('9999-12-31') THEN '' ELSE toString(r.claim_valid_to[i]) END END,
       capital: type(r) = 'FINANCES' OR (type(r) = 'OWNS' AND startNode(r) = n), trade: type(r) IN ['SUPPLIES', 'COMMITS_TO']}) AS said
WITH x, k, n, said ORDER BY x.ids, k
WITH x, collect({id: n.id, name: n.name, said: said, capital: true IN [s IN said | s.capital], trade: true IN [s IN said | s.trade]}) AS turns
WITH x, turns, size(turns) AS edges
WHERE edges = size(x.ids) - 1
WITH turns, edges, [k IN range(0, size(turns) - 1) WHERE turns[k].capital AND size([j IN range(0, size(turns) - 1) WHERE j <> k AND turns[j].trade]) > 0] AS starts
WHERE size(starts) > 0
WITH turns, edges, reduce(best = starts[0], k IN starts | CASE WHEN turns[k].id < turns[best].id THEN k ELSE best END) AS start
WITH edges, [k IN range(0, edges) | turns[(start + k) % edges]] AS turns
WITH edges, turns, [t IN turns | t.id] AS ids, reduce(all = [], t IN turns[0..edges] | all + t.said) AS said
UNWIND said AS s
MATCH (c:Claim {id: s.id})
WITH edges, turns, ids, said, c ORDER BY edges, ids, c.id
WITH edges, turns, ids, said, collect(c.id) AS claim_ids, collect(c.quote) AS quotes
RETURN turns[0].name AS investor, edges, [t IN turns | t.name] AS path, [s IN said | s.relation] AS relations, [s IN said | s.amount] AS amounts,
       [s IN said | s.valid] AS valid, [s IN said | s.told] AS told, [s IN said | s.id] AS steps, claim_ids, quotes
ORDER BY edges, investor, ids
