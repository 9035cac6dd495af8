// title: Denials of a large customer
// question: Who denies having a customer of 10 % or more?
// param: as_of date any the day that claims are about: those valid only before or after it are left out; without known validity they stay
// param: known_on date latest what could be known on that day: later documents, and those closed by then, are left out
// column: supplier who denies it
// column: benchmark of what: revenue, receivables
// column: period_from begin of the period that the text names
// column: claim_ids the claims behind the row, sorted
// column: quotes their sentences, in the order of the claims
// example: loadpath query list_denied_customers
MATCH (c:Claim {predicate: 'SUPPLIES', polarity: 'negative'})
WHERE c.object_name STARTS WITH 'customer ≥' AND coalesce(c.status, 'open') <> 'closed' AND c.known_from <= $known_on AND (c.known_to IS NULL OR c.known_to > $known_on) AND ($as_of IS NULL OR ((c.valid_from IS NULL OR c.valid_from <= $as_of) AND (c.valid_to IS NULL OR c.valid_to >= $as_of)))
WITH c ORDER BY c.id
WITH c.subject_name AS supplier, c.benchmark AS benchmark, c.valid_from AS period_from, collect(c.id) AS claim_ids,
     collect(c.quote) AS quotes
RETURN supplier, benchmark, period_from, claim_ids, quotes
ORDER BY supplier, benchmark, claim_ids[0]
