-- The ontology: one row a predicate, with the one that says the same from the other end (`mirror`).
SELECT predicate, mirror, is_symmetric::BOOLEAN AS is_symmetric
FROM read_parquet(getvariable('model') || '/predicate.parquet')
ORDER BY predicate
