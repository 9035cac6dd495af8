-- One row a part that this warehouse was made from; its name tells its content. Parts that the next build has too are not read again.
SELECT stage, parse_filename(file) AS name
FROM (
    SELECT 'documents' AS stage, file FROM glob(getvariable('documents'))
    UNION ALL
    SELECT 'claims', file FROM glob(getvariable('claims'))
)
ORDER BY ALL
