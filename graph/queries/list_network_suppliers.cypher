// title: Suppliers of networks, and where latency is the limit
// question: Who supplies optics, switches, NICs to whom; where is latency the limit?
// number: 22
// predicates: SUPPLIES, DEPENDS_ON, EXPOSED_TO
// param: company company any name, ticker or id of a company on either side; any: of all
// param: as_of date any the day that claims are about: those valid only before or after it are left out; without known validity they stay
// param: known_on date latest what could be known on that day: later documents, and those closed by then, are left out
// column: relation SUPPLIES (goods run from supplier to customer), DEPENDS_ON (the customer cannot do without), or EXPOSED_TO (latency limits the customer; no supplier)
// column: supplier who supplies; empty where latency is the limit
// column: customer who is supplied, or whom latency limits
// column: trade of the supplier by the registry: optics, networking, interconnect or another
// column: goods what the claims call it; network: the claim itself says optics, switches, NICs or networks
// column: severity for EXPOSED_TO: may, does or did limit; else empty
// column: publishers how many publishers say so
// column: first_known when it became known
// column: claim_ids the claims behind the row, sorted
// column: quotes their sentences, in the order of the claims
// example: loadpath query list_network_suppliers --param company=Lumentum
MATCH (c:Claim {polarity: 'positive'})-[end:SUBJECT|OBJECT]->(p)
WHERE (c.predicate = 'SUPPLIES' AND type(end) = 'SUBJECT' AND c.object_id IS NOT NULL AND c.modality IN ['asserted', 'planned', 'historical']
       AND (c.role = 'network' OR p.segment IN ['optics', 'networking', 'interconnect'])
    OR c.predicate = 'DEPENDS_ON' AND type(end) = 'OBJECT' AND c.modality IN ['asserted', 'planned', 'historical']
       AND p.segment IN ['optics', 'networking', 'interconnect']
    OR c.predicate = 'EXPOSED_TO' AND type(end) = 'OBJECT' AND c.object_id = 'network_latency')
  AND ($company = 'any' OR c.subject_id = $company OR c.object_id = $company)
  AND c.known_from <= $known_on AND (c.known_to IS NULL OR c.known_to > $known_on)
  AND ($as_of IS NULL OR ((c.valid_from IS NULL OR c.valid_from <= $as_of) AND (c.valid_to IS NULL OR c.valid_to >= $as_of)))
WITH c, CASE c.predicate WHEN 'SUPPLIES' THEN c.subject_name WHEN 'DEPENDS_ON' THEN c.object_name ELSE '' END AS supplier,
     CASE c.predicate WHEN 'SUPPLIES' THEN c.subject_id WHEN 'DEPENDS_ON' THEN c.object_id ELSE '' END AS supplier_id,
     CASE c.predicate WHEN 'SUPPLIES' THEN c.object_name ELSE c.subject_name END AS customer,
     CASE c.predicate WHEN 'SUPPLIES' THEN c.object_id ELSE c.subject_id END AS customer_id,
     CASE c.predicate WHEN 'EXPOSED_TO' THEN '' ELSE coalesce(p.segment, '') END AS trade
ORDER BY c.id
WITH c.predicate AS relation, supplier_id, supplier, customer_id, customer, trade, coalesce(c.role, '') AS goods, coalesce(c.severity, '') AS severity,
     count(DISTINCT c.source_group) AS publishers, min(c.known_from) AS first_known, collect(c.id) AS claim_ids, collect(c.quote) AS quotes
RETURN relation, supplier, customer, trade, goods, severity, publishers, first_known, claim_ids, quotes
ORDER BY CASE WHEN relation = 'EXPOSED_TO' THEN 1 ELSE 0 END, supplier, customer, relation, goods, severity, claim_ids[0]
