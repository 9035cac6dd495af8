-- One row a document: when it could be known, and until when its address still said so.
WITH seen AS (
    SELECT sha256, min(first_seen) AS first_seen, arg_min(source, first_seen) AS source,
        CASE WHEN bool_or(replaced_at IS NULL) THEN NULL ELSE max(replaced_at) END AS replaced_at
    FROM raw.version
    GROUP BY sha256
)
SELECT d.document_id, d.title, d.kind, d.url, d.form, d.period_end, d.language, d.author, d.topic, d.filer, d.filer_cik,
    -- A publisher that no one named is the filer, else the source's own address.
    coalesce(nullif(d.publisher, ''), nullif(d.filer, ''), nullif(regexp_extract(d.url, '^https?://([^/]+)', 1), ''),
        'unknown') AS publisher,
    seen.source, d.published, length(d.text) AS characters, length(d.text) - length(replace(d.text, ' ', '')) + 1 AS words,
    coalesce(d.published, seen.first_seen::DATE) AS known_from,
    seen.replaced_at::DATE AS known_to,
    coalesce(o.organization_id, '') AS filer_id
FROM doc.document d
JOIN seen ON seen.sha256 = d.document_id
LEFT JOIN core.organization o ON o.cik <> '' AND o.cik = ltrim(d.filer_cik, '0')
ORDER BY d.document_id
