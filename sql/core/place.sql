-- The ontology: countries, regions and states by which a site is placed.
SELECT * FROM read_parquet(getvariable('model') || '/place.parquet') ORDER BY name
