-- One row a claim with its parties resolved and the time in which it could be known. Claims are never overwritten.
-- `tier` is what holds after review: an accepted claim is a fact, a rejected one is none; `extracted_tier` is what its extractor said.
WITH reviewed AS (
    -- Two lines on one claim say the same: others are refused before the build.
    SELECT claim_id, min(decision) AS decision FROM core.claim_review GROUP BY claim_id
),
sides AS (
    -- An unnamed party that was judged to be an organization is one.
    SELECT s.claim_id, s.side, s.party_id, coalesce(p.kind, s.kind) AS kind, s.surface, s.name, s.named
    FROM core.claim_party s
    LEFT JOIN core.party p ON p.party_id = s.party_id
)
SELECT c.claim_id, c.document_sha256 AS document_id, c.predicate, c.polarity, c.modality,
    CASE r.decision WHEN 'accepted' THEN 'fact' WHEN 'rejected' THEN 'candidate' ELSE c.tier END AS tier,
    coalesce(r.decision, 'auto') AS review, c.tier AS extracted_tier, c.confidence, c.method,
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
JOIN sides subject ON subject.claim_id = c.claim_id AND subject.side = 'subject'
LEFT JOIN sides object ON object.claim_id = c.claim_id AND object.side = 'object'
LEFT JOIN reviewed r ON r.claim_id = c.claim_id
ORDER BY c.claim_id
