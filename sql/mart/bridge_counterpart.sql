-- Whether a filing names a party that states something of its filer.
SELECT document_id, party_id, is_named
FROM core.counterpart
ORDER BY document_id, party_id
