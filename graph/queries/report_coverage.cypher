// number: 25
// title: How complete an answer is
// question: How complete is this answer: which filings, sections, years are missing?
// predicates: COMMITS_TO, COMPETES_WITH, DEPENDS_ON, EXPOSED_TO, FINANCES, HAS_METRIC, OPERATES, OWNS, PARTNERS_WITH, RELIEVES, SUPPLIES
// param: company company any the company asked about: its own filings, and documents that say something of it; any: all documents
// param: predicates text any predicates whose claims are counted, separated by a comma and a space; any: all
// param: as_of date any the day that claims are about: those valid only before or after it are left out; without known validity they stay
// param: known_on date latest what could be known on that day: later documents, and those closed by then, are left out
// column: company the filer, or who published the documents where no filer is known
// column: company_id its id where it is a filer, else empty
// column: form form of the filings, or kind of the documents
// column: period last day of the filing's period, or the year of publication; of a missing filing the month in which its period ends
// column: status whole, partly (items are missing), not read (a language that is not covered) or missing (a filing that is due between those read, or all)
// column: documents how many were read
// column: not_read how many more could not be, in a language that is not covered
// column: with_facts how many of them state a fact that is asked for
// column: facts facts found there, which the graph shows
// column: candidates claims found there that are not sure enough for the graph
// column: by_predicate facts by predicate
// column: items_found items of the form that were found
// column: missing items that were not found and why, or why a document was not read
// column: claim_ids the facts, sorted
// column: quotes their sentences, in the order of the claims
// example: loadpath query report_coverage --param company=NVIDIA --param predicates=SUPPLIES
// What a filer has to report each quarter between its first and its last report, and what is not there.
OPTIONAL MATCH (d:Document)
WHERE d.form IN ['10-K', '10-Q'] AND d.filer_id IS NOT NULL AND d.period_month IS NOT NULL AND ($company = 'any' OR d.filer_id = $company)
  AND d.known_from <= $known_on AND (d.known_to IS NULL OR d.known_to > $known_on)
WITH d.filer_name AS company, d.filer_id AS company_id, collect(DISTINCT d.period_month) AS months, min(d.period_month) AS first_month,
     max(d.period_month) AS last_month, collect(DISTINCT CASE WHEN d.form = '10-K' THEN d.period_month % 12 END) AS year_ends
UNWIND CASE WHEN company_id IS NULL THEN [0] ELSE range(first_month, last_month, 3) END AS month
WITH company, company_id, months, year_ends, month, size([y IN year_ends WHERE (month - y + 13) % 12 <= 2]) AS ends_year
WITH company, company_id, months, year_ends, month, ends_year ORDER BY company_id, month
WITH collect(CASE WHEN size([m IN months WHERE m >= month - 1 AND m <= month + 1]) = 0 AND company_id IS NOT NULL THEN
       company + '\t' + company_id + '\t' + CASE WHEN size(year_ends) = 0 THEN '10-K or 10-Q' WHEN ends_year > 0 THEN '10-K' ELSE '10-Q' END
       + '\t' + toString(month / 12) + '-' + right('0' + toString(month % 12 + 1), 2) END) AS due
OPTIONAL MATCH (o:Organization {id: $company}) WHERE o.cik IS NOT NULL
OPTIONAL MATCH (f:Document {filer_id: $company}) WHERE f.known_from <= $known_on AND (f.known_to IS NULL OR f.known_to > $known_on)
WITH due, o.name AS company, count(f) AS filings
WITH due + CASE WHEN company IS NULL OR filings > 0 THEN [] ELSE [company + '\t' + $company + '\tfilings\tany'] END AS due
// One text, not a list: each row of what follows carries it along.
WITH reduce(text = '', gap IN due | text + CASE WHEN text = '' THEN '' ELSE '\n' END + gap) AS gaps
// What was read, document by document; a last row of none carries the gaps on where no document is asked for.
OPTIONAL MATCH (d:Document) WHERE d.known_from <= $known_on AND (d.known_to IS NULL OR d.known_to > $known_on)
WITH gaps, collect(d) AS documents
UNWIND documents + [null] AS d
WITH gaps, d,
     size([i IN range(0, coalesce(size(d.candidate_ids), 0) - 1)
           WHERE ($company = 'any' OR d.candidate_subjects[i] = $company OR d.candidate_objects[i] = $company)
             AND ($predicates = 'any' OR d.candidate_predicates[i] IN split($predicates, ', '))
             AND ($as_of IS NULL OR (d.candidate_valid_from[i] <= $as_of AND d.candidate_valid_to[i] >= $as_of))]) AS candidates
OPTIONAL MATCH (d)<-[:IN_DOCUMENT]-(:Evidence)<-[:SUPPORTED_BY]-(c:Claim)
WHERE ($company = 'any' OR c.subject_id = $company OR c.object_id = $company) AND ($predicates = 'any' OR c.predicate IN split($predicates, ', '))
  AND ($as_of IS NULL OR ((c.valid_from IS NULL OR c.valid_from <= $as_of) AND (c.valid_to IS NULL OR c.valid_to >= $as_of)))
WITH gaps, d, candidates, collect(CASE WHEN c IS NOT NULL THEN {id: c.id, predicate: c.predicate, quote: c.quote} END) AS claims
WHERE $company = 'any' OR d IS NULL OR d.filer_id = $company OR size(claims) + candidates > 0
WITH gaps, d.id AS document_id, coalesce(d.filer_name, d.publisher) AS company, coalesce(d.filer_id, '') AS company_id,
     coalesce(d.form, d.kind) AS form, coalesce(toString(d.period_end), toString(d.published.year), 'undated') AS period, candidates, claims,
     size([i IN range(0, coalesce(size(d.items), 0) - 1) WHERE d.items[i] <> '' AND d.item_statuses[i] = 'found']) AS items_found,
     CASE WHEN 'not covered' IN d.item_statuses THEN 1 ELSE 0 END AS unread,
     [i IN range(0, coalesce(size(d.items), 0) - 1)
      WHERE NOT d.item_statuses[i] IN ['found', 'whole'] AND NOT d.item_reasons[i] CONTAINS 'lets it be left out'
      | CASE WHEN d.items[i] = '' THEN d.item_reasons[i] ELSE d.items[i] + ': ' + d.item_reasons[i] END] AS missing
ORDER BY document_id
WITH gaps, company, company_id, form, period, count(document_id) AS documents, sum(CASE WHEN size(claims) > 0 THEN 1 ELSE 0 END) AS with_facts,
     sum(candidates) AS candidates, sum(items_found) AS items_found, sum(unread) AS unread, collect(claims) AS claim_lists,
     collect(missing) AS missing_lists
UNWIND CASE WHEN with_facts = 0 THEN [[null]] ELSE claim_lists END AS claims
UNWIND CASE WHEN size(claims) = 0 THEN [null] ELSE claims END AS c
// What was unwound is dropped before the rows are put in order: it would be held once a row.
WITH gaps, company, company_id, form, period, documents, with_facts, candidates, items_found, unread, missing_lists, c
WITH gaps, company, company_id, form, period, documents, with_facts, candidates, items_found, unread, missing_lists, c ORDER BY c.id
WITH gaps, company, company_id, form, period, documents, with_facts, candidates, items_found, unread, missing_lists,
     collect(c.id) AS claim_ids, collect(c.quote) AS quotes, collect(c.predicate) AS stated
WITH gaps, collect({company: company, company_id: company_id, form: form, period: period,
       status: CASE WHEN unread = documents THEN 'not read' WHEN size([m IN missing_lists WHERE size(m) > 0]) = 0 THEN 'whole' ELSE 'partly' END,
       documents: documents - unread, not_read: unread, with_facts: with_facts, facts: size(claim_ids), candidates: candidates,
       items_found: items_found,
       missing: reduce(all = [], m IN reduce(every = [], one IN missing_lists | every + one) | CASE WHEN m IN all THEN all ELSE all + m END),
       by_predicate: [p IN ['COMMITS_TO', 'COMPETES_WITH', 'DEPENDS_ON', 'EXPOSED_TO', 'FINANCES', 'HAS_METRIC', 'OPERATES', 'OWNS',
         'PARTNERS_WITH', 'RELIEVES', 'SUPPLIES'] WHERE p IN stated | p + ' ' + toString(size([s IN stated WHERE s = p]))],
       claim_ids: claim_ids, quotes: quotes}) AS groups
WITH [g IN groups WHERE g.documents + g.not_read > 0]
     + [g IN [gap IN split(gaps, '\n') WHERE gap <> '' | split(gap, '\t')]
        | {company: g[0], company_id: g[1], form: g[2], period: g[3], status: 'missing', documents: 0, not_read: 0, with_facts: 0, facts: 0,
           candidates: 0, by_predicate: [], items_found: 0, missing: [], claim_ids: [], quotes: []}] AS rows
UNWIND rows AS row
WITH row
RETURN row.company AS company, row.company_id AS company_id, row.form AS form, row.period AS period, row.status AS status,
       row.documents AS documents, row.not_read AS not_read, row.with_facts AS with_facts, row.facts AS facts, row.candidates AS candidates,
       row.by_predicate AS by_predicate, row.items_found AS items_found, row.missing AS missing, row.claim_ids AS claim_ids, row.quotes AS quotes
ORDER BY company, company_id, period, form
