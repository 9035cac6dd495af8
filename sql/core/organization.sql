-- The registry: one row an organization.
SELECT * FROM read_parquet(getvariable('model') || '/organization.parquet') ORDER BY organization_id
