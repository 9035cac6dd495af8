-- The ontology: nouns by which a text says what a company does, and the kind of business that each means. Grain: noun.
SELECT * FROM read_parquet(getvariable('model') || '/business.parquet') ORDER BY noun
