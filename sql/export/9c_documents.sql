-- title: Documents
-- about: What was read: filings and commentary, with how many claims each gave.
-- columns of: dim_document
-- link: address of the document
-- facts: claims of the document that are facts
-- candidates: claims of the document that are candidates
SELECT d.title, d.publisher, d.kind, d.form, d.filer, d.published, d.period_end, count(c.claim_id) FILTER (c.tier = 'fact') AS facts,
    count(c.claim_id) FILTER (c.tier = 'candidate') AS candidates, d.words, d.language, d.url AS link, d.source, d.known_from, d.known_to,
    d.document_id
FROM mart.dim_document d
LEFT JOIN mart.fct_claim c USING (document_id)
GROUP BY ALL
ORDER BY d.known_from DESC, d.title, d.document_id
