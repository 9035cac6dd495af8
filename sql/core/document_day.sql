-- One row a document: the day from which it could be known, and how that day is known. Grain: document_id.
-- `known_by` is published (as the source or the document tells), signed (a filing's last date after its period's end, which is
-- that of its signatures), or first seen.
WITH seen AS (
    SELECT sha256, min(first_seen)::DATE AS first_day FROM raw.version GROUP BY sha256
),
dated AS (
    SELECT d.document_id, d.published, seen.first_day,
        list_filter(
            list_transform(
                CASE WHEN d.kind = 'filing' AND d.published IS NULL AND d.period_end IS NOT NULL THEN regexp_extract_all(
                    right(d.text, 30000),
                    '(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+[0-9]{1,2},\s+20[0-9]{2}')
                END,
                lambda words: try_strptime(regexp_replace(words, '\s+', ' ', 'g'), '%B %d, %Y')::DATE),
            lambda day: day > d.period_end AND day <= d.period_end + 180 AND day <= seen.first_day)[-1] AS signed
    FROM doc.document d
    JOIN seen ON seen.sha256 = d.document_id
)
SELECT document_id, first_day, coalesce(published, signed, first_day) AS known_from,
    CASE WHEN published IS NOT NULL THEN 'published' WHEN signed IS NOT NULL THEN 'signed' ELSE 'first seen' END AS known_by
FROM dated
ORDER BY document_id
