-- The registry: one row an offering.
SELECT * FROM read_parquet(getvariable('model') || '/offering.parquet') ORDER BY offering_id
