// title: Disclosed customers with a share
// question: Which customers of 10 % or more are disclosed, by whom, named or not?
// number: 3
// predicates: SUPPLIES
// param: min_share number 10 the least share, in percent
// param: company company any name, ticker or id of the supplier; any: of all
// param: since date any shares of periods that ended before this day are left out; those of unknown periods stay
// param: as_of date any the day that claims are about: those valid only before or after it are left out; without known validity they stay
// param: known_on date latest what could be known on that day: later documents, and those closed by then, are left out
// column: supplier whose customer it is
// column: customer its name, or the label of an unnamed one: the same letter in another filing is another party, and another row
// column: named whether the text names it
// column: share percent; where comparator is ≥, the bound
// column: comparator = or ≥
// column: benchmark of what: revenue, receivables
// column: segment the part of the business that the share is of; empty where it is of the whole
// column: period_from first day of the period that the text names
// column: period_to last day of it
// column: told_by who publishes it, of those the first by name
// column: disclosed when it became known
// column: claim_ids the claims behind the row, sorted
// column: quotes their sentences, in the order of the claims
// example: loadpath query list_large_customers --param min_share=20
MATCH (c:Claim {predicate: 'SUPPLIES', polarity: 'positive'})
WHERE c.share >= $min_share AND c.benchmark IN ['revenue', 'receivables'] AND c.modality IN ['asserted', 'planned', 'historical']
  AND ($company = 'any' OR c.subject_id = $company) AND ($since IS NULL OR c.valid_to IS NULL OR c.valid_to >= $since)
  AND c.known_from <= $known_on AND (c.known_to IS NULL OR c.known_to > $known_on)
  AND ($as_of IS NULL OR ((c.valid_from IS NULL OR c.valid_from <= $as_of) AND (c.valid_to IS NULL OR c.valid_to >= $as_of)))
WITH c ORDER BY c.id
WITH c.subject_id AS supplier_id, c.subject_name AS supplier, c.object_id AS customer_id, c.object_name AS customer, c.named AS named, c.share AS share,
     coalesce(c.share_comparator, '=') AS comparator, c.benchmark AS benchmark, coalesce(c.segment, '') AS segment, c.valid_from AS period_from,
     c.valid_to AS period_to, min(c.publisher) AS told_by, min(c.known_from) AS disclosed, collect(c.id) AS claim_ids, collect(c.quote) AS quotes
RETURN supplier, customer, named, share, comparator, benchmark, segment, period_from, period_to, told_by, disclosed, claim_ids, quotes
ORDER BY supplier, supplier_id, share DESC, customer, benchmark, period_to, claim_ids[0]
