-- One row a document as read: canonical text and metadata.
SELECT sha256 AS document_id, * EXCLUDE (sha256, blocks, sections, facts), length(text) AS characters,
    length(text) - length(replace(text, ' ', '')) + 1 AS words
FROM read_parquet(getvariable('documents'))
ORDER BY document_id
