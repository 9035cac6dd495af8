-- What companies report of themselves by tags: revenue, cost of revenue, capital expenditure, for the whole company.
SELECT * FROM core.reported_amount ORDER BY organization_id, measure, period_from, period_to
