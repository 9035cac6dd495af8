// title: Contradictions
// question: Which statements contradict one another, and which is newer?
// number: 24
// predicates: SUPPLIES, DEPENDS_ON, COMPETES_WITH, PARTNERS_WITH, FINANCES, OWNS, COMMITS_TO, OPERATES, EXPOSED_TO, RELIEVES, HAS_METRIC
// param: company company any name, ticker or id of a company on either side; any: of all
// param: as_of date any the day that claims are about: those valid only before or after it are left out; without known validity they stay
// param: known_on date latest what could be known on that day: later documents, and those closed by then, are left out
// column: subject whom both statements are about
// column: predicate what they say of it
// column: object the other party, or the metric
// column: rule denied (one asserts what another denies), other_value (two sources give figures that rounding cannot reconcile) or restated (one source later gives another figure for the same)
// column: detail the two, in short
// column: newer_publisher who published the newer one
// column: newer_known when it became known
// column: newer_says denies, asserts, or its figure
// column: older_publisher who published the older one
// column: older_known when it became known
// column: older_says denies, asserts, or its figure
// column: same_day whether both became known on one day, so that neither is newer
// column: newer_claim id of the newer claim
// column: claim_ids the claims behind the row, sorted
// column: quotes their sentences, in the order of the claims
// example: loadpath query list_contradictions --param company=NVIDIA
MATCH (a:Claim)-[l:CONTRADICTS|SUPERSEDES]->(b:Claim)
WHERE (type(l) = 'CONTRADICTS' OR l.rule = 'restated') AND ($company = 'any' OR a.subject_id = $company OR a.object_id = $company)
  AND a.known_from <= $known_on AND (a.known_to IS NULL OR a.known_to > $known_on)
  AND ($as_of IS NULL OR ((a.valid_from IS NULL OR a.valid_from <= $as_of) AND (a.valid_to IS NULL OR a.valid_to >= $as_of)))
  AND b.known_from <= $known_on AND (b.known_to IS NULL OR b.known_to > $known_on)
  AND ($as_of IS NULL OR ((b.valid_from IS NULL OR b.valid_from <= $as_of) AND (b.valid_to IS NULL OR b.valid_to >= $as_of)))
WITH l, CASE WHEN a.known_from > b.known_from OR (a.known_from = b.known_from AND a.id > b.id) THEN [a, b] ELSE [b, a] END AS pair
WITH l, pair[0] AS n, pair[1] AS o
RETURN n.subject_name AS subject, n.predicate AS predicate, CASE WHEN n.object_kind = 'Value' THEN n.metric ELSE n.object_name END AS object,
       l.rule AS rule, l.detail AS detail, n.publisher AS newer_publisher, n.known_from AS newer_known,
       CASE WHEN n.polarity = 'negative' THEN 'denies' WHEN n.object_kind = 'Value' THEN n.object_name
            ELSE coalesce(n.share_text, n.amount, 'asserts') END AS newer_says,
       o.publisher AS older_publisher, o.known_from AS older_known,
       CASE WHEN o.polarity = 'negative' THEN 'denies' WHEN o.object_kind = 'Value' THEN o.object_name
            ELSE coalesce(o.share_text, o.amount, 'asserts') END AS older_says,
       n.known_from = o.known_from AS same_day, n.id AS newer_claim,
       CASE WHEN n.id < o.id THEN [n.id, o.id] ELSE [o.id, n.id] END AS claim_ids,
       CASE WHEN n.id < o.id THEN [n.quote, o.quote] ELSE [o.quote, n.quote] END AS quotes
ORDER BY newer_known DESC, subject, predicate, object, older_known DESC, newer_claim, claim_ids[0], claim_ids[1], rule
