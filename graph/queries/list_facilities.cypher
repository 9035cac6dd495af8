// title: Facilities
// question: Which facilities, how many megawatts, who owns and who uses them, planned or energised?
// number: 19
// predicates: OPERATES
// param: company company any name, ticker or id of the company that owns, builds, runs or leases the site; any: of all
// param: min_mw number 0 the least power in megawatts; 0: those of unknown power too
// param: as_of date any the day that claims are about: those valid only before or after it are left out; without known validity they stay
// param: known_on date latest what could be known on that day: later documents, and those closed by then, are left out
// column: facility the site's name
// column: place where, as written; empty where no claim tells it
// column: operator who owns, builds, runs or leases it: the claims do not tell these apart
// column: trade the operator's, by the registry: a colocation or power company lets others use what it has, a models or cloud company uses it
// column: others other companies that claims put at a site of the same name, or of the same town or county: the site's other owners or users
// column: mw_low least power told, in megawatts
// column: mw_high most power told
// column: status operating (energised), under_construction, planned or former, by the newest claim that tells it; empty where none does
// column: first_known when the site became known
// column: claim_ids the claims behind the row, sorted
// column: quotes their sentences, in the order of the claims
// example: loadpath query list_facilities --param min_mw=100
MATCH (c:Claim {predicate: 'OPERATES', polarity: 'positive'})-[:SUBJECT]->(s)
WHERE c.modality IN ['asserted', 'planned', 'historical']
  AND c.known_from <= $known_on AND (c.known_to IS NULL OR c.known_to > $known_on)
  AND ($as_of IS NULL OR ((c.valid_from IS NULL OR c.valid_from <= $as_of) AND (c.valid_to IS NULL OR c.valid_to >= $as_of)))
WITH c, s ORDER BY c.known_from DESC, c.id
WITH c.object_id AS facility_id, c.object_name AS facility, c.subject_id AS operator_id, c.subject_name AS operator, coalesce(s.segment, '') AS trade,
     collect(c.place) AS places, min(c.capacity_mw_low) AS mw_low, max(c.capacity_mw_high) AS mw_high, collect(c.site_status) AS statuses,
     min(c.known_from) AS first_known, collect(c) AS claims
UNWIND claims AS c
WITH facility_id, facility, operator_id, operator, trade, coalesce(places[0], '') AS place, mw_low, mw_high, coalesce(statuses[0], '') AS status, first_known, c
ORDER BY c.id
WITH facility_id, facility, operator_id, operator, trade, place, mw_low, mw_high, status, first_known, collect(c.id) AS claim_ids, collect(c.quote) AS quotes
ORDER BY operator, operator_id
WITH collect({facility_id: facility_id, facility: facility, operator_id: operator_id, operator: operator, trade: trade, place: place, mw_low: mw_low,
     mw_high: mw_high, status: status, first_known: first_known, claim_ids: claim_ids, quotes: quotes}) AS sites
UNWIND sites AS site
WITH site, [other IN sites WHERE other.operator_id <> site.operator_id
     AND (other.facility = site.facility OR (other.place = site.place AND site.place CONTAINS ',')) | other.operator] AS others
WHERE ($company = 'any' OR site.operator_id = $company) AND ($min_mw <= 0 OR coalesce(site.mw_high, site.mw_low) >= $min_mw)
RETURN site.facility AS facility, site.place AS place, site.operator AS operator, site.trade AS trade,
       [i IN range(0, size(others) - 1) WHERE i = 0 OR others[i] <> others[i - 1] | others[i]] AS others,
       site.mw_low AS mw_low, site.mw_high AS mw_high, site.status AS status, site.first_known AS first_known,
       site.claim_ids AS claim_ids, site.quotes AS quotes
ORDER BY coalesce(mw_high, mw_low, 0.0) DESC, facility, operator, claim_ids[0]
