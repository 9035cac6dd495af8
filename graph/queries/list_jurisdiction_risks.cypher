// title: Exposure to export control and data sovereignty, by place
// question: Who is exposed to export control or data sovereignty, where?
// number: 21
// predicates: EXPOSED_TO
// param: as_of date any the day that claims are about: those valid only before or after it are left out; without known validity they stay
// param: known_on date latest what could be known on that day: later documents, and those closed by then, are left out
// param: bottleneck text any export_control, data_sovereignty, or any (both)
// param: place text any a place as the column place shows it, or any
// column: company who is exposed; a product counts for its maker, or, where the registry does not know the maker, for the company whose filing names it; an unnamed party stands as the text calls it
// column: bottleneck export_control or data_sovereignty
// column: place a country, region, state or union that the sentences name: to which nothing may be shipped, from which data may not leave, or whose law it is; empty where a sentence names none
// column: severity the strongest of the sentences: has_occurred, is, may, mention
// column: products the products that the sentences name as exposed, by name
// column: first_known the first day on which it could be known
// column: last_known when the newest of the claims became known
// column: claim_ids the claims behind the row, sorted
// column: quotes their sentences, in the order of the claims
// example: loadpath query list_jurisdiction_risks --param place=China
MATCH (c:Claim {predicate: 'EXPOSED_TO', polarity: 'positive'})
WHERE c.object_id IN ['export_control', 'data_sovereignty'] AND ($bottleneck = 'any' OR c.object_id = $bottleneck) AND c.known_from <= $known_on AND (c.known_to IS NULL OR c.known_to > $known_on) AND ($as_of IS NULL OR ((c.valid_from IS NULL OR c.valid_from <= $as_of) AND (c.valid_to IS NULL OR c.valid_to >= $as_of)))
OPTIONAL MATCH (c)-[:SUBJECT]->(s)
OPTIONAL MATCH (maker:Organization {id: CASE WHEN s:Offering THEN coalesce(s.owner_id, c.filer_id) END})
UNWIND CASE WHEN size(c.places) > 0 THEN c.places ELSE [''] END AS place
WITH c, s, place, coalesce(maker.id, c.subject_id) AS company_id, coalesce(maker.name, c.subject_name) AS company
WHERE $place = 'any' OR place = $place
WITH c, place, company_id, company, CASE WHEN s:Offering THEN c.subject_name END AS product ORDER BY c.id
WITH c.object_id AS bottleneck, place, company_id, company, collect(DISTINCT product) AS products, collect(DISTINCT c.severity) AS severities,
     min(c.known_from) AS first_known, max(c.known_from) AS last_known, collect(c.id) AS claim_ids, collect(c.quote) AS quotes
UNWIND CASE WHEN size(products) > 0 THEN products ELSE [''] END AS product
WITH bottleneck, place, company_id, company, product, severities, first_known, last_known, claim_ids, quotes ORDER BY product
WITH bottleneck, place, company_id, company, severities, first_known, last_known, claim_ids, quotes, [x IN collect(product) WHERE x <> ''] AS products
RETURN company, bottleneck, place,
       CASE WHEN 'has_occurred' IN severities THEN 'has_occurred' WHEN 'is' IN severities THEN 'is' WHEN 'may' IN severities THEN 'may' ELSE 'mention' END AS severity,
       products, first_known, last_known, claim_ids, quotes
ORDER BY bottleneck, company, place, company_id
