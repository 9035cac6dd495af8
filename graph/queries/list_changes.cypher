// title: What changed
// question: What changed since last quarter, per company?
// number: 15
// predicates: SUPPLIES, DEPENDS_ON, COMPETES_WITH, PARTNERS_WITH, FINANCES, OWNS, COMMITS_TO, OPERATES, EXPOSED_TO, RELIEVES, HAS_METRIC
// param: company company any name, ticker or id of a company on either side; any: of all
// param: since date any the day after which changes count; any: three months before the last day
// param: until date any the last day that counts; any: the day of the newest claim known
// param: as_of date any the day that claims are about: those valid only before or after it are left out; without known validity they stay
// param: known_on date latest what could be known on that day: later documents and later events are left out
// column: company whom the statement is about
// column: event known (new), closed (its source no longer says so), superseded (by a later figure), contradicted or confirmed
// column: predicate what is said of the company
// column: object the other party, or the metric
// column: polarity positive, or negative where it is denied
// column: first_day of the events of this row
// column: last_day of them
// column: detail in short why it is closed, superseded, contradicted or confirmed; empty where it is new
// column: claim_ids the claims behind the row, and those that brought the event about, sorted
// column: quotes their sentences, in the order of the claims
// example: loadpath query list_changes --param company=NVIDIA --param since=2025-06-30 --param until=2025-09-30
MATCH (d:Claim)
WHERE d.known_from <= $known_on
WITH max(d.known_from) AS newest
WITH CASE WHEN coalesce($until, newest) > $known_on THEN $known_on ELSE coalesce($until, newest) END AS last
WITH last, coalesce($since, last - duration({months: 3})) AS first
CALL (first, last) {
  MATCH (c:Claim)
  WHERE c.known_from > first AND c.known_from <= last
  RETURN c, 'known' AS event, c.known_from AS day, '' AS detail, c AS x
  UNION ALL
  MATCH (c:Claim)
  WHERE c.known_to > first AND c.known_to <= last
  RETURN c, 'closed' AS event, c.known_to AS day, 'its address no longer says so' AS detail, c AS x
  UNION ALL
  MATCH (o:Claim)-[l:CONFIRMS|CONTRADICTS]-(c:Claim)
  WHERE l.known_from > first AND l.known_from <= last
  UNWIND [c, o] AS x
  RETURN c, CASE WHEN type(l) = 'CONFIRMS' THEN 'confirmed' ELSE 'contradicted' END AS event, l.known_from AS day, l.detail AS detail, x
  UNION ALL
  MATCH (o:Claim)-[l:SUPERSEDES]->(c:Claim)
  WHERE l.known_from <= last
  WITH first, c, l, o ORDER BY l.known_from, o.id
  WITH first, c, collect({day: l.known_from, detail: l.detail, other: o}) AS later
  WITH first, c, later[0] AS earliest
  WHERE earliest.day > first
  UNWIND [c, earliest.other] AS x
  RETURN c, 'superseded' AS event, earliest.day AS day, earliest.detail AS detail, x
}
WITH c, event, day, detail, x
WHERE ($company = 'any' OR c.subject_id = $company OR c.object_id = $company)
  AND ($as_of IS NULL OR ((c.valid_from IS NULL OR c.valid_from <= $as_of) AND (c.valid_to IS NULL OR c.valid_to >= $as_of)))
WITH c, event, day, detail, x ORDER BY x.id
WITH c.subject_id AS company_id, c.subject_name AS company, event, c.predicate AS predicate, c.polarity AS polarity, detail,
     CASE WHEN c.object_kind = 'Value' THEN c.metric ELSE coalesce(c.object_id, '') END AS object_id,
     CASE WHEN c.object_kind = 'Value' THEN c.metric ELSE coalesce(c.object_name, '') END AS object,
     min(day) AS first_day, max(day) AS last_day, collect(DISTINCT x) AS claims
RETURN company, event, predicate, object, polarity, first_day, last_day, detail, [x IN claims | x.id] AS claim_ids, [x IN claims | x.quote] AS quotes
ORDER BY company, company_id, first_day, event, predicate, object, object_id, polarity, detail, claim_ids[0]
