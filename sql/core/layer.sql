-- The ontology: the five layers of the stack.
SELECT * FROM read_parquet(getvariable('model') || '/layer.parquet') ORDER BY rank
