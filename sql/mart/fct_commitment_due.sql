-- What of a commitment falls due when, where the document states the years. Grain: (claim_id, part).
-- Years are counted from the day of the statement. Behind a "remainder of the fiscal year" they are fiscal years, whose days
-- the claim does not state: those parts have no dates.
WITH parts AS (
    SELECT claim_id, src_company_key, dst_company_key, subject_name, object_name, known_from,
        CASE WHEN valid_precision = 'day' THEN valid_to END AS stated_on,
        json_extract_string(qualifiers, '$.horizon') AS horizon,
        unnest(regexp_extract_all(json_extract_string(qualifiers, '$.horizon'),
            '(remainder of the fiscal year|within 12 months|year \d+|later) [^a-z]+ ?[a-z]*')) AS words,
        generate_subscripts(regexp_extract_all(json_extract_string(qualifiers, '$.horizon'),
            '(remainder of the fiscal year|within 12 months|year \d+|later) [^a-z]+ ?[a-z]*'), 1) AS part
    FROM mart.fct_claim
    WHERE predicate = 'COMMITS_TO'
),
read AS (
    SELECT *, regexp_extract(words, '^(remainder of the fiscal year|within 12 months|year \d+|later)', 1) AS due,
        quantity(regexp_replace(words, '^(remainder of the fiscal year|within 12 months|year \d+|later) ', '')) AS q
    FROM parts
),
placed AS (
    SELECT *, contains(horizon, 'remainder') AS in_fiscal_years,
        CASE WHEN due = 'within 12 months' THEN 1 WHEN due LIKE 'year %' THEN substr(due, 6)::INTEGER END AS year_number,
        max(CASE WHEN due = 'within 12 months' THEN 1 WHEN due LIKE 'year %' THEN substr(due, 6)::INTEGER END)
            OVER (PARTITION BY claim_id) AS last_year
    FROM read
)
SELECT claim_id, part, subject_name AS from_name, object_name AS to_name, due,
    CASE
        WHEN in_fiscal_years THEN NULL
        WHEN due = 'later' THEN (stated_on + to_months(12 * last_year::INTEGER))::DATE + 1
        ELSE (stated_on + to_months(12 * (year_number - 1)::INTEGER))::DATE + 1
    END AS due_from,
    CASE WHEN NOT in_fiscal_years THEN (stated_on + to_months(12 * year_number::INTEGER))::DATE END AS due_to,
    q.low AS amount, nullif(q.currency, '') AS currency, words AS written, stated_on, known_from, src_company_key, dst_company_key
FROM placed
ORDER BY claim_id, part
