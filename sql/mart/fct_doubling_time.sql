-- How fast each cost curve doubles, over all claims that are known now. Grain: (per, series, unit).
SELECT * FROM mart.doubling_times_at(NULL::DATE, DATE '9999-12-31')
