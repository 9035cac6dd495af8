// title: Cooling of the operators
// question: Which cooling does each operator name, and who supplies it?
// number: 20
// predicates: OPERATES, SUPPLIES, DEPENDS_ON, COMMITS_TO, PARTNERS_WITH
// param: as_of date any the day that claims are about: those valid only before or after it are left out; without known validity they stay
// param: known_on date latest what could be known on that day: later documents, and those closed by then, are left out
// param: operators text cloud|colocation|models businesses of the registry whose companies run data centers
// param: words text liquid_cool=liquid|direct_to_chip=direct-to-chip|direct_chip=direct-to-chip|cold_plate=direct-to-chip|immersion=immersion|rear_door=rear-door|air_cool=air|free_cool=free-air|free_air=free-air|evaporative=evaporative|water_cool=water|chilled_water=chilled-water|closed_loop=closed-loop|dry_cool=dry which words, in a sentence with the word cool, name which cooling; _ stands for a blank or a hyphen
// column: operator who runs the machines
// column: cooling kinds of cooling that sentences about it name; empty where only a supplier is known
// column: suppliers companies of the registry's cooling business that supply it, that it depends on, buys from or works with, and others said to supply it in the role cooling; what else they sell (power equipment) the sentence tells
// column: claim_ids the claims behind the row, sorted
// column: quotes their sentences, in the order of the claims
// example: loadpath query list_cooling
OPTIONAL MATCH (c:Claim {polarity: 'positive'})-[:SUBJECT|OBJECT]->(o:Organization)
WHERE (c.quote CONTAINS 'cool' OR c.quote CONTAINS 'Cool') AND c.predicate IN ['OPERATES', 'SUPPLIES', 'DEPENDS_ON', 'COMMITS_TO', 'PARTNERS_WITH', 'HAS_METRIC', 'EXPOSED_TO']
  AND c.modality IN ['asserted', 'planned'] AND o.segment IN split($operators, '|') AND c.known_from <= $known_on AND (c.known_to IS NULL OR c.known_to > $known_on) AND ($as_of IS NULL OR ((c.valid_from IS NULL OR c.valid_from <= $as_of) AND (c.valid_to IS NULL OR c.valid_to >= $as_of)))
UNWIND CASE WHEN c IS NULL THEN [''] ELSE split($words, '|') END AS pair
WITH o, c, split(pair, '=')[1] AS kind, replace(split(pair, '=')[0], '_', ' ') AS words
WITH collect(CASE WHEN replace(toLower(c.quote), '-', ' ') CONTAINS words THEN [o.id, kind, '', c.id] END) AS named
OPTIONAL MATCH (s:Organization {segment: 'cooling'})-[t:SUPPLIES|DEPENDS_ON|COMMITS_TO|PARTNERS_WITH]-(o:Organization)
WHERE o.segment IN split($operators, '|') AND (type(t) = 'PARTNERS_WITH' OR (type(t) = 'SUPPLIES') = (startNode(t).id = s.id))
UNWIND CASE WHEN t IS NULL THEN [''] ELSE t.claim_ids END AS claim_id
OPTIONAL MATCH (c:Claim {id: claim_id})
WHERE c.modality IN ['asserted', 'planned'] AND c.known_from <= $known_on AND (c.known_to IS NULL OR c.known_to > $known_on) AND ($as_of IS NULL OR ((c.valid_from IS NULL OR c.valid_from <= $as_of) AND (c.valid_to IS NULL OR c.valid_to >= $as_of)))
WITH named, collect(CASE WHEN c IS NOT NULL THEN [o.id, '', s.name, c.id] END) AS supplied
OPTIONAL MATCH (c:Claim {predicate: 'SUPPLIES', polarity: 'positive', role: 'cooling'})
WHERE c.modality IN ['asserted', 'planned'] AND c.known_from <= $known_on AND (c.known_to IS NULL OR c.known_to > $known_on) AND ($as_of IS NULL OR ((c.valid_from IS NULL OR c.valid_from <= $as_of) AND (c.valid_to IS NULL OR c.valid_to >= $as_of)))
OPTIONAL MATCH (c)-[:SUBJECT]->(s)
OPTIONAL MATCH (c)-[:OBJECT]->(o:Organization)
WHERE o.segment IN split($operators, '|')
WITH named, supplied, collect(CASE WHEN o IS NOT NULL THEN [o.id, '', s.name, c.id] END) AS sold
UNWIND named + supplied + sold AS one
WITH DISTINCT one ORDER BY one[1], one[2]
WITH one[0] AS operator_id, [k IN collect(DISTINCT one[1]) WHERE k <> ''] AS cooling, collect(DISTINCT one[2]) AS sellers, collect(DISTINCT one[3]) AS ids
UNWIND sellers AS seller
WITH operator_id, cooling, ids, seller ORDER BY seller
WITH operator_id, cooling, ids, [x IN collect(seller) WHERE x <> ''] AS suppliers
MATCH (o:Organization {id: operator_id})
UNWIND ids AS id
MATCH (c:Claim {id: id})
WITH o, cooling, suppliers, c ORDER BY c.id
WITH o, cooling, suppliers, collect(c.id) AS claim_ids, collect(c.quote) AS quotes
RETURN o.name AS operator, cooling, suppliers, claim_ids, quotes
ORDER BY operator, o.id
