// title: Supply relations by who says so
// question: Which supply relations are confirmed by both sides, by one, contradicted?
// number: 6
// predicates: SUPPLIES, DEPENDS_ON
// param: company company any name, ticker or id of a company on either side; any: of all
// param: as_of date any the day that claims are about: those valid only before or after it are left out; without known validity they stay
// param: known_on date latest what could be known on that day: later documents, and those closed by then, are left out
// column: supplier who supplies
// column: customer who is supplied
// column: status both_sides (each of the two says so, or the customer that it depends on the supplier), one_side, third_party, or contradicted (a source denies it for a time that overlaps)
// column: publishers how many publishers say so; a reprint counts as its original's
// column: first_known when the first of them became known
// column: claim_ids the claims behind the row, sorted
// column: quotes their sentences, in the order of the claims
// example: loadpath query check_supply_relations
MATCH (c:Claim {predicate: 'SUPPLIES', named: true, object_kind: 'Organization'})
WHERE c.modality IN ['asserted', 'planned', 'historical'] AND ($company = 'any' OR c.subject_id = $company OR c.object_id = $company)
  AND c.known_from <= $known_on AND (c.known_to IS NULL OR c.known_to > $known_on)
  AND ($as_of IS NULL OR ((c.valid_from IS NULL OR c.valid_from <= $as_of) AND (c.valid_to IS NULL OR c.valid_to >= $as_of)))
OPTIONAL MATCH (c)-[l:CONFIRMS|CONTRADICTS]-(o:Claim)
WHERE o.known_from <= $known_on AND (o.known_to IS NULL OR o.known_to > $known_on)
  AND ($as_of IS NULL OR ((o.valid_from IS NULL OR o.valid_from <= $as_of) AND (o.valid_to IS NULL OR o.valid_to >= $as_of)))
WITH c, collect(DISTINCT type(l)) AS links, collect(DISTINCT CASE WHEN type(l) = 'CONFIRMS' THEN o END) AS others
WITH c, links, [c] + [o IN others WHERE o.predicate <> 'SUPPLIES'] AS said
UNWIND said AS x
WITH c, links, x ORDER BY x.id
WITH c.subject_id AS supplier_id, c.object_id AS customer_id, min(c.subject_name) AS supplier, min(c.object_name) AS customer,
     collect(DISTINCT c.disclosed_by) AS sides, collect(DISTINCT c.polarity) AS polarities, collect(links) AS link_lists,
     count(DISTINCT CASE WHEN c.polarity = 'positive' THEN c.source_group END) AS publishers, min(c.known_from) AS first_known, collect(DISTINCT x) AS claims
WHERE 'positive' IN polarities
WITH supplier, customer, sides, publishers, first_known, claims, size([x IN link_lists WHERE 'CONTRADICTS' IN x]) AS contradicted,
     size([x IN link_lists WHERE 'CONFIRMS' IN x]) AS confirmed
RETURN supplier, customer,
       CASE WHEN contradicted > 0 THEN 'contradicted'
            WHEN confirmed > 0 THEN 'both_sides'
            WHEN 'subject' IN sides OR 'object' IN sides THEN 'one_side'
            ELSE 'third_party' END AS status,
       publishers, first_known, [x IN claims | x.id] AS claim_ids, [x IN claims | x.quote] AS quotes
ORDER BY supplier, customer, claim_ids[0]
