-- One row a claim of share: whose customer or supplier it is, named or not, of what, how much, when. Thresholds that nobody
-- reaches ("no customer of 10 % or more") are rows of negative polarity without a share.
WITH sides AS (
    SELECT c.*,
        CASE
            WHEN c.filer_id <> '' AND c.object_id = c.filer_id THEN true
            WHEN c.filer_id <> '' AND c.subject_id = c.filer_id THEN false
            ELSE c.benchmark IN ('purchases', 'cost')
        END AS buys
    FROM mart.fct_claim c
    WHERE c.predicate = 'SUPPLIES' AND c.benchmark IS NOT NULL AND c.object_id IS NOT NULL
)
SELECT claim_id, document_id,
    CASE WHEN buys THEN object_id ELSE subject_id END AS filer_id,
    CASE WHEN buys THEN object_name ELSE subject_name END AS filer_name,
    CASE WHEN buys THEN 'supplier' ELSE 'customer' END AS side,
    CASE WHEN buys THEN subject_id ELSE object_id END AS party_id,
    CASE WHEN buys THEN subject_name ELSE object_name END AS party_name,
    CASE WHEN buys THEN subject_kind ELSE object_kind END <> 'AnonymousParty' AS party_named,
    benchmark, share, json_extract_string(qualifiers, '$.share') AS share_text,
    CASE
        WHEN polarity = 'negative' THEN '<'
        WHEN starts_with(json_extract_string(qualifiers, '$.share'), '≥') THEN '≥'
        WHEN share IS NOT NULL THEN '='
    END AS comparator,
    polarity, modality, valid_from AS period_from, valid_to AS period_to, valid_precision AS period_precision,
    json_extract_string(qualifiers, '$.scope') AS segment,
    CASE split_part(method, ':', 1) WHEN 'xbrl' THEN 'tag' WHEN 'table' THEN 'table' ELSE 'prose' END AS told_by,
    json_extract_string(qualifiers, '$.mismatch') AS mismatch,
    tier, disclosed_by, quote, known_from, known_to
FROM sides
ORDER BY claim_id
