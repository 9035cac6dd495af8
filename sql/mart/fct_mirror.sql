-- The mirror test over all that is known: one row a relation between two named organizations, and which of the two says so.
FROM mart.mirror_at(NULL::DATE, DATE '9999-12-31')
-- What is denied and what one side alone says of another that was read comes first.
ORDER BY list_position(['contradicted', 'both_sides', 'subject_only', 'object_only', 'third_party'], status),
    subject_says <> 'silent' AND object_says <> 'silent', predicate, subject_name, object_name, subject_id, object_id
