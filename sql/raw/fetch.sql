-- The fetch log: one row an outcome of an address that differs from the one before. The order of its lines means nothing.
-- `sha256` is empty where nothing was brought; then `reason` says why.
SELECT row_number() OVER (PARTITION BY url ORDER BY fetched_at, sha256, status) AS fetch_number, *
FROM read_json(
    getvariable('fetch_log'),
    format = 'newline_delimited',
    ignore_errors = true,
    columns = {
        url: 'VARCHAR', name: 'VARCHAR', sha256: 'VARCHAR', fetched_at: 'TIMESTAMP', status: 'INTEGER',
        source: 'VARCHAR', publisher: 'VARCHAR', published: 'DATE', title: 'VARCHAR', role: 'VARCHAR', etag: 'VARCHAR',
        last_modified: 'VARCHAR', robots: 'VARCHAR', reason: 'VARCHAR'
    }
)
WHERE sha256 IS NOT NULL
ORDER BY url, fetch_number
