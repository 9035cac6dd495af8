-- The fetch log: one row a response that brought something new, in the order of the log.
SELECT row_number() OVER () AS fetch_number, *
FROM read_json(
    getvariable('fetch_log'),
    format = 'newline_delimited',
    ignore_errors = true,
    columns = {
        url: 'VARCHAR', name: 'VARCHAR', sha256: 'VARCHAR', fetched_at: 'TIMESTAMP', status: 'INTEGER',
        source: 'VARCHAR', publisher: 'VARCHAR', published: 'DATE', title: 'VARCHAR'
    }
)
WHERE sha256 IS NOT NULL
