-- What of each document was read. Grain: (document_id, item); a filing has a row for each item that its form asks for, found, failed or missing with the reason; every other document has one row with an empty item: `whole`, or `not covered` where its language is not read (an empty one: too short to tell).
WITH whole AS (
    SELECT document_id, 0 AS position, '' AS item, '' AS title,
        CASE WHEN language IN ('en', '') THEN 'whole' ELSE 'not covered' END AS status,
        CASE
            WHEN language NOT IN ('en', '') THEN 'language: ' || language
            WHEN kind = 'filing' AND form = '' THEN 'no items: its form is not known'
            WHEN kind = 'filing' THEN 'no items: an exhibit, or a form (' || form || ') whose items are not known'
            ELSE ''
        END AS reason,
        characters
    FROM doc.document
    WHERE language NOT IN ('en', '') OR document_id NOT IN (SELECT document_id FROM doc.section)
),
items AS (
    SELECT document_id, position, item, title, status, reason, "end" - "start" AS characters
    FROM doc.section
    WHERE document_id NOT IN (SELECT document_id FROM whole)
)
SELECT c.document_id, d.kind, d.form, d.filer, d.period_end, c.position, c.item, c.title, c.status, c.reason, c.characters
FROM (SELECT * FROM whole UNION ALL SELECT * FROM items) c
JOIN doc.document d USING (document_id)
ORDER BY c.document_id, c.position
