-- One row a document that could not be read, with the reason.
SELECT * FROM read_parquet(getvariable('refusals')) ORDER BY sha256
