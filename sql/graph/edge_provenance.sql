-- From each claim to its parties, its evidence and its document.
SELECT * FROM (
    SELECT 'SUBJECT' AS _type, claim_id || '|subject' AS id, 'Claim' AS from_label, claim_id AS from_id,
        subject_kind AS to_label, subject_id AS to_id
    FROM mart.fct_claim WHERE tier = 'fact' AND subject_kind <> 'Industry'
    UNION ALL
    SELECT 'OBJECT', claim_id || '|object', 'Claim', claim_id, object_kind, object_id
    FROM mart.fct_claim WHERE tier = 'fact' AND object_id IS NOT NULL
    UNION ALL
    SELECT 'SUPPORTED_BY', claim_id || '|evidence', 'Claim', claim_id, 'Evidence',
        document_id || ':' || char_start || '-' || char_end
    FROM mart.fct_claim WHERE tier = 'fact'
    UNION ALL
    SELECT DISTINCT 'IN_DOCUMENT', document_id || ':' || char_start || '-' || char_end || '|document', 'Evidence',
        document_id || ':' || char_start || '-' || char_end, 'Document', document_id
    FROM mart.fct_claim WHERE tier = 'fact'
)
ORDER BY id
