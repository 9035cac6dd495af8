-- One row a claim with its parties resolved and the time in which it could be known. Claims are never overwritten.
SELECT c.claim_id, c.document_sha256 AS document_id, c.predicate, c.polarity, c.modality, c.tier, c.confidence, c.method,
    subject.party_id AS subject_id, subject.kind AS subject_kind, subject.surface AS subject_surface,
    object.party_id AS object_id, coalesce(object.kind, 'Value') AS object_kind,
    coalesce(object.surface, c.object.surface) AS object_surface, c.object.name AS object_text,
    subject.named AND coalesce(object.named, true) AS named,
    json_extract_string(c.qualifiers, '$.role') AS role,
    json_extract_string(c.qualifiers, '$.kind') AS kind,
    json_extract_string(c.qualifiers, '$.severity') AS severity,
    json_extract_string(c.qualifiers, '$.benchmark') AS benchmark,
    json_extract_string(c.qualifiers, '$.metric') AS metric,
    json_extract_string(c.qualifiers, '$.value') AS value_text,
    json_extract_string(c.qualifiers, '$.unit') AS unit,
    json_extract_string(c.qualifiers, '$.amount') AS amount,
    try_cast(regexp_extract(json_extract_string(c.qualifiers, '$.share'), '([0-9.]+)', 1) AS DOUBLE) AS share,
    coalesce(json_extract_string(c.qualifiers, '$.sole_source') = 'true', false) AS sole_source,
    c.qualifiers, c.quote, c.char_start, c.char_end, c.block, c.section, c.frame,
    c.valid_from, c.valid_to, c.valid_precision, c.disclosed_by, c.confidence_parts, c.extractor_version,
    d.known_from, d.known_to, d.publisher, d.source_group
FROM nlp.claim c
JOIN core.document d ON d.document_id = c.document_sha256
JOIN core.claim_party subject ON subject.claim_id = c.claim_id AND subject.side = 'subject'
LEFT JOIN core.claim_party object ON object.claim_id = c.claim_id AND object.side = 'object'
ORDER BY c.claim_id
