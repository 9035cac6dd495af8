-- Fails when a quote is not the slice of the canonical text that its offsets name: the first rule of the product.
SELECT c.claim_id
FROM nlp.claim c
LEFT JOIN doc.document d ON d.document_id = c.document_sha256
WHERE d.document_id IS NULL OR substr(d.text, c.char_start + 1, c.char_end - c.char_start) IS DISTINCT FROM c.quote
