-- One row a document: when it could be known, and until when its address still said so. `source_group` is what counts as one
-- source: the publisher, or, for a reprint, the publisher of the original. `n_addresses` have the same bytes.
WITH seen AS (
    SELECT sha256, arg_min(source, (first_seen::DATE, url)) AS source,
        CASE WHEN bool_or(replaced_at IS NULL) THEN NULL ELSE max(replaced_at) END AS replaced_at,
        count(DISTINCT url) AS n_addresses
    FROM raw.version
    GROUP BY sha256
),
published AS (
    SELECT d.*,
        -- A publisher that no one named is the filer, else the source's own address.
        coalesce(nullif(d.publisher, ''), nullif(d.filer, ''), nullif(regexp_extract(d.url, '^https?://([^/]+)', 1), ''),
            'unknown') AS known_publisher
    FROM doc.document d
)
SELECT d.document_id, d.title, d.kind, d.url, d.form, d.period_end, d.language, d.author, d.topic, d.filer, d.filer_cik,
    d.known_publisher AS publisher, coalesce(original.known_publisher, d.known_publisher) AS source_group,
    coalesce(c.original_id, d.document_id) AS original_id,
    seen.source, seen.n_addresses, d.published, d.characters, d.words,
    day.known_from, day.known_by,
    -- A document that came and went on one day was known on that day.
    CASE
        WHEN seen.replaced_at IS NOT NULL
        THEN greatest(seen.replaced_at::DATE, day.known_from + 1)
    END AS known_to,
    coalesce(o.organization_id, '') AS filer_id
FROM published d
JOIN seen ON seen.sha256 = d.document_id
JOIN core.document_day day ON day.document_id = d.document_id
LEFT JOIN core.document_copy c ON c.document_id = d.document_id
LEFT JOIN published original ON original.document_id = c.original_id
LEFT JOIN core.organization o ON o.cik <> '' AND o.cik = ltrim(d.filer_cik, '0')
ORDER BY d.document_id
