-- Relations between two named organizations by who was seen to state them: the subject, the object, or a third party (commentary); and
-- whether a filing of each of the two was read, without which it could not be seen to.
-- parameters: as_of, known_on
WITH filers AS (
    SELECT DISTINCT filer_id FROM mart.dim_document WHERE filer_id <> '' AND known_from <= known_on AND (known_to IS NULL OR known_to > known_on)
)
SELECT b.predicate, b.subject_id, b.object_id, bool_or(b.said_by = 'subject') AS by_subject, bool_or(b.said_by = 'object') AS by_object,
    bool_or(b.said_by = 'third_party') AS by_third, b.subject_id IN (SELECT filer_id FROM filers) AS subject_files,
    b.object_id IN (SELECT filer_id FROM filers) AS object_files, list(DISTINCT b.claim_id ORDER BY b.claim_id) AS claim_ids
FROM mart.bridge_mirror_claim b
JOIN mart.claims_at(as_of, known_on) c USING (claim_id)
WHERE c.polarity = 'positive'
GROUP BY b.predicate, b.subject_id, b.object_id
ORDER BY b.predicate, b.subject_id, b.object_id
