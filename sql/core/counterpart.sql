-- Whether a filing names a party that states something of its filer in documents of its own: what a silence is worth.
-- Grain: (document_id, party_id). A name is any by which texts were found to mean the party, as a word of its own.
WITH pairs AS (
    SELECT subject_id AS party_id, object_id AS filer_id
    FROM core.claim
    WHERE tier = 'fact' AND disclosed_by = 'subject' AND subject_kind = 'Organization' AND object_kind = 'Organization' AND subject_id <> object_id
    UNION
    SELECT object_id, subject_id
    FROM core.claim
    WHERE tier = 'fact' AND disclosed_by = 'object' AND subject_kind = 'Organization' AND object_kind = 'Organization' AND subject_id <> object_id
),
names AS (
    SELECT party_id, '(?:^|\W)(?:' || string_agg(regexp_escape(surface), '|' ORDER BY surface) || ')(?:\W|$)' AS pattern
    FROM core.party_name
    GROUP BY party_id
)
SELECT d.document_id, p.filer_id, p.party_id, regexp_matches(t.text, n.pattern) AS is_named
FROM pairs p
JOIN names n USING (party_id)
JOIN core.document d ON d.filer_id = p.filer_id AND d.kind = 'filing'
JOIN doc.document t ON t.document_id = d.document_id
ORDER BY d.document_id, p.party_id
