-- The ontology: countries, regions, states and jurisdictions as texts write them, each with its usual name.
SELECT * FROM read_parquet(getvariable('model') || '/place.parquet') ORDER BY name
