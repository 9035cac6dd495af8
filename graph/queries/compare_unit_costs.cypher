// title: Claims of lower unit cost
// question: Who claims lower cost per token, watt or FLOP, with what number, measured or claimed?
// number: 11
// predicates: HAS_METRIC
// param: as_of date any the day that claims are about: those valid only before or after it are left out; without known validity they stay
// param: known_on date latest what could be known on that day: later documents, and those closed by then, are left out
// param: per text any token, watt, flop, other (some other unit of work, or none said), or any
// param: measured text benchmark|mlperf|mlcommons|measured|measurement|tested parts of words, between bars, that make a sentence tell of a measurement
// column: company whose number it is; a product's maker
// column: subject the company or product that the sentence measures
// column: per the unit of work that the sentence names: token, watt (energy and power as well), flop, or other
// column: metric cost reduction, unit cost, unit price and power usage effectiveness always; efficiency, performance, throughput only where the unit is named
// column: number the number as written, with its unit
// column: comparator =, ≥, ≤ or ~ (at least, up to, about)
// column: baseline against what, where the sentence says so; else empty
// column: basis measured (the sentence tells of a test or benchmark), planned, hedged, or claimed (said without saying how it was measured)
// column: said_by self (the document is the company's own, a filing for instance) or others
// column: first_known the first day on which it could be known
// column: claim_ids the claims behind the row, sorted
// column: quotes their sentences, in the order of the claims
// example: loadpath query compare_unit_costs --param per=token
MATCH (c:Claim {predicate: 'HAS_METRIC', polarity: 'positive'})-[:SUBJECT]->(s)
WHERE c.metric IN ['cost reduction', 'unit cost', 'unit price', 'power usage effectiveness', 'efficiency', 'performance', 'throughput']
  AND c.known_from <= $known_on AND (c.known_to IS NULL OR c.known_to > $known_on) AND ($as_of IS NULL OR ((c.valid_from IS NULL OR c.valid_from <= $as_of) AND (c.valid_to IS NULL OR c.valid_to >= $as_of)))
WITH c, s, toLower(c.quote) AS said, c.metric IN ['efficiency', 'performance', 'throughput', 'power usage effectiveness'] AS work
WITH c, s, said, work, said CONTAINS 'flop' AS flop,
     said CONTAINS 'per token' OR said CONTAINS '/token' OR said CONTAINS 'per million tokens' OR said CONTAINS '/m tokens' OR said CONTAINS 'token cost' OR said CONTAINS 'cost of tokens' AS token,
     said CONTAINS 'per watt' OR said CONTAINS '/watt' OR said CONTAINS 'per megawatt' OR said CONTAINS '/mw' OR said CONTAINS 'per mw' OR said CONTAINS 'per kilowatt' OR said CONTAINS '/kw' OR said CONTAINS 'per kw' AS watt
// A sentence may name two units: costs are rather told per token, output rather per watt.
WITH c, s, said, work, CASE WHEN work AND watt THEN 'watt' WHEN token THEN 'token' WHEN flop THEN 'flop' WHEN watt THEN 'watt'
     WHEN c.metric = 'power usage effectiveness' THEN 'watt' ELSE 'other' END AS per
WHERE (NOT work OR per <> 'other') AND ($per = 'any' OR per = $per)
OPTIONAL MATCH (maker:Organization {id: s.owner_id})
WITH c, per, coalesce(maker.name, s.name) AS company,
     CASE WHEN c.modality = 'planned' THEN 'planned' WHEN c.modality IN ['hedged', 'conditional'] THEN 'hedged'
          WHEN any(word IN split($measured, '|') WHERE said CONTAINS word) THEN 'measured' ELSE 'claimed' END AS basis,
     CASE WHEN coalesce(c.unit, '') = '' THEN c.value_text ELSE c.value_text + ' ' + c.unit END AS number,
     CASE WHEN c.disclosed_by = 'subject' OR c.filer_id = coalesce(maker.id, s.id) THEN 'self' ELSE 'others' END AS said_by
ORDER BY c.id
WITH company, c.subject_name AS subject, per, c.metric AS metric, number, coalesce(c.comparator, '=') AS comparator,
     coalesce(c.baseline, '') AS baseline, basis, said_by, min(c.known_from) AS first_known, collect(c.id) AS claim_ids, collect(c.quote) AS quotes
RETURN company, subject, per, metric, number, comparator, baseline, basis, said_by, first_known, claim_ids, quotes
ORDER BY per, metric, company, subject, claim_ids[0]
