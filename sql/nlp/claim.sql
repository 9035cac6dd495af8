-- One row a claim as found in its document, before parties are resolved.
SELECT * FROM read_parquet(getvariable('claims')) ORDER BY document_sha256, char_start, claim_id
