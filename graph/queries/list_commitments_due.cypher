// title: Commitments by the year in which they fall due
// question: Which commitments fall due by year, from whom to whom?
// number: 17
// predicates: COMMITS_TO
// param: company company any name, ticker or id of a company on either side; any: of all
// param: as_of date any the day that claims are about: those valid only before or after it are left out; without known validity they stay
// param: known_on date latest what could be known on that day: later documents, and those closed by then, are left out
// column: year calendar year in which the last day of the part lies; empty where the document names none: later than any named year, or a fiscal year whose days it does not state
// column: from who is bound to buy, take, lease or pay
// column: to whom it is bound to
// column: kind of commitment
// column: due the part, as the document counts: within 12 months, year 2, later, or named where the text names the time itself
// column: due_from first day of the part, where it is told
// column: due_to last day of the part, where it is told
// column: amount of the part
// column: currency of the amount
// column: stated when this became known; a statement that a later one of the same parties supersedes is left out
// column: claim_ids the claims behind the row, sorted
// column: quotes their sentences, in the order of the claims
// example: loadpath query list_commitments_due --param company=Apple
MATCH (c:Claim {predicate: 'COMMITS_TO', polarity: 'positive'})
WHERE c.modality IN ['asserted', 'planned', 'historical'] AND ($company = 'any' OR c.subject_id = $company OR c.object_id = $company)
  AND (c.horizon IS NOT NULL OR c.valid_from > c.known_from)
  AND c.known_from <= $known_on AND (c.known_to IS NULL OR c.known_to > $known_on)
  AND ($as_of IS NULL OR ((c.valid_from IS NULL OR c.valid_from <= $as_of) AND (c.valid_to IS NULL OR c.valid_to >= $as_of)))
OPTIONAL MATCH (:Claim)-[l:SUPERSEDES]->(c)
WHERE l.known_from <= $known_on AND (l.known_to IS NULL OR l.known_to > $known_on)
WITH c, count(l) AS newer
WHERE newer = 0
WITH c, CASE WHEN size(c.due_words) > 0
     THEN [i IN range(0, size(c.due_words) - 1) | {due: c.due_words[i], from: c.due_from[i], to: c.due_to[i], amount: c.due_amounts[i]}]
     WHEN c.valid_from > c.known_from THEN [{due: 'named', from: c.valid_from, to: c.valid_to,
       amount: CASE WHEN c.amount_comparator IN ['≤', '≥'] OR c.amount_low = c.amount_high THEN coalesce(c.amount_low, c.amount_high) END}]
     ELSE [] END AS parts
UNWIND parts AS part
WITH c, part.due AS due, CASE WHEN part.from > date('0001-01-01') THEN part.from END AS due_from,
     CASE WHEN part.to < date('9999-12-31') THEN part.to END AS due_to, part.amount AS amount
ORDER BY c.id
WITH c.subject_id AS from_id, c.subject_name AS from_name, c.object_id AS to_id, c.object_name AS to_name, c.kind AS kind, due, due_from, due_to,
     amount, CASE WHEN amount IS NULL THEN null ELSE c.currency END AS currency, min(c.known_from) AS stated,
     collect(c.id) AS claim_ids, collect(c.quote) AS quotes
RETURN due_to.year AS year, from_name AS `from`, to_name AS `to`, kind, due, due_from, due_to, amount, currency, stated, claim_ids, quotes
ORDER BY coalesce(due_to.year, 9999), `from`, `to`, stated, due_to, due, claim_ids[0], amount
