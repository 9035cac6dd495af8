-- Documents that carry a fact.
SELECT 'Document' AS _label, document_id AS id, title AS name, publisher, published, url, kind, nullif(form, '') AS form,
    nullif(filer_id, '') AS filer_id, period_end, known_from, known_to
FROM mart.dim_document
WHERE document_id IN (SELECT document_id FROM mart.fct_claim WHERE tier = 'fact')
ORDER BY id
