// title: Sole and single sources
// question: Which inputs are sole-source, to whom, in which layer?
// number: 7
// predicates: DEPENDS_ON
// param: company company any only the sources of this company, by name, ticker or id
// param: as_of date any the day that claims are about: those valid only before or after it are left out; without known validity they stay
// param: known_on date latest what could be known on that day: later documents, and those closed by then, are left out
// column: dependent who depends
// column: source on whom, in the document's words where it is unnamed
// column: layer where the source works, by the registry; empty where it is below the stack or unnamed
// column: publishers how many publishers say so; a reprint counts as its original's
// column: first_known when it became known
// column: claim_ids the claims behind the row, sorted
// column: quotes their sentences, in the order of the claims
// example: loadpath query list_sole_sources
MATCH (c:Claim {predicate: 'DEPENDS_ON', polarity: 'positive', sole_source: true})-[:OBJECT]->(source)
WHERE c.modality IN ['asserted', 'planned', 'historical'] AND ($company = 'any' OR c.subject_id = $company)
  AND c.known_from <= $known_on AND (c.known_to IS NULL OR c.known_to > $known_on)
  AND ($as_of IS NULL OR ((c.valid_from IS NULL OR c.valid_from <= $as_of) AND (c.valid_to IS NULL OR c.valid_to >= $as_of)))
WITH c, source ORDER BY c.id
WITH c.subject_id AS dependent_id, c.subject_name AS dependent, CASE WHEN c.named THEN source.id ELSE '' END AS source_id, c.object_name AS source, source.layers AS layers,
     count(DISTINCT c.source_group) AS publishers, min(c.known_from) AS first_known, collect(c.id) AS claim_ids, collect(c.quote) AS quotes
RETURN dependent, source, CASE WHEN size(layers) > 0 THEN layers[0] ELSE '' END AS layer, publishers, first_known, claim_ids, quotes
ORDER BY dependent, source, claim_ids[0]
