-- The thesis court (graph/court/rules.yml): what counts for and against each test of a company. Grain: rule.
SELECT position, id AS rule, * EXCLUDE (position, id) FROM read_parquet(getvariable('model') || '/court_rule.parquet') ORDER BY position
