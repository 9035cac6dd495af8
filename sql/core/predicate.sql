-- The ontology: one row a predicate, with the kinds of party that may stand on its two sides, and the predicate that says the
-- same with the sides exchanged (`mirror`).
SELECT predicate, domain, range, mirror, is_symmetric::BOOLEAN AS is_symmetric
FROM read_parquet(getvariable('model') || '/predicate.parquet')
ORDER BY predicate
