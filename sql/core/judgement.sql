-- Judgements on parties: one row a line of the two files, that of Loadpath and that of the home. Grain: (file, line).
SELECT * FROM read_parquet(getvariable('model') || '/judgement.parquet') ORDER BY file, line
