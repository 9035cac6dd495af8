-- One row a periodic filing, predicate and side: whether the items that would tell it were read. An item that only refers elsewhere
-- was not read, unless what it refers to is there (core.telling.instead).
WITH items AS (
    SELECT c.document_id, t.predicate, t.side, t.item,
        CASE
            WHEN c.status = 'found' AND NOT regexp_matches(c.reason, '^(?:refers elsewhere|incorporated by reference)') THEN ''
            WHEN i.status = 'found' AND i.characters >= t.least THEN ''
            ELSE concat_ws(': ', t.item, coalesce(nullif(c.reason, ''), c.status))
        END AS unread
    FROM core.coverage c
    JOIN core.telling t ON t.form = c.form AND t.item = c.item
    LEFT JOIN core.coverage i ON i.document_id = c.document_id AND i.item = t.instead AND t.instead <> ''
)
SELECT i.document_id, d.filer_id AS company_id, d.form, d.period_end,
    -- The first day of the period that the form reports on.
    (d.period_end - CASE d.form WHEN '10-Q' THEN INTERVAL 3 MONTH ELSE INTERVAL 12 MONTH END + INTERVAL 1 DAY)::DATE AS period_from,
    i.predicate, i.side, p.is_symmetric, list(i.item ORDER BY i.item) FILTER (i.unread = '') AS items_read,
    list(i.unread ORDER BY i.item) FILTER (i.unread <> '') AS items_unread,
    d.known_from, d.known_to
FROM items i
JOIN core.document d USING (document_id)
JOIN core.predicate p USING (predicate)
WHERE d.filer_id <> ''
GROUP BY ALL
ORDER BY i.document_id, i.predicate, i.side
