-- The ontology: one row an item of a form in which a filer would tell what a predicate says of it. Grain: (predicate, side, form, item).
SELECT predicate, side, form, item, instead, least::BIGINT AS least
FROM read_parquet(getvariable('model') || '/telling.parquet')
ORDER BY predicate, side, form, item
