-- One row a document and address: when these bytes were first seen there, and when other bytes took their place.
WITH changes AS (
    SELECT url, sha256, source, fetched_at, fetch_number,
        lag(sha256) OVER (PARTITION BY url ORDER BY fetch_number) AS sha256_before
    FROM raw.fetch
),
runs AS (
    SELECT *, lead(fetched_at) OVER (PARTITION BY url ORDER BY fetch_number) AS replaced_at
    FROM changes
    WHERE sha256_before IS DISTINCT FROM sha256
)
SELECT url, sha256, source, min(fetched_at) AS first_seen,
    -- Bytes that came back are current again: the last run of them decides.
    arg_max(replaced_at, fetch_number) AS replaced_at
FROM runs
GROUP BY url, sha256, source
