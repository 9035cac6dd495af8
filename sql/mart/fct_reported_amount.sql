-- Revenue, cost of revenue and capital expenditure of companies by their own tags.
SELECT organization_id AS company_id, measure, period_from, period_to, date_diff('day', period_from, period_to) + 1 AS days, value, currency,
    concept, document_id, known_from
FROM core.reported_amount
ORDER BY company_id, measure, period_from, period_to
