-- What a filing's tags and its own words say differently of one share: a finding for the reader, both claims kept.
-- Grain: claim_id. Each of the two has its row; `other_share` is what the other one says.
SELECT claim_id, document_id, document_title, filer_id, predicate, subject_name, object_name, benchmark,
    json_extract_string(qualifiers, '$.share') AS stated_share,
    json_extract_string(qualifiers, '$.mismatch') AS other_share,
    json_extract_string(qualifiers, '$.tag') IS NOT NULL AS by_tag,
    tier, method, quote, valid_from, valid_to
FROM mart.fct_claim
WHERE json_extract_string(qualifiers, '$.mismatch') IS NOT NULL
ORDER BY claim_id
