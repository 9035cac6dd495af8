// title: Supply relations by who says so
// question: Which supply relations are confirmed by both sides, by one, contradicted?
// param: as_of date any the day that claims are about: those valid only before or after it are left out; without known validity they stay
// param: known_on date latest what could be known on that day: later documents, and those closed by then, are left out
// column: supplier who supplies
// column: customer who is supplied
// column: status both_sides (each of the two says so, or that it depends on the other), one_side, third_party or contradicted
// column: publishers how many publishers say so; a reprint counts as its original's
// column: claim_ids the claims behind the row, sorted
// column: quotes their sentences, in the order of the claims
// example: loadpath query check_supply_relations
MATCH (c:Claim {predicate: 'SUPPLIES', named: true})-[:OBJECT]->(:Organization)
WHERE coalesce(c.status, 'open') <> 'closed' AND c.known_from <= $known_on AND (c.known_to IS NULL OR c.known_to > $known_on) AND ($as_of IS NULL OR ((c.valid_from IS NULL OR c.valid_from <= $as_of) AND (c.valid_to IS NULL OR c.valid_to >= $as_of)))
OPTIONAL MATCH (c)-[l:CONFIRMS]-(o:Claim)
WHERE coalesce(o.status, 'open') <> 'closed' AND o.known_from <= $known_on AND (o.known_to IS NULL OR o.known_to > $known_on) AND ($as_of IS NULL OR ((o.valid_from IS NULL OR o.valid_from <= $as_of) AND (o.valid_to IS NULL OR o.valid_to >= $as_of)))
WITH c, count(l) AS confirmations ORDER BY c.id
WITH c.subject_id AS subject_id, c.object_id AS object_id, min(c.subject_name) AS supplier, min(c.object_name) AS customer,
     collect(DISTINCT c.disclosed_by) AS sides, collect(DISTINCT c.polarity) AS polarities, max(confirmations) AS confirmations,
     count(DISTINCT c.source_group) AS publishers, collect(c.id) AS claim_ids, collect(c.quote) AS quotes
WHERE 'positive' IN polarities
RETURN supplier, customer,
       CASE WHEN 'negative' IN polarities THEN 'contradicted'
            WHEN confirmations > 0 THEN 'both_sides'
            WHEN 'subject' IN sides OR 'object' IN sides THEN 'one_side'
            ELSE 'third_party' END AS status,
       publishers, claim_ids, quotes
ORDER BY supplier, customer, claim_ids[0]
