-- The ontology: one row a bottleneck code and layer that it constrains.
SELECT * FROM read_parquet(getvariable('model') || '/bottleneck.parquet') ORDER BY code
