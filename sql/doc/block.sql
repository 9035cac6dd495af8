-- One row a block of canonical text.
SELECT *
FROM (SELECT sha256 AS document_id, unnest(blocks, max_depth := 2) FROM read_parquet(getvariable('documents')))
ORDER BY document_id, index
