// title: What changed
// question: What changed since last quarter, per company?
// number: 15
// predicates: SUPPLIES, DEPENDS_ON, COMPETES_WITH, PARTNERS_WITH, FINANCES, OWNS, COMMITS_TO, OPERATES, EXPOSED_TO, RELIEVES, HAS_METRIC
// param: company company any name, ticker or id of a company on either side; any: of all
// param: since date any the day after which changes count; any: three months before until
// param: until date any the last day that counts; any: the day of the newest claim known
// param: as_of date any the day that claims are about: those valid only before or after it are left out; without known validity they stay
// param: known_on date latest what could be known on that day: later documents, and those closed by then, are left out
// column: company whom the statement is about
// column: event known (new), closed (its source no longer says so), superseded (a later figure), contradicted or confirmed
// column: predicate what is said of the company
// column: object the other party, or the metric
// column: polarity positive, or negative where it is denied
// column: first_day of the events of this row
// column: last_day of them
// column: details in short why a claim is closed, superseded, contradicted or confirmed
// column: claim_ids the claims behind the row, and those that brought the event about, sorted
// column: quotes their sentences, in the order of the claims
// example: loadpath query list_changes --param company=NVIDIA --param since=2025-06-30 --param until=2025-09-30
MATCH (d:Claim)
WHERE d.known_from <= $known_on
WITH max(d.known_from) AS newest
WITH CASE WHEN coalesce($until, newest) > $known_on THEN $known_on ELSE coalesce($until, newest) END AS last
WITH last, coalesce($since, last - duration({months: 3})) AS first
MATCH (c:Claim)
WHERE c.known_from <= last AND ($company = 'any' OR c.subject_id = $company OR c.object_id = $company)
  AND ($as_of IS NULL OR ((c.valid_from IS NULL OR c.valid_from <= $as_of) AND (c.valid_to IS NULL OR c.valid_to >= $as_of)))
WITH first, last, c, CASE WHEN c.known_from > first THEN [{event: 'known', day: c.known_from, detail: '', other: null}] ELSE [] END
     + CASE WHEN c.known_to > first AND c.known_to <= last THEN [{event: 'closed', day: c.known_to, detail: 'its address no longer says so', other: null}] ELSE [] END
     AS own
OPTIONAL MATCH (o:Claim)-[l:CONFIRMS|CONTRADICTS|SUPERSEDES]-(c)
WHERE l.known_from <= last AND (type(l) <> 'SUPERSEDES' OR startNode(l) = o)
WITH first, c, own, o, l ORDER BY l.known_from, o.id
WITH first, c, own, collect(CASE WHEN type(l) = 'SUPERSEDES' THEN {event: 'superseded', day: l.known_from, detail: l.detail, other: o} END) AS later,
     collect(CASE WHEN type(l) <> 'SUPERSEDES' AND l.known_from > first
       THEN {event: CASE WHEN type(l) = 'CONFIRMS' THEN 'confirmed' ELSE 'contradicted' END, day: l.known_from, detail: l.detail, other: o} END) AS linked
WITH c, own + [x IN later[0..1] WHERE x.day > first] + linked AS events
UNWIND events AS e
WITH c, e.event AS event, e.day AS day, e.detail AS detail, e.other AS other
WITH c.subject_id AS company_id, c.subject_name AS company, event, c.predicate AS predicate, coalesce(c.object_id, c.metric, c.object_name) AS object_id,
     coalesce(CASE WHEN c.object_kind = 'Value' THEN c.metric END, c.object_name, '') AS object, c.polarity AS polarity, min(day) AS first_day, max(day) AS last_day,
     collect(DISTINCT detail) AS details, collect(DISTINCT c) + collect(DISTINCT other) AS claims
UNWIND claims AS c
WITH DISTINCT company_id, company, event, predicate, object_id, object, polarity, first_day, last_day, details, c
ORDER BY c.id
WITH company_id, company, event, predicate, object_id, object, polarity, first_day, last_day, details, collect(c.id) AS claim_ids, collect(c.quote) AS quotes
UNWIND details AS detail
WITH company_id, company, event, predicate, object_id, object, polarity, first_day, last_day, claim_ids, quotes, detail ORDER BY detail
WITH company_id, company, event, predicate, object_id, object, polarity, first_day, last_day, claim_ids, quotes, collect(detail) AS all_details
RETURN company, event, predicate, object, polarity, first_day, last_day, [x IN all_details WHERE x <> ''] AS details, claim_ids, quotes
ORDER BY company, company_id, first_day, event, predicate, object, polarity, claim_ids[0]
