// title: Commitments by the year in which they fall due
// question: Which commitments fall due by year, from whom to whom?
// number: 17
// predicates: COMMITS_TO
// param: company company any name, ticker or id of a company on either side; any: of all
// param: year integer 0 only what falls due in this calendar year; 0: in any, and where no year is told
// param: as_of date any the day of asking: what was stated of later days, and parts whose last day lies before it, are left out
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
// column: stated when this became known; of the schedules of two parties for one kind only the newest counts
// column: claim_ids the claims behind the row, sorted
// column: quotes their sentences, in the order of the claims
// example: loadpath query list_commitments_due --param company=Apple
MATCH (c:Claim {predicate: 'COMMITS_TO', polarity: 'positive'})
WHERE c.modality IN ['asserted', 'planned', 'historical'] AND ($company = 'any' OR c.subject_id = $company OR c.object_id = $company)
  AND (c.horizon IS NOT NULL OR c.valid_from > c.known_from)
  AND c.known_from <= $known_on AND (c.known_to IS NULL OR c.known_to > $known_on)
  AND ($as_of IS NULL OR CASE WHEN c.horizon IS NULL THEN c.known_from ELSE coalesce(c.valid_from, c.known_from) END <= $as_of)
OPTIONAL MATCH (:Claim)-[l:SUPERSEDES]->(c)
WHERE l.known_from <= $known_on AND (l.known_to IS NULL OR l.known_to > $known_on)
WITH c, count(l) AS newer
WHERE newer = 0
// A schedule replaces the earlier ones of the same company for the same kind; unnamed others are of their document, so the name tells.
WITH c.subject_id AS from_id, c.object_name AS to_name, c.kind AS kind, max(CASE WHEN c.horizon IS NOT NULL THEN c.known_from END) AS newest, collect(c) AS claims
UNWIND claims AS c
WITH c, newest
WHERE c.horizon IS NULL OR c.known_from = newest
WITH c, CASE WHEN size(c.due_words) > 0
     THEN [i IN range(0, size(c.due_words) - 1) | {due: c.due_words[i], from: c.due_from[i], to: c.due_to[i], amount: c.due_amounts[i]}]
     WHEN c.valid_from > c.known_from THEN [{due: 'named', from: c.valid_from, to: c.valid_to,
       amount: CASE WHEN c.amount_comparator IN ['≤', '≥'] OR c.amount_low = c.amount_high THEN coalesce(c.amount_low, c.amount_high) END}]
     ELSE [] END AS parts
UNWIND parts AS part
WITH c, part
WHERE ($as_of IS NULL OR part.to >= $as_of) AND ($year = 0 OR (part.to < date('9999-12-31') AND part.to.year = $year))
WITH c, part.due AS due, CASE WHEN part.from > date('0001-01-01') THEN part.from END AS due_from,
     CASE WHEN part.to < date('9999-12-31') THEN part.to END AS due_to, part.amount AS amount
ORDER BY c.id
WITH c.subject_id AS from_id, c.subject_name AS from_name, c.object_id AS to_id, c.object_name AS to_name, c.kind AS kind, due, due_from, due_to,
     amount, CASE WHEN amount IS NULL THEN null ELSE c.currency END AS currency, min(c.known_from) AS stated,
     collect(c.id) AS claim_ids, collect(c.quote) AS quotes
RETURN due_to.year AS year, from_name AS `from`, to_name AS `to`, kind, due, due_from, due_to, amount, currency, stated, claim_ids, quotes
ORDER BY coalesce(due_to.year, 9999), `from`, `to`, stated, due_to, due, claim_ids[0], amount
