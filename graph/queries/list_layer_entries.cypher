// title: Companies in layers other than their own
// question: Who entered an adjacent layer, and when?
// number: 14
// predicates: SUPPLIES, OWNS
// param: as_of date any the day that claims are about: those valid only before or after it are left out; without known validity they stay
// param: known_on date latest what could be known on that day: later documents, and those closed by then, are left out
// param: roles text chips=compute|cloud_compute=compute|software=orchestration the layer that a company is in when it is said to supply a named customer in that role; systems, network and model_access are left out, since they are also read of what a supply is for
// column: company who entered
// column: home_layers where the registry places it; empty: below or beside the stack
// column: layer the layer that it entered
// column: steps how many layers it lies from the nearest of its own, 1 being adjacent; below the stack counts as the layer under the lowest
// column: how offering (a product of its own, by the registry, that a sentence names), supply (see roles), or acquisition (a sentence says that it acquired a company whose registry layer this is)
// column: by the product, the role or the company acquired
// column: first_known the first day on which a sentence of it could be known: it entered by then, not on that day
// column: first_valid the earliest day that such a sentence tells of, where one does
// column: claim_ids the claims behind the row, sorted
// column: quotes their sentences, in the order of the claims
// example: loadpath query list_layer_entries --known-on 2025-12-31
MATCH (l:StackLayer)
WITH l ORDER BY l.rank
WITH collect(l.id) AS stack
OPTIONAL MATCH (h:Organization)-[:OFFERS]->(o:Offering)
WHERE any(layer IN o.layers WHERE NOT layer IN h.layers)
UNWIND CASE WHEN o IS NULL THEN [NULL] ELSE [o, h] END AS party
OPTIONAL MATCH (party)<-[:SUBJECT|OBJECT]-(c:Claim {polarity: 'positive'})
WHERE (party.id = o.id OR (c.quote CONTAINS o.name AND c.quote =~ ('(?s).*\\b\\Q' + o.name + '\\E\\b.*')))
  AND c.modality IN ['asserted', 'planned', 'historical'] AND c.known_from <= $known_on AND (c.known_to IS NULL OR c.known_to > $known_on) AND ($as_of IS NULL OR ((c.valid_from IS NULL OR c.valid_from <= $as_of) AND (c.valid_to IS NULL OR c.valid_to >= $as_of)))
WITH stack, collect(DISTINCT CASE WHEN c IS NOT NULL THEN [h.id, 'offering', o.name, o.layers[0], c.id] END) AS offered
OPTIONAL MATCH (c:Claim {predicate: 'SUPPLIES', polarity: 'positive', named: true})
WHERE any(pair IN split($roles, '|') WHERE split(pair, '=')[0] = c.role) AND c.modality IN ['asserted', 'planned', 'historical'] AND c.known_from <= $known_on AND (c.known_to IS NULL OR c.known_to > $known_on) AND ($as_of IS NULL OR ((c.valid_from IS NULL OR c.valid_from <= $as_of) AND (c.valid_to IS NULL OR c.valid_to >= $as_of)))
WITH stack, offered, collect(CASE WHEN c IS NOT NULL THEN [c.subject_id, 'supply', c.role, [pair IN split($roles, '|') WHERE split(pair, '=')[0] = c.role | split(pair, '=')[1]][0], c.id] END) AS supplied
OPTIONAL MATCH (c:Claim {predicate: 'OWNS', polarity: 'positive', modality: 'asserted', object_kind: 'Organization'})
WHERE c.kind IN ['acquired', 'subsidiary'] AND c.known_from <= $known_on AND (c.known_to IS NULL OR c.known_to > $known_on) AND ($as_of IS NULL OR ((c.valid_from IS NULL OR c.valid_from <= $as_of) AND (c.valid_to IS NULL OR c.valid_to >= $as_of)))
OPTIONAL MATCH (o:Organization {id: c.object_id})
UNWIND CASE WHEN size(o.layers) > 0 THEN o.layers ELSE [''] END AS layer
WITH stack, offered, supplied, collect(CASE WHEN layer <> '' THEN [c.subject_id, 'acquisition', o.name, layer, c.id] END) AS acquired
UNWIND offered + supplied + acquired AS one
WITH stack, one
MATCH (h:Organization {id: one[0]})
WHERE NOT one[3] IN h.layers
MATCH (c:Claim {id: one[4]})
WITH stack, h, one[1] AS how, one[2] AS by, one[3] AS layer, c ORDER BY c.id
WITH stack, h, how, by, layer, min(c.known_from) AS first_known, min(c.valid_from) AS first_valid, collect(c.id) AS claim_ids, collect(c.quote) AS quotes
WITH h, how, by, layer, first_known, first_valid, claim_ids, quotes, stack, [i IN range(0, size(stack) - 1) WHERE stack[i] = layer][0] AS at
RETURN h.name AS company, h.layers AS home_layers, layer,
       reduce(best = CASE WHEN size(h.layers) = 0 THEN at + 1 ELSE size(stack) END, i IN range(0, size(stack) - 1) |
         CASE WHEN stack[i] IN h.layers AND abs(i - at) < best THEN abs(i - at) ELSE best END) AS steps,
       how, by, first_known, first_valid, claim_ids, quotes
ORDER BY first_known, company, layer, how, by, claim_ids[0]
