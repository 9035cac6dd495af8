// title: Disclosed customers with a share
// question: Which customers of 10 % or more are disclosed, by whom, named or not?
// param: min_share number 10 the least share, in percent
// param: as_of date any the day that claims are about: those valid only before or after it are left out; without known validity they stay
// param: known_on date latest what could be known on that day: later documents, and those closed by then, are left out
// column: supplier who discloses or is said to have the customer
// column: customer its name, or the label of an unnamed one
// column: named whether the text names it
// column: share percent
// column: benchmark of what: revenue, receivables
// column: period_from begin of the period that the text names
// column: claim_ids the claims behind the row, sorted
// column: quotes their sentences, in the order of the claims
// example: loadpath query list_large_customers --param min_share=20
MATCH (c:Claim {predicate: 'SUPPLIES', polarity: 'positive'})
WHERE c.share >= $min_share AND c.benchmark IN ['revenue', 'receivables'] AND coalesce(c.status, 'open') <> 'closed' AND c.known_from <= $known_on AND (c.known_to IS NULL OR c.known_to > $known_on) AND ($as_of IS NULL OR ((c.valid_from IS NULL OR c.valid_from <= $as_of) AND (c.valid_to IS NULL OR c.valid_to >= $as_of)))
WITH c ORDER BY c.id
WITH c.subject_name AS supplier, c.object_name AS customer, c.named AS named, c.share AS share, c.benchmark AS benchmark,
     c.valid_from AS period_from, collect(c.id) AS claim_ids, collect(c.quote) AS quotes
RETURN supplier, customer, named, share, benchmark, period_from, claim_ids, quotes
ORDER BY supplier, share DESC, customer, benchmark, claim_ids[0]
