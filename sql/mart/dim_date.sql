-- One row a day, from the first to the last date of documents and claims, without a gap.
WITH days AS (
    SELECT unnest([known_from, known_to, published, period_end]) AS day FROM core.document
    UNION ALL
    SELECT unnest([valid_from, valid_to]) FROM core.claim
)
SELECT date_key(day) AS date_key, day::DATE AS day, year(day)::INTEGER AS year, quarter(day)::INTEGER AS quarter,
    month(day)::INTEGER AS month, strftime(day, '%B') AS month_name, strftime(day, '%Y-%m') AS year_month,
    year(day) || '-Q' || quarter(day) AS year_quarter, isoyear(day)::INTEGER AS week_year, weekofyear(day)::INTEGER AS week,
    day(day)::INTEGER AS day_of_month, isodow(day)::INTEGER AS day_of_week
FROM (SELECT unnest(generate_series(min(day), max(day), INTERVAL 1 DAY)) AS day FROM days)
ORDER BY date_key
