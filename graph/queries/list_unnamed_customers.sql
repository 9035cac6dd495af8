-- The SQL twin of list_unnamed_customers.cypher: same parameters, same rows, same order.
WITH evidence AS (
    SELECT b.party_id, b.candidate_id, b.reason, b.verdict, b.claim_id
    FROM mart.bridge_candidate_claim b
    JOIN mart.dim_document d USING (document_id)
    WHERE d.known_from <= $known_on
    UNION ALL
    SELECT f.party_id, f.candidate_id, 'share', 'stated', unnest(p.claim_ids)
    FROM mart.fct_candidate f
    JOIN core.anonymous_party p ON p.party_id = f.party_id
),
seen AS (
    SELECT e.party_id, e.candidate_id, e.reason, e.verdict, arg_min({'id': c.claim_id, 'quote': c.quote}, c.claim_id) AS claim
    FROM evidence e
    JOIN mart.claims_at($as_of, $known_on) c USING (claim_id)
    GROUP BY ALL
),
weighed AS (
    SELECT *, count(*) OVER (PARTITION BY party_id, candidate_id, reason) AS opinions FROM seen
),
candidates AS (
    SELECT party_id, candidate_id, bool_or(reason = 'share') AS stated,
        coalesce(list(reason ORDER BY reason) FILTER (opinions = 1 AND verdict = 'supports'), []) AS supports,
        coalesce(list(reason ORDER BY reason) FILTER (opinions = 1 AND verdict = 'refutes'), []) AS refutes,
        list_sort(list(DISTINCT claim)) AS claims
    FROM weighed
    GROUP BY ALL
),
kept AS (
    SELECT c.*, p.filer_id, p.label, p.benchmark, p.share_text, p.period_from, p.period_to
    FROM candidates c
    JOIN core.anonymous_party p ON p.party_id = c.party_id
    WHERE stated AND len(supports) - len(refutes) >= $least AND p.side = 'customer' AND ($company = 'any' OR p.filer_id = $company)
),
parties AS (
    SELECT party_id, count(*) AS n, flatten(list(supports)) AS all_supports, flatten(list(refutes)) AS all_refutes FROM kept GROUP BY ALL
)
SELECT f.name AS supplier, k.label AS customer, k.benchmark, k.share_text AS share, k.period_from, k.period_to, o.name AS candidate,
    len(k.supports) - len(k.refutes) AS net, k.supports, k.refutes,
    list_filter(k.supports, lambda reason: len(list_filter(q.all_supports, lambda other: other = reason)) < q.n)
        || list_filter(k.refutes, lambda reason: len(list_filter(q.all_refutes, lambda other: other = reason)) < q.n) AS separates,
    [c.id for c in k.claims] AS claim_ids, [c.quote for c in k.claims] AS quotes
FROM kept k
JOIN parties q USING (party_id)
JOIN mart.dim_party f ON f.party_id = k.filer_id
JOIN mart.dim_party o ON o.party_id = k.candidate_id
ORDER BY supplier, k.party_id, net DESC, candidate, k.candidate_id
