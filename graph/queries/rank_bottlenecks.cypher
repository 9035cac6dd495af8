// title: Bottlenecks by the filers and companies that name them
// question: Which bottleneck is named by most filers this year and last, and who named it first?
// number: 2
// predicates: EXPOSED_TO
// param: as_of date any the day that claims are about: those valid only before or after it are left out; without known validity they stay
// param: known_on date latest what could be known on that day: later documents, and those closed by then, are left out
// column: bottleneck code of the scarcity
// column: filers_this_year companies whose own filings name it, in the year up to known_on, or to the newest claim about any bottleneck where that is earlier
// column: filers_last_year the same for the year before
// column: companies companies said to be exposed, by anybody and at any time; a product counts for its maker, unnamed parties and whole industries do not
// column: this_year the same in the year up to that day
// column: last_year the same in the year before
// column: first_named_by the company, product or group that was first said to be exposed, a product by its maker
// column: first_named_on the day on which that could first be known
// column: claim_ids the claims behind the row, sorted
// column: quotes their sentences, in the order of the claims
// example: loadpath query rank_bottlenecks --known-on 2025-12-31
MATCH (n:Claim {predicate: 'EXPOSED_TO', polarity: 'positive'})
WITH max(n.known_from) AS newest
WITH CASE WHEN $known_on < newest THEN $known_on ELSE newest END AS day
WITH day, day - duration({years: 1}) AS year_ago, day - duration({years: 2}) AS two_years_ago
MATCH (c:Claim {predicate: 'EXPOSED_TO', polarity: 'positive'})
WHERE c.known_from <= $known_on AND (c.known_to IS NULL OR c.known_to > $known_on) AND ($as_of IS NULL OR ((c.valid_from IS NULL OR c.valid_from <= $as_of) AND (c.valid_to IS NULL OR c.valid_to >= $as_of)))
OPTIONAL MATCH (c)-[:SUBJECT]->(s)
WITH c, CASE WHEN s:Organization THEN s.id ELSE s.owner_id END AS company, c.known_from > year_ago AS new,
     c.known_from <= year_ago AND c.known_from > two_years_ago AS old, CASE WHEN c.filer_id <> '' THEN c.filer_id END AS filer
ORDER BY c.id
WITH c.object_id AS bottleneck, count(DISTINCT CASE WHEN new THEN filer END) AS filers_this_year,
     count(DISTINCT CASE WHEN old THEN filer END) AS filers_last_year, count(DISTINCT company) AS companies,
     count(DISTINCT CASE WHEN new THEN company END) AS this_year, count(DISTINCT CASE WHEN old THEN company END) AS last_year,
     min(toString(c.known_from) + '|' + c.id) AS first, collect(c.id) AS claim_ids, collect(c.quote) AS quotes
WITH bottleneck, filers_this_year, filers_last_year, companies, this_year, last_year, split(first, '|')[1] AS first_id, claim_ids, quotes
MATCH (f:Claim {id: first_id})
OPTIONAL MATCH (f)-[:SUBJECT]->(s:Offering)
OPTIONAL MATCH (maker:Organization {id: s.owner_id})
RETURN bottleneck, filers_this_year, filers_last_year, companies, this_year, last_year,
       coalesce(maker.name, f.subject_name) AS first_named_by, f.known_from AS first_named_on, claim_ids, quotes
ORDER BY filers_this_year + filers_last_year DESC, companies DESC, bottleneck
