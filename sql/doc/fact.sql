-- One row an inline XBRL fact of a filing, tied to its place in the text.
SELECT sha256 AS document_id, unnest(facts, max_depth := 2)
FROM read_parquet(getvariable('documents'))
ORDER BY ALL
