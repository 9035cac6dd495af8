-- One row an address that brought nothing when it was last asked: denied by robots.txt, not allowed, gone, or failing.
-- Pages that may be missing are here too when they are, with that reason. What robots.txt said is in raw.fetch.
WITH last_asked AS (
    SELECT *, max(fetch_number) OVER (PARTITION BY url) AS last_number FROM raw.fetch
)
SELECT url, source, role, status, reason, robots, fetched_at
FROM last_asked
WHERE fetch_number = last_number AND sha256 = '' AND role <> 'robots'
ORDER BY url
