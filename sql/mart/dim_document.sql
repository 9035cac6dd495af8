-- One row a document.
SELECT surrogate(document_id) AS document_key, document_id, title, publisher, source_group, original_id, author, published, url, kind, form, filer, filer_id, period_end, language, source,
    known_from, known_by, known_to, characters, words
FROM core.document
ORDER BY document_id
