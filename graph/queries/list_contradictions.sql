-- The SQL twin of list_contradictions.cypher: same parameters, same rows, same order.
WITH known AS (
    SELECT c.*, s.share_text FROM mart.claims_at($as_of, $known_on) c
    LEFT JOIN mart.fct_concentration s ON s.claim_id = c.claim_id
    WHERE c.tier = 'fact'
),
pairs AS (
    SELECT l.rule, l.detail, a AS a, b AS b, a.known_from > b.known_from OR (a.known_from = b.known_from AND a.claim_id > b.claim_id) AS a_newer
    FROM mart.bridge_claim_link l
    JOIN known a ON a.claim_id = l.from_claim_id
    JOIN known b ON b.claim_id = l.to_claim_id
    WHERE (l.type = 'CONTRADICTS' OR l.rule = 'restated')
        AND ($company = 'any' OR a.subject_id = $company OR a.object_id = $company)
),
ordered AS (
    SELECT rule, detail, CASE WHEN a_newer THEN a ELSE b END AS n, CASE WHEN a_newer THEN b ELSE a END AS o FROM pairs
)
SELECT n.subject_name AS subject, n.predicate AS predicate, CASE WHEN n.object_kind = 'Value' THEN n.metric ELSE n.object_name END AS object,
    rule, detail, n.publisher AS newer_publisher, n.known_from AS newer_known,
    CASE WHEN n.polarity = 'negative' THEN 'denies' WHEN n.object_kind = 'Value' THEN n.object_name
         ELSE coalesce(n.share_text, n.amount, 'asserts') END AS newer_says,
    o.publisher AS older_publisher, o.known_from AS older_known,
    CASE WHEN o.polarity = 'negative' THEN 'denies' WHEN o.object_kind = 'Value' THEN o.object_name
         ELSE coalesce(o.share_text, o.amount, 'asserts') END AS older_says,
    n.known_from = o.known_from AS same_day, n.claim_id AS newer_claim,
    CASE WHEN n.claim_id < o.claim_id THEN [n.claim_id, o.claim_id] ELSE [o.claim_id, n.claim_id] END AS claim_ids,
    CASE WHEN n.claim_id < o.claim_id THEN [n.quote, o.quote] ELSE [o.quote, n.quote] END AS quotes
FROM ordered
ORDER BY newer_known DESC, subject, predicate, object, older_known DESC, newer_claim, claim_ids[1], claim_ids[2], rule
