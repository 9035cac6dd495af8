// title: Denials of a large customer
// question: Who denies having a customer of 10 % or more?
// number: 4
// predicates: SUPPLIES
// param: company company any name, ticker or id of the supplier; any: of all
// param: as_of date any the day that claims are about: those valid only before or after it are left out; without known validity they stay
// param: known_on date latest what could be known on that day: later documents, and those closed by then, are left out
// column: supplier who denies it
// column: threshold the least share that no customer is said to reach, in percent
// column: benchmark of what: revenue, receivables
// column: period_from first day of the period that the text names
// column: period_to last day of it
// column: disclosed when it became known
// column: claim_ids the claims behind the row, sorted
// column: quotes their sentences, in the order of the claims
// example: loadpath query list_denied_customers
MATCH (c:Claim {predicate: 'SUPPLIES', polarity: 'negative'})
WHERE c.object_name STARTS WITH 'customer ≥' AND ($company = 'any' OR c.subject_id = $company)
  AND c.known_from <= $known_on AND (c.known_to IS NULL OR c.known_to > $known_on)
  AND ($as_of IS NULL OR ((c.valid_from IS NULL OR c.valid_from <= $as_of) AND (c.valid_to IS NULL OR c.valid_to >= $as_of)))
WITH c ORDER BY c.id
WITH c.subject_id AS supplier_id, c.subject_name AS supplier, toFloat(replace(replace(c.object_name, 'customer ≥', ''), '%', '')) AS threshold,
     c.benchmark AS benchmark, c.valid_from AS period_from, c.valid_to AS period_to, min(c.known_from) AS disclosed,
     collect(c.id) AS claim_ids, collect(c.quote) AS quotes
RETURN supplier, threshold, benchmark, period_from, period_to, disclosed, claim_ids, quotes
ORDER BY supplier, supplier_id, benchmark, period_to, threshold, claim_ids[0]
