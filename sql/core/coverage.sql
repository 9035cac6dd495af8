-- How complete an answer can be: what of each document was read (doc.coverage), whose it is, since when it is known, and how many
-- claims were found there. Grain: (document_id, item).
WITH found AS (
    SELECT document_id, section AS item, count(*) AS claims FROM core.claim WHERE section <> '' GROUP BY ALL
    UNION ALL
    SELECT document_id, '', count(*) FROM core.claim GROUP BY document_id
)
SELECT c.document_id, d.filer_id, d.publisher, d.source, d.known_from, c.kind, c.form, c.period_end, c.position, c.item, c.title,
    c.status, c.reason, c.characters, coalesce(sum(f.claims), 0)::BIGINT AS claims
FROM doc.coverage c
JOIN core.document d USING (document_id)
LEFT JOIN found f ON f.document_id = c.document_id AND f.item = c.item
GROUP BY ALL
ORDER BY c.document_id, c.position, c.item
