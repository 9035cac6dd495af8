-- One row an item that a filing's form asks for, or a document without items: whether it was read, and what was found in it.
WITH found AS (
    SELECT document_id, section AS item, count(*) AS facts FROM core.claim WHERE section <> '' AND tier = 'fact' GROUP BY ALL
    UNION ALL
    SELECT document_id, '', count(*) FROM core.claim WHERE tier = 'fact' GROUP BY document_id
)
SELECT c.document_id, c.item, coalesce(nullif(c.form, ''), c.kind) AS form, c.title, c.position, coalesce(c.filer_id, '') AS company_id,
    coalesce(p.name, c.publisher) AS company, c.status, coalesce(c.reason, '') AS reason,
    -- The form lets it be left out, or the form's time for it was another: nothing is missing.
    c.status NOT IN ('found', 'whole') AND NOT contains(coalesce(c.reason, ''), 'lets it be left out') AS is_gap,
    year(coalesce(c.period_end, d.published))::INTEGER AS year, c.period_end, c.characters, c.claims, coalesce(sum(f.facts), 0)::BIGINT AS facts,
    c.known_from, d.known_to
FROM core.coverage c
JOIN core.document d USING (document_id)
LEFT JOIN mart.dim_party p ON p.party_id = c.filer_id
LEFT JOIN found f ON f.document_id = c.document_id AND f.item = c.item
GROUP BY ALL
ORDER BY c.document_id, c.position, c.item
