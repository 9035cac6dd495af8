-- One row an unnamed party and a company that it may be. Grain: (party_id, candidate_id). The rank is by reasons that support less
-- those that refute, equal ones share it; no weights. A candidate is never merged with the party by itself.
WITH counted AS (
    SELECT party_id, candidate_id,
        count(*) FILTER (verdict = 'supports')::INTEGER AS n_supports, count(*) FILTER (verdict = 'refutes')::INTEGER AS n_refutes,
        coalesce(list(reason ORDER BY position) FILTER (verdict = 'supports'), []) AS supports,
        coalesce(list(reason ORDER BY position) FILTER (verdict = 'refutes'), []) AS refutes,
        coalesce(list(reason ORDER BY position) FILTER (verdict IN ('unknown', 'disputed')), []) AS open_reasons,
        list_sort(list_distinct(flatten(list(claim_ids)))) AS claim_ids
    FROM mart.fct_candidate_reason
    GROUP BY ALL
),
separating AS (
    SELECT party_id, list(reason ORDER BY position) AS separated_by
    FROM (SELECT party_id, reason, position FROM mart.fct_candidate_reason GROUP BY ALL HAVING count(DISTINCT verdict) > 1)
    GROUP BY ALL
)
SELECT c.party_id, c.candidate_id, n.name AS candidate_name, p.filer_id, f.name AS filer_name, p.document_id, p.side, p.benchmark,
    p.label, p.share, p.share_text, p.segment, p.period_from, p.period_to,
    a.needed AS amount, a.currency, a.capital_expenditure, a.cost_of_revenue,
    c.n_supports, c.n_refutes, c.n_supports - c.n_refutes AS net,
    rank() OVER (PARTITION BY c.party_id ORDER BY c.n_supports - c.n_refutes DESC)::INTEGER AS rank,
    c.supports, c.refutes, c.open_reasons, coalesce(s.separated_by, []) AS separated_by, c.claim_ids
FROM counted c
JOIN core.anonymous_party p ON p.party_id = c.party_id
JOIN mart.dim_party n ON n.party_id = c.candidate_id
JOIN mart.dim_party f ON f.party_id = p.filer_id
LEFT JOIN separating s ON s.party_id = c.party_id
LEFT JOIN mart.fct_candidate_amount a ON a.party_id = c.party_id AND a.candidate_id = c.candidate_id
ORDER BY c.party_id, net DESC, candidate_name, c.candidate_id
