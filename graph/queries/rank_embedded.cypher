// title: Who is embedded, by kinds of evidence
// question: Who is embedded: long contracts, certifications, integrations, switching cost, breadth of dependents?
// number: 12
// predicates: DEPENDS_ON, SUPPLIES, COMMITS_TO, PARTNERS_WITH
// param: as_of date any the day that claims are about: those valid only before or after it are left out; without known validity they stay
// param: known_on date latest what could be known on that day: later documents, and those closed by then, are left out
// param: least integer 2 how many of the six kinds of evidence a company must have
// param: long_kinds text contracted_backlog|remaining_performance_obligations|take-or-pay|power_purchase_agreement|capacity_reservation|lease|lease_not_yet_commenced|long-term_supply_agreements|long-term_purchase_commitments kinds of commitment that are long by nature
// param: long_words text multi-year|multiyear|long-term|_years|-year|through_20 parts of sentences that make any other commitment a long one; _ stands for a blank
// param: certified text certified|certification|certifies|accredited|accreditation|qualified_for|qualified_by|qualified_at parts of sentences that tell of a certification or qualification
// param: integrated text to_integrate|integrates|integrating|integration|integrated_with|integrated_into|built_into|embedded_in|designed_into|standardized_on parts of sentences that tell of an integration
// param: switching text switching|lock-in|locked_in|locked-in|difficult_to_replace|hard_to_replace|rip_out|entrenched|mission-critical parts of sentences that tell of the cost of leaving
// column: company who is embedded; a product counts for its maker
// column: kinds of evidence, of six: dependents, sole_source, long_contracts, certifications, integrations, switching_cost; each counts once, however often it is said
// column: breadth named parties that depend on it, are supplied by it or have committed to buy from it; a product counts for its maker, or not at all where the maker is not known
// column: dependents parties, named or not, that are said to depend on it; products as above
// column: sole_source parties whose sole or single source it is said to be
// column: long_contracts long commitments towards it: of named customers one each, of unnamed ones one for each kind
// column: certifications sentences that tell of one; a sentence that filings repeat counts once
// column: integrations sentences that tell of one, partnerships included
// column: switching_cost sentences that tell of it
// column: claim_ids the claims behind the row, sorted
// column: quotes their sentences, in the order of the claims
// example: loadpath query rank_embedded --param least=3
WITH split(replace($certified, '_', ' '), '|') AS certified_words, split(replace($integrated, '_', ' '), '|') AS integrated_words,
     split(replace($switching, '_', ' '), '|') AS switching_words, split(replace($long_words, '_', ' '), '|') AS long_words,
     split(replace($long_kinds, '_', ' '), '|') AS long_kinds
MATCH (c:Claim)
WHERE c.predicate IN ['DEPENDS_ON', 'SUPPLIES', 'COMMITS_TO', 'PARTNERS_WITH'] AND c.polarity = 'positive' AND c.modality IN ['asserted', 'planned']
  AND (c.predicate IN ['SUPPLIES', 'PARTNERS_WITH'] OR c.object_kind IN ['Organization', 'Offering'])
  AND c.known_from <= $known_on AND (c.known_to IS NULL OR c.known_to > $known_on) AND ($as_of IS NULL OR ((c.valid_from IS NULL OR c.valid_from <= $as_of) AND (c.valid_to IS NULL OR c.valid_to >= $as_of)))
// Filings repeat their sentences: each is searched once.
WITH toLower(c.quote) AS said, collect(c) AS claims, certified_words, integrated_words, switching_words, long_words, long_kinds
WITH claims, any(w IN certified_words WHERE said CONTAINS w) AS certified, any(w IN integrated_words WHERE said CONTAINS w) AS integrated,
     any(w IN switching_words WHERE said CONTAINS w) AS switching, any(w IN long_words WHERE said CONTAINS w) AS lasting, long_kinds
UNWIND claims AS c
WITH c, certified, integrated, switching, c.predicate = 'COMMITS_TO' AND (lasting OR c.kind IN long_kinds) AS long
WHERE c.predicate <> 'PARTNERS_WITH' OR certified OR integrated OR switching
// A partnership ties both sides; else it is the supplier who is embedded.
UNWIND CASE WHEN c.predicate = 'PARTNERS_WITH' THEN [c.subject_id, c.object_id] WHEN c.predicate = 'SUPPLIES' THEN [c.subject_id] ELSE [c.object_id] END AS host_id
WITH c, certified, integrated, switching, long, host_id, CASE WHEN c.predicate = 'SUPPLIES' THEN c.object_id ELSE c.subject_id END AS other_id
OPTIONAL MATCH (product:Offering {id: host_id})
OPTIONAL MATCH (dependent:Offering {id: other_id})
WITH CASE WHEN product IS NULL THEN host_id ELSE product.owner_id END AS company_id, c, certified, integrated, switching, long,
     CASE WHEN dependent IS NULL THEN other_id ELSE dependent.owner_id END AS other_id ORDER BY c.id
WITH company_id, count(DISTINCT CASE WHEN c.named AND c.predicate <> 'PARTNERS_WITH' THEN other_id END) AS breadth,
     count(DISTINCT CASE WHEN c.predicate = 'DEPENDS_ON' THEN other_id END) AS dependents,
     count(DISTINCT CASE WHEN c.predicate = 'DEPENDS_ON' AND c.sole_source THEN other_id END) AS sole_source,
     count(DISTINCT CASE WHEN long THEN CASE WHEN c.named THEN other_id ELSE 'kind ' + coalesce(c.kind, '') END END) AS long_contracts,
     count(DISTINCT CASE WHEN certified THEN c.quote END) AS certifications, count(DISTINCT CASE WHEN integrated THEN c.quote END) AS integrations,
     count(DISTINCT CASE WHEN switching THEN c.quote END) AS switching_cost, collect(c.id) AS claim_ids, collect(c.quote) AS quotes
WITH company_id, breadth, dependents, sole_source, long_contracts, certifications, integrations, switching_cost, claim_ids, quotes,
     size([n IN [dependents, sole_source, long_contracts, certifications, integrations, switching_cost] WHERE n > 0]) AS kinds
WHERE kinds >= $least
MATCH (h:Organization {id: company_id})
RETURN h.name AS company, kinds, breadth, dependents, sole_source, long_contracts, certifications, integrations, switching_cost, claim_ids, quotes
ORDER BY kinds DESC, breadth DESC, company, h.id
