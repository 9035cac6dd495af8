// title: Suppliers of a company
// question: What did we believe on a date about a company's suppliers?
// number: 16
// predicates: SUPPLIES, DEPENDS_ON
// param: company company NVIDIA name, ticker or id of the company that is supplied
// param: role text any what is supplied, in the words of SUPPLIES, such as memory: its role or, where a claim says none, its sentence must say so
// param: as_of date any the day that claims are about: those valid only before or after it are left out; without known validity they stay
// param: known_on date latest what could be known on that day: later documents, and those closed by then, are left out
// column: supplier who supplies it, or on whom it depends
// column: relation SUPPLIES (goods, services or capacity run to the company), DEPENDS_ON (it cannot do without), or both
// column: roles what is supplied, where a claim says so
// column: sole_source whether a claim calls it a sole or single source
// column: status confirmed by both sides, contradicted, one_side (one of the two says so) or third_party
// column: publishers how many publishers say so; a reprint counts as its original's
// column: first_known the first day on which it could be known, of the claims shown
// column: last_known when the newest of them became known
// column: claim_ids the claims behind the row, sorted
// column: quotes their sentences, in the order of the claims
// example: loadpath query list_suppliers --param company=NVIDIA --known-on 2023-03-31
MATCH (c:Claim {polarity: 'positive', named: true})
WHERE ((c.predicate = 'SUPPLIES' AND c.object_id = $company) OR (c.predicate = 'DEPENDS_ON' AND c.subject_id = $company AND c.object_kind = 'Organization'))
  AND c.modality IN ['asserted', 'planned', 'historical']
  AND ($role = 'any' OR c.role = $role OR (coalesce(c.role, 'other') = 'other' AND toLower(c.quote) CONTAINS replace($role, '_', ' ')))
  AND c.known_from <= $known_on AND (c.known_to IS NULL OR c.known_to > $known_on) AND ($as_of IS NULL OR ((c.valid_from IS NULL OR c.valid_from <= $as_of) AND (c.valid_to IS NULL OR c.valid_to >= $as_of)))
OPTIONAL MATCH (c)-[l:CONTRADICTS|CONFIRMS]-(o:Claim)
WHERE o.known_from <= $known_on AND (o.known_to IS NULL OR o.known_to > $known_on) AND ($as_of IS NULL OR ((o.valid_from IS NULL OR o.valid_from <= $as_of) AND (o.valid_to IS NULL OR o.valid_to >= $as_of)))
WITH c, CASE WHEN c.predicate = 'SUPPLIES' THEN c.subject_id ELSE c.object_id END AS supplier_id,
     CASE WHEN c.predicate = 'SUPPLIES' THEN c.subject_name ELSE c.object_name END AS supplier, collect(DISTINCT type(l)) AS links
WHERE supplier_id <> $company
WITH c, supplier_id, supplier, links ORDER BY c.id
WITH supplier_id, min(supplier) AS supplier, collect(DISTINCT c.predicate) AS relations, collect(DISTINCT c.role) AS role_list,
     collect(DISTINCT c.disclosed_by) AS sides, collect(links) AS link_lists, collect(DISTINCT c.sole_source) AS soles,
     count(DISTINCT c.source_group) AS publishers, min(c.known_from) AS first_known, max(c.known_from) AS last_known, collect(c.id) AS claim_ids, collect(c.quote) AS quotes
WITH supplier, relations, role_list, sides, soles, publishers, first_known, last_known, claim_ids, quotes,
     size([x IN link_lists WHERE 'CONTRADICTS' IN x]) AS contradicted, size([x IN link_lists WHERE 'CONFIRMS' IN x]) AS confirmed
UNWIND CASE WHEN size(role_list) = 0 THEN [''] ELSE role_list END AS one_role
WITH supplier, relations, sides, soles, publishers, first_known, last_known, claim_ids, quotes, contradicted, confirmed, one_role ORDER BY one_role
WITH supplier, relations, sides, soles, publishers, first_known, last_known, claim_ids, quotes, contradicted, confirmed, collect(one_role) AS roles
RETURN supplier,
       CASE WHEN size(relations) = 2 THEN 'both' ELSE relations[0] END AS relation,
       roles, true IN soles AS sole_source,
       CASE WHEN contradicted > 0 THEN 'contradicted' WHEN confirmed > 0 THEN 'confirmed'
            WHEN 'subject' IN sides OR 'object' IN sides THEN 'one_side' ELSE 'third_party' END AS status,
       publishers, first_known, last_known, claim_ids, quotes
ORDER BY supplier, claim_ids[0]
