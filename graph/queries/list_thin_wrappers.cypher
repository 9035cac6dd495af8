// title: Companies that rest on a rival
// question: Who looks like a thin wrapper?
// number: 13
// predicates: SUPPLIES, DEPENDS_ON, COMMITS_TO, COMPETES_WITH
// param: as_of date any the day that claims are about: those valid only before or after it are left out; without known validity they stay
// param: known_on date latest what could be known on that day: later documents, and those closed by then, are left out
// param: least integer 2 how many of the three parts must hold: a rival upstream, no layer of its own, only one upstream
// param: roles text chips|memory|foundry|packaging|systems|network|cloud_compute|software|model_access what a company must be said to supply to hold a layer
// column: company who rests on a rival; each row is evidence for the case, no verdict: what the documents do not name is not seen
// column: upstream the rival that it depends on, is supplied by or has committed to buy from
// column: parts how many of the three parts hold; that the upstream competes always does
// column: no_layer_seen whether no product of the registry and no sentence shows a layer of its own
// column: own_layers layers of its products, by the registry
// column: own_supplies what it is said to supply, of the roles counted
// column: one_upstream_seen whether the upstream is the only named one
// column: upstreams how many named upstreams the documents give
// column: registry_layers where the registry places it: working in a layer is not owning one
// column: upstream_ids the claims that make it upstream
// column: rival_ids the claims that make it a rival
// column: own_ids the claims that it supplies something of a layer
// column: claim_ids the claims behind the row, sorted
// column: quotes their sentences, in the order of the claims
// example: loadpath query list_thin_wrappers --param least=3
MATCH (a:Organization)-[k:COMPETES_WITH]-(u:Organization)
WHERE a.id <> u.id
MATCH (a)-[t:SUPPLIES|DEPENDS_ON|COMMITS_TO]-(u)
WHERE (type(t) = 'SUPPLIES') = (startNode(t).id = u.id)
UNWIND k.claim_ids + t.claim_ids AS id
WITH DISTINCT a, u, id
MATCH (c:Claim {id: id})
WHERE c.modality IN ['asserted', 'planned'] AND c.known_from <= $known_on AND (c.known_to IS NULL OR c.known_to > $known_on) AND ($as_of IS NULL OR ((c.valid_from IS NULL OR c.valid_from <= $as_of) AND (c.valid_to IS NULL OR c.valid_to >= $as_of)))
WITH a, u, c ORDER BY c.id
WITH a, u, collect(CASE WHEN c.predicate <> 'COMPETES_WITH' THEN c.id END) AS upstream_ids, collect(CASE WHEN c.predicate = 'COMPETES_WITH' THEN c.id END) AS rival_ids
WHERE size(upstream_ids) > 0 AND size(rival_ids) > 0
WITH a, collect([[u.id], upstream_ids, rival_ids]) AS pairs
OPTIONAL MATCH (a)-[t:SUPPLIES|DEPENDS_ON|COMMITS_TO]-(x:Organization)
WHERE x.id <> a.id AND (type(t) = 'SUPPLIES') = (startNode(t).id = x.id)
UNWIND t.claim_ids AS id
MATCH (c:Claim {id: id})
WHERE c.modality IN ['asserted', 'planned'] AND c.known_from <= $known_on AND (c.known_to IS NULL OR c.known_to > $known_on) AND ($as_of IS NULL OR ((c.valid_from IS NULL OR c.valid_from <= $as_of) AND (c.valid_to IS NULL OR c.valid_to >= $as_of)))
WITH a, pairs, count(DISTINCT x.id) AS upstreams
OPTIONAL MATCH (a)-[:OFFERS]->(o:Offering)
UNWIND CASE WHEN size(o.layers) > 0 THEN o.layers ELSE [''] END AS layer
WITH DISTINCT a, pairs, upstreams, layer ORDER BY layer
WITH a, pairs, upstreams, [l IN collect(layer) WHERE l <> ''] AS own_layers
OPTIONAL MATCH (a)-[t:SUPPLIES]->()
UNWIND CASE WHEN t IS NULL THEN [''] ELSE t.claim_ids END AS id
OPTIONAL MATCH (c:Claim {id: id})
WHERE c.role IN split($roles, '|') AND c.modality IN ['asserted', 'planned'] AND c.known_from <= $known_on AND (c.known_to IS NULL OR c.known_to > $known_on) AND ($as_of IS NULL OR ((c.valid_from IS NULL OR c.valid_from <= $as_of) AND (c.valid_to IS NULL OR c.valid_to >= $as_of)))
WITH a, pairs, upstreams, own_layers, c ORDER BY c.role, c.id
WITH a, pairs, upstreams, own_layers, collect(DISTINCT c.role) AS own_supplies, collect(c.id) AS own
UNWIND CASE WHEN size(own) > 0 THEN own ELSE [''] END AS id
WITH a, pairs, upstreams, own_layers, own_supplies, id ORDER BY id
WITH a, pairs, upstreams, own_layers, own_supplies, [x IN collect(id) WHERE x <> ''] AS own_ids
UNWIND pairs AS pair
MATCH (u:Organization {id: pair[0][0]})
WITH a, u, pair[1] AS upstream_ids, pair[2] AS rival_ids, upstreams, own_layers, own_supplies, own_ids,
     size(own_layers) = 0 AND size(own_supplies) = 0 AS no_layer_seen, upstreams = 1 AS one_upstream_seen
WITH a, u, upstream_ids, rival_ids, upstreams, own_layers, own_supplies, own_ids, no_layer_seen, one_upstream_seen,
     1 + CASE WHEN no_layer_seen THEN 1 ELSE 0 END + CASE WHEN one_upstream_seen THEN 1 ELSE 0 END AS parts
WHERE parts >= $least
UNWIND upstream_ids + rival_ids + own_ids AS id
WITH DISTINCT a, u, upstream_ids, rival_ids, upstreams, own_layers, own_supplies, own_ids, no_layer_seen, one_upstream_seen, parts, id
MATCH (c:Claim {id: id})
WITH a, u, upstream_ids, rival_ids, upstreams, own_layers, own_supplies, own_ids, no_layer_seen, one_upstream_seen, parts, c ORDER BY c.id
WITH a, u, upstream_ids, rival_ids, upstreams, own_layers, own_supplies, own_ids, no_layer_seen, one_upstream_seen, parts,
     collect(c.id) AS claim_ids, collect(c.quote) AS quotes
RETURN a.name AS company, u.name AS upstream, parts, no_layer_seen, own_layers, own_supplies, one_upstream_seen, upstreams, a.layers AS registry_layers,
       upstream_ids, rival_ids, own_ids, claim_ids, quotes
ORDER BY parts DESC, upstreams, company, upstream, a.id, u.id
