-- Documents that carry a fact, or figures that speak for or against a candidate.
SELECT 'Document' AS _label, document_id AS id, title AS name, publisher, published, url, kind, nullif(form, '') AS form,
    nullif(filer_id, '') AS filer_id, period_end, known_from, known_to
FROM mart.dim_document
WHERE document_id IN (SELECT document_id FROM mart.fct_claim WHERE tier = 'fact')
    OR document_id IN (SELECT document_id FROM mart.bridge_candidate_claim)
ORDER BY id
