-- Evidence: one verbatim run of a document; claims that share the run share the node.
SELECT DISTINCT 'Evidence' AS _label, document_id || ':' || char_start || '-' || char_end AS id, quote, char_start, char_end,
    section, document_id
FROM mart.fct_claim
WHERE tier = 'fact'
ORDER BY id
