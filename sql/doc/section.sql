-- One row an item of a filing: found with its span, or not with the reason. Grain: (document_id, item).
SELECT sha256 AS document_id, unnest(sections, recursive := true)
FROM read_parquet(getvariable('documents'))
ORDER BY ALL
