-- One row an unnamed party, a candidate and a reason: what supports it, what refutes it, or that nothing is known, with what would
-- refute it. Grain: (party_id, candidate_id, reason).
WITH reasons AS (
    SELECT * FROM (VALUES
        (1, 'named_elsewhere', 'no other document names it as trading with the filer',
            'other documents are found to mean another company'),
        (2, 'own_disclosure', 'its own statements in the store do not name the filer',
            'its own filing of the period names other sources for these goods alone'),
        (3, 'amount', 'share, revenue or spending of the period is not tagged in the store',
            'the share times the revenue is more than its capital expenditure and cost of revenue together'),
        (4, 'segment', 'no document ties its dealings to the segment of the share', 'what it buys belongs to another segment'),
        (5, 'period', 'no claim of its dealings states a time in this period', 'its dealings began after the period'),
        (6, 'named_with_share', 'the filer gives it no share of this period by name',
            'the filer names it with another share of the same period'),
        (7, 'denied', 'no document denies the dealings', 'a document denies the dealings for the period')
    ) AS r(position, reason, unknown, would_refute)
),
evidence AS (
    SELECT party_id, candidate_id, reason, bool_or(verdict = 'supports') AS supports, bool_or(verdict = 'refutes') AS refutes,
        list_sort(list(DISTINCT claim_id)) AS claim_ids, list_sort(list(DISTINCT document_id)) AS document_ids
    FROM mart.bridge_candidate_claim
    GROUP BY ALL
),
candidates AS (SELECT DISTINCT party_id, candidate_id FROM evidence)
SELECT c.party_id, c.candidate_id, r.position, r.reason,
    CASE WHEN e.supports AND e.refutes THEN 'disputed' WHEN e.supports THEN 'supports' WHEN e.refutes THEN 'refutes'
         ELSE 'unknown' END AS verdict,
    CASE
        WHEN r.reason = 'amount' AND a.needed IS NOT NULL THEN format('needs {:,.0f} {}; spent', a.needed / 1e6, 'million ' || a.currency)
            || coalesce(format(' {:,.0f} million on assets', a.capital_expenditure / 1e6), '')
            || coalesce(CASE WHEN a.capital_expenditure IS NOT NULL THEN ' and' ELSE '' END
                || format(' {:,.0f} million as cost of revenue', a.cost_of_revenue / 1e6), '')
            || format(' in as many days of {} to {}', a.spent_from, a.spent_to)
        WHEN e.reason IS NULL THEN r.unknown
        ELSE format('{} claim{} in {} document{}', len(e.claim_ids), CASE WHEN len(e.claim_ids) = 1 THEN '' ELSE 's' END,
            len(e.document_ids), CASE WHEN len(e.document_ids) = 1 THEN '' ELSE 's' END)
    END AS finding,
    r.would_refute, coalesce(e.claim_ids, []) AS claim_ids, coalesce(e.document_ids, []) AS document_ids
FROM candidates c
CROSS JOIN reasons r
LEFT JOIN evidence e ON e.party_id = c.party_id AND e.candidate_id = c.candidate_id AND e.reason = r.reason
LEFT JOIN mart.fct_candidate_amount a ON a.party_id = c.party_id AND a.candidate_id = c.candidate_id
ORDER BY c.party_id, c.candidate_id, r.position
