-- Everything that was refused, by the stage that refused it, with the reason: addresses that brought nothing when they were last asked,
-- documents that could not be read, documents whose claims could not be looked for. Grain: (stage, item).
SELECT 'fetch' AS stage, url AS item, url AS name, source, reason, fetched_at::DATE AS refused_on
FROM raw.refusal
UNION ALL
SELECT r.stage, r.sha256, r.name, v.source, r.reason, v.first_seen::DATE
FROM doc.refusal r
LEFT JOIN (
    SELECT sha256, arg_min(source, (first_seen, url)) AS source, min(first_seen) AS first_seen FROM raw.version GROUP BY sha256
) v ON v.sha256 = r.sha256
ORDER BY stage, item
