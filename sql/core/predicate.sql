-- The ontology: one row a predicate, with the kinds of party that may stand on its two sides.
SELECT * FROM read_parquet(getvariable('model') || '/predicate.parquet') ORDER BY predicate
