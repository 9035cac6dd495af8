-- One row a document that could not be read, or whose claims could not (`stage`), with the reason.
SELECT * FROM read_parquet(getvariable('refusals')) ORDER BY sha256, stage
