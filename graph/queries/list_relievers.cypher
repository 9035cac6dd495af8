// title: Who relieves a bottleneck that several companies are exposed to
// question: Who relieves a bottleneck that three or more others are exposed to?
// number: 10
// predicates: EXPOSED_TO, RELIEVES, SUPPLIES, DEPENDS_ON, COMMITS_TO, FINANCES
// param: bottleneck text any code of the one bottleneck asked about, as the column shows it
// param: as_of date any the day that claims are about: those valid only before or after it are left out; without known validity they stay
// param: known_on date latest what could be known on that day: later documents, and those closed by then, are left out
// param: least integer 3 how many other companies must be exposed
// param: eases text power=power_availability|cooling=cooling|memory=hbm_memory|foundry=leading_edge_wafers|packaging=advanced_packaging|optics=interconnect_optics|design=accelerator_supply|cloud=accelerator_supply|FINANCES=capital which business of the registry, or which relation, answers which scarcity
// column: bottleneck code of the scarcity
// column: exposed how many other companies are said to be exposed to it; a product counts for its maker, unnamed parties and industries do not
// column: reliever who relieves it
// column: how stated: a sentence says that it eases the scarcity (such sentences are facts only once a review has accepted them). supplies: its business (see eases) is what is short, and a sentence says that it supplies an exposed company, or that such a company depends on it or has committed to buy from it; no sentence says that the scarcity is gone
// column: serves the exposed companies that it supplies, by name; empty where it is only stated
// column: exposure_ids of each company that it serves the newest claim of exposure, in the order of serves
// column: claim_ids the claims of relief or supply behind the row, sorted
// column: quotes their sentences, in the order of the claims
// example: loadpath query list_relievers --param least=5
MATCH (e:Claim {predicate: 'EXPOSED_TO', polarity: 'positive'})-[:SUBJECT]->(s)
WHERE e.known_from <= $known_on AND (e.known_to IS NULL OR e.known_to > $known_on) AND ($as_of IS NULL OR ((e.valid_from IS NULL OR e.valid_from <= $as_of) AND (e.valid_to IS NULL OR e.valid_to >= $as_of)))
WITH e.object_id AS bottleneck, CASE WHEN s:Organization THEN s.id ELSE s.owner_id END AS company, max(toString(e.known_from) + '|' + e.id) AS newest
WHERE company IS NOT NULL
WITH bottleneck, collect(company) AS companies, collect([company, split(newest, '|')[1]]) AS exposures
WHERE size(companies) >= $least AND ($bottleneck = 'any' OR bottleneck = $bottleneck)
OPTIONAL MATCH (c:Claim {predicate: 'RELIEVES', polarity: 'positive'})-[:SUBJECT]->(s)
WHERE c.object_id = bottleneck AND c.modality IN ['asserted', 'planned', 'historical'] AND c.known_from <= $known_on AND (c.known_to IS NULL OR c.known_to > $known_on) AND ($as_of IS NULL OR ((c.valid_from IS NULL OR c.valid_from <= $as_of) AND (c.valid_to IS NULL OR c.valid_to >= $as_of)))
OPTIONAL MATCH (maker:Organization {id: s.owner_id})
WITH bottleneck, companies, exposures,
     collect(CASE WHEN c IS NOT NULL THEN ['stated', coalesce(maker.id, s.id), coalesce(maker.name, s.name), '', '', c.id, c.quote] END) AS stated
UNWIND exposures AS exposure
OPTIONAL MATCH (x:Organization {id: exposure[0]})-[t:SUPPLIES|FINANCES|DEPENDS_ON|COMMITS_TO]-(r:Organization)
WHERE r.id <> x.id AND ((type(t) IN ['SUPPLIES', 'FINANCES']) = (startNode(t).id = r.id))
  AND ((type(t) <> 'FINANCES' AND r.segment + '=' + bottleneck IN split($eases, '|')) OR type(t) + '=' + bottleneck IN split($eases, '|'))
UNWIND CASE WHEN t IS NULL THEN [''] ELSE t.claim_ids END AS claim_id
OPTIONAL MATCH (c:Claim {id: claim_id})
WHERE c.modality IN ['asserted', 'planned', 'historical']
  AND c.known_from <= $known_on AND (c.known_to IS NULL OR c.known_to > $known_on) AND ($as_of IS NULL OR ((c.valid_from IS NULL OR c.valid_from <= $as_of) AND (c.valid_to IS NULL OR c.valid_to >= $as_of)))
WITH bottleneck, companies, stated, collect(CASE WHEN c IS NOT NULL THEN ['supplies', r.id, r.name, x.name, exposure[1], c.id, c.quote] END) AS supplied
UNWIND stated + supplied AS one
WITH bottleneck, companies, one ORDER BY one[5]
WITH bottleneck, companies, one[0] AS how, one[1] AS reliever_id, one[2] AS reliever, collect(one[5]) AS claim_ids, collect(one[6]) AS quotes,
     collect(DISTINCT [one[3], one[4]]) AS served
WITH bottleneck, how, reliever_id, reliever, claim_ids, quotes, served, size([id IN companies WHERE id <> reliever_id]) AS exposed
WHERE exposed >= $least
UNWIND served AS one
WITH bottleneck, how, reliever_id, reliever, claim_ids, quotes, exposed, one ORDER BY one[0], one[1]
WITH bottleneck, how, reliever_id, reliever, claim_ids, quotes, exposed, collect(one) AS served
RETURN bottleneck, exposed, reliever, how, [one IN served WHERE one[0] <> '' | one[0]] AS serves, [one IN served WHERE one[0] <> '' | one[1]] AS exposure_ids,
       claim_ids, quotes
ORDER BY exposed DESC, bottleneck, how, size(serves) DESC, reliever, reliever_id
