-- What an unnamed customer must have paid, by share and the filer's revenue of that very period, beside what a candidate spent by
-- its own tags. Grain: (party_id, candidate_id). Its nearest reported period is taken by the day: at least half of the party's
-- days lie in it.
WITH needed AS (
    SELECT p.party_id, p.filer_id, p.period_from, p.period_to, date_diff('day', p.period_from, p.period_to) + 1 AS days,
        round(p.share * r.value / 100) AS needed, r.currency
    FROM core.anonymous_party p
    JOIN core.reported_amount r ON r.organization_id = p.filer_id AND r.measure = 'revenue' AND r.period_from = p.period_from
        AND r.period_to = p.period_to
    WHERE p.side = 'customer' AND p.benchmark = 'revenue' AND p.share IS NOT NULL
),
spent AS (
    SELECT n.party_id, a.organization_id AS candidate_id, n.needed, n.currency, a.measure, a.document_id,
        a.period_from AS spent_from, a.period_to AS spent_to,
        round(a.value * n.days / (date_diff('day', a.period_from, a.period_to) + 1)) AS spent
    FROM needed n
    JOIN core.reported_amount a ON a.measure IN ('capital_expenditure', 'cost_of_revenue') AND a.currency = n.currency
        AND a.organization_id <> n.filer_id
        AND 2 * (date_diff('day', greatest(a.period_from, n.period_from), least(a.period_to, n.period_to)) + 1) >= n.days
    QUALIFY row_number() OVER (
        PARTITION BY n.party_id, a.organization_id, a.measure
        ORDER BY (date_diff('day', greatest(a.period_from, n.period_from), least(a.period_to, n.period_to)) + 1)
            / greatest(n.days, date_diff('day', a.period_from, a.period_to) + 1) DESC, a.period_to, a.period_from
    ) = 1
)
SELECT party_id, candidate_id, any_value(needed) AS needed, any_value(currency) AS currency,
    max(spent) FILTER (measure = 'capital_expenditure') AS capital_expenditure,
    max(spent) FILTER (measure = 'cost_of_revenue') AS cost_of_revenue,
    min(spent_from) AS spent_from, max(spent_to) AS spent_to, list_sort(list(DISTINCT document_id)) AS document_ids
FROM spent
GROUP BY party_id, candidate_id
ORDER BY party_id, candidate_id
