-- Claims of tier fact, flat.
SELECT 'Claim' AS _label, claim_id AS id, predicate, polarity, modality, tier, severity, role, kind, benchmark, share,
    amount, metric, value_text, unit, sole_source,
    json_extract_string(qualifiers, '$.comparator') AS comparator, json_extract_string(qualifiers, '$.baseline') AS baseline, named, confidence, method, disclosed_by, publisher, source_group, subject_id,
    subject_name, object_id, object_name, object_kind, quote, document_id, published, filer_id, valid_from, valid_to,
    known_from, known_to
FROM mart.fct_claim
WHERE tier = 'fact'
ORDER BY id
