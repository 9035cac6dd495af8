-- title: Exposures
-- about: Who says that a scarcity holds it up, or may; each with its quote.
-- columns of: fct_exposure, fct_claim
-- company: the subject, or the owner of the offering that is the subject
-- document: title of the document
-- link: address of the document
SELECT coalesce(k.src_name, e.subject) AS company, e.subject, e.bottleneck, e.severity, e.tier, e.polarity, e.modality, e.confidence, c.quote,
    c.publisher, c.document_title AS document, c.url AS link, e.known_from, e.valid_from, e.valid_to, e.bottleneck_code, e.claim_id
FROM mart.fct_exposure e
JOIN mart.fct_claim c USING (claim_id)
LEFT JOIN mart.dim_src_company k ON k.src_company_key = e.src_company_key
ORDER BY e.bottleneck, company, e.known_from, e.claim_id
