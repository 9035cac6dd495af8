-- One row a document whose text another one repeats, exactly or nearly, with the earliest of them as its original.
-- Grain: document_id. Signatures (MinHash) that agree in one band of four are compared whole; 0.8 or more of equal places is
-- a copy. What came later changes no original: it is found among the documents before. Reports of one filer for different periods are no copies of each other, however much they repeat.
WITH RECURSIVE signed AS (
    SELECT d.document_id, d.signature, d.kind, d.period_end, day.known_from AS first_day
    FROM doc.document d
    JOIN core.document_day day ON day.document_id = d.document_id
    WHERE len(d.signature) > 0
),
numbered AS (
    SELECT document_id, signature, unnest(range(len(signature) // 4)) AS band FROM signed
),
bands AS (
    SELECT document_id, band, signature[band * 4 + 1 : band * 4 + 4] AS part FROM numbered
),
candidates AS (
    SELECT DISTINCT a.document_id AS a_id, b.document_id AS b_id
    FROM bands a
    JOIN bands b ON a.band = b.band AND a.part = b.part AND a.document_id < b.document_id
),
compared AS (
    SELECT c.a_id, c.b_id,
        len(list_filter(list_zip(a.signature, b.signature), lambda place: place[1] = place[2])) / len(a.signature) AS similarity
    FROM candidates c
    JOIN signed a ON a.document_id = c.a_id
    JOIN signed b ON b.document_id = c.b_id
    WHERE a.kind <> 'filing' OR b.kind <> 'filing' OR a.period_end IS NOT DISTINCT FROM b.period_end
),
links AS (
    SELECT a_id AS from_id, b_id AS to_id, similarity FROM compared WHERE similarity >= 0.8
    UNION ALL
    SELECT b_id, a_id, similarity FROM compared WHERE similarity >= 0.8
),
reached AS (
    SELECT DISTINCT from_id AS document_id, from_id AS member_id FROM links
    UNION
    SELECT r.document_id, l.to_id FROM reached r JOIN links l ON l.from_id = r.member_id
),
earlier AS (
    SELECT l.from_id, l.to_id
    FROM links l
    JOIN signed a ON a.document_id = l.from_id
    JOIN signed b ON b.document_id = l.to_id
    WHERE (b.first_day, b.document_id) < (a.first_day, a.document_id)
),
before AS (
    SELECT DISTINCT from_id AS document_id, from_id AS member_id FROM links
    UNION
    SELECT b.document_id, e.to_id FROM before b JOIN earlier e ON e.from_id = b.member_id
),
originals AS (
    SELECT b.document_id, arg_min(b.member_id, (s.first_day, b.member_id)) AS original_id
    FROM before b
    JOIN signed s ON s.document_id = b.member_id
    GROUP BY b.document_id
)
SELECT r.document_id, any_value(o.original_id) AS original_id,
    count(*) AS n_copies, max(l.similarity) AS similarity
FROM reached r
JOIN originals o ON o.document_id = r.document_id
LEFT JOIN links l ON l.from_id = r.document_id AND l.to_id = r.member_id
GROUP BY r.document_id
ORDER BY r.document_id
