// title: Bottlenecks by number of companies that name them
// question: Which bottleneck is named by most filers this year and last, and who named it first?
// param: as_of date any the day that claims are about: those valid only before or after it are left out; without known validity they stay
// param: known_on date latest what could be known on that day: later documents, and those closed by then, are left out
// column: bottleneck code of the scarcity
// column: companies how many parties are said to be exposed
// column: this_year parties in documents known in the year up to known_on (or the newest document)
// column: last_year parties in the year before
// column: first_named_by who named it first
// column: first_named_on when
// column: claim_ids the claims behind the row, sorted
// column: quotes their sentences, in the order of the claims
// example: loadpath query rank_bottlenecks --known-on 2025-12-31
MATCH (d:Document) WHERE d.known_from <= $known_on
WITH max(d.known_from) AS newest
MATCH (c:Claim {predicate: 'EXPOSED_TO', polarity: 'positive'})-[:OBJECT]->(b:Bottleneck)
WHERE coalesce(c.status, 'open') <> 'closed' AND c.known_from <= $known_on AND (c.known_to IS NULL OR c.known_to > $known_on) AND ($as_of IS NULL OR ((c.valid_from IS NULL OR c.valid_from <= $as_of) AND (c.valid_to IS NULL OR c.valid_to >= $as_of)))
WITH b, c, newest ORDER BY c.known_from, c.subject_name, c.id
WITH b, newest, collect(c) AS claims
UNWIND claims AS c
WITH b, claims, c, newest.year AS year
WITH b, claims, count(DISTINCT c.subject_id) AS companies,
     count(DISTINCT CASE WHEN c.known_from.year = year THEN c.subject_id END) AS this_year,
     count(DISTINCT CASE WHEN c.known_from.year = year - 1 THEN c.subject_id END) AS last_year
UNWIND claims AS c
WITH b, claims, companies, this_year, last_year, c ORDER BY c.id
WITH b, claims, companies, this_year, last_year, collect(c.id) AS claim_ids, collect(c.quote) AS quotes
RETURN b.id AS bottleneck, companies, this_year, last_year, claims[0].subject_name AS first_named_by,
       claims[0].known_from AS first_named_on, claim_ids, quotes
ORDER BY companies DESC, bottleneck
