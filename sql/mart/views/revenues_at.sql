-- What each company tagged as its revenue of a year, as known on a day; units as claims write currencies; with a day given, the last year that had begun by then.
-- parameters: as_of, known_on
SELECT company_id, arg_max(value, (period_to, known_from)) AS value, upper(arg_max(currency, (period_to, known_from))) AS currency,
    max(period_to) AS period_to
FROM mart.fct_reported_amount
WHERE measure = 'revenue' AND period_to - period_from BETWEEN 350 AND 380 AND known_from <= known_on AND (as_of IS NULL OR period_from <= as_of)
GROUP BY company_id
ORDER BY company_id
