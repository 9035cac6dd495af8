-- Documents that make claims. `day` is that of publication, else the one from which it could be known.
SELECT document_id AS id, coalesce(title, '') AS title, publisher, source_group, coalesce(url, '') AS url, kind, coalesce(form, '') AS form,
    strftime(coalesce(published, known_from), '%Y-%m-%d') AS day, known_by, characters
FROM mart.dim_document
WHERE document_id IN (SELECT document_id FROM mart.fct_claim)
ORDER BY document_id
