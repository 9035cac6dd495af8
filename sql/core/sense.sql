-- The ontology: one row a sense in which a bottleneck may be meant, in the order in which they are tried.
SELECT * FROM read_parquet(getvariable('model') || '/sense.parquet') ORDER BY place
