-- One row a document and address: when these bytes were first seen there, and when other bytes took their place or the
-- address was found gone (404 or 410) twice in a row. Other refusals close nothing.
WITH answers AS (
    SELECT url, sha256, source, fetched_at, fetch_number, sha256 = '' AS gone,
        lag(sha256 = '') OVER (PARTITION BY url ORDER BY fetch_number) AS gone_before
    FROM raw.fetch
    WHERE coalesce(role, 'document') = 'document' AND (sha256 <> '' OR status IN (404, 410))
),
changes AS (
    SELECT *, lag(sha256) OVER (PARTITION BY url ORDER BY fetch_number) AS sha256_before
    FROM answers
    WHERE NOT gone OR gone_before
),
runs AS (
    SELECT *, lead(fetched_at) OVER (PARTITION BY url ORDER BY fetch_number) AS replaced_at
    FROM changes
    WHERE sha256_before IS DISTINCT FROM sha256
)
SELECT url, sha256, min_by(source, fetch_number) AS source, min(fetched_at) AS first_seen,
    -- Bytes that came back are current again: the last run of them decides.
    CASE WHEN bool_or(replaced_at IS NULL) THEN NULL ELSE max(replaced_at) END AS replaced_at
FROM runs
WHERE sha256 <> ''
GROUP BY url, sha256
ORDER BY url, first_seen, sha256
