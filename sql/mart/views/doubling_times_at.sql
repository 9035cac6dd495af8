-- parameters: as_of, known_on
-- How fast the level of each cost curve doubles: log2(level) = a + b × years by least squares over `doubling_points_at`, doubling time 12 / b
-- months, its 95 % interval from b ± t × se(b) with n - 2 degrees of freedom. Fewer than three points, or all of one day, give none, with the reason.
WITH fitted AS (
    SELECT per, series, unit, count(*) AS n, count(DISTINCT source_group) AS n_sources, min(day) AS first_day, max(day) AS last_day,
        count(DISTINCT day) AS n_days, regr_slope(y, x) AS b, regr_intercept(y, x) AS a, regr_sxx(y, x) AS sxx,
        greatest(regr_syy(y, x) - regr_slope(y, x) * regr_sxy(y, x), 0) AS left_over,
        list(claim_id ORDER BY day, subject, claim_id) AS claim_ids
    FROM mart.doubling_points_at(as_of, known_on)
    GROUP BY per, series, unit
),
judged AS (
    SELECT *, CASE
            WHEN n < 3 THEN 'fewer than three points: ' || n
            WHEN n_days < 2 THEN 'all points are of one day'
        END AS refused,
        (SELECT arg_max(quantile, degrees) FROM core.student_t WHERE degrees <= n - 2) * sqrt(left_over / nullif(n - 2, 0) / nullif(sxx, 0)) AS half_width
    FROM fitted
),
kept AS (
    SELECT * REPLACE (CASE WHEN refused IS NULL THEN b END AS b, CASE WHEN refused IS NULL THEN half_width END AS half_width) FROM judged
)
SELECT per, series, unit, n, n_sources, first_day, last_day, refused,
    round(b, 6) AS doublings_a_year, round(b - half_width, 6) AS doublings_low, round(b + half_width, 6) AS doublings_high,
    -- A falling curve halves: its doubling time is negative.
    round(12 / nullif(b, 0), 2) AS doubling_months,
    CASE WHEN (b - half_width) * (b + half_width) > 0 THEN round(12 / (b + half_width), 2) END AS months_low,
    CASE WHEN (b - half_width) * (b + half_width) > 0 THEN round(12 / (b - half_width), 2) END AS months_high,
    CASE
        WHEN refused IS NOT NULL THEN NULL
        WHEN (b - half_width) * (b + half_width) > 0 THEN 'the interval holds one direction'
        ELSE 'the interval holds rise and fall: no trend is told from none'
    END AS finding,
    CASE WHEN refused IS NULL THEN round(pow(2, a + b * ((first_day - DATE '2020-01-01') / 365.25)), 2) END AS level_first,
    CASE WHEN refused IS NULL THEN round(pow(2, a + b * ((last_day - DATE '2020-01-01') / 365.25)), 2) END AS level_last,
    claim_ids
FROM kept
ORDER BY per <> 'cluster', per, series <> 'stated', series, unit
