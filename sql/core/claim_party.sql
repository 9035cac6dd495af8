-- One row a claim and side: the party that the claim means there, and how it came to its id.
-- Grain: (claim_id, side). A value is no party. `raw_party_id` is what the document alone gives, `party_id` what it is after
-- context and judgements.
WITH sides AS (
    SELECT claim_id, document_sha256 AS document_id, 'subject' AS side, subject AS party, qualifiers, valid_from, valid_to FROM nlp.claim
    UNION ALL
    SELECT claim_id, document_sha256, 'object', object, qualifiers, valid_from, valid_to FROM nlp.claim WHERE predicate <> 'HAS_METRIC'
),
companies AS (
    SELECT s.claim_id, s.side, r.raw_party_id, r.party_id, r.resolved_by
    FROM sides s
    JOIN core.document_party d ON d.document_id = s.document_id AND d.name = s.party.name AND d.registered_id = s.party.key
    JOIN core.resolved_party r ON r.raw_party_id = d.raw_party_id
    WHERE s.party.kind = 'Organization' AND s.party.named
),
owned AS (
    -- A product whose name begins with its owner's is that owner's.
    SELECT DISTINCT p.name
    FROM (SELECT DISTINCT party.name AS name FROM sides WHERE party.kind = 'Offering') p
    JOIN core.organization o ON starts_with(p.name, o.name || ' ')
),
others AS (
    SELECT s.claim_id, s.side,
        CASE
            -- A site belongs to who operates it: two data centers in one town are not one.
            WHEN s.party.kind = 'Facility' AND o.party_id IS NOT NULL THEN 'name_and_context'
            WHEN s.party.key <> '' OR s.party.kind IN ('Bottleneck', 'Place', 'Industry') THEN 'registry_name'
            WHEN s.party.kind = 'Offering' AND (NOT s.party.named OR w.name IS NOT NULL) THEN 'name_and_context'
            ELSE 'document' END AS resolved_by,
        CASE
            WHEN s.party.kind = 'Facility' THEN
                coalesce(nullif(s.party.key, ''), 'facility:' || name_key(s.party.name)) || '@' || coalesce(o.party_id, left(s.document_id, 12))
            WHEN s.party.key <> '' THEN s.party.key
            WHEN s.party.kind = 'AnonymousParty' THEN anonymous_id(
                s.document_id, json_extract_string(s.qualifiers, '$.benchmark'), s.valid_from, s.valid_to, s.party.name)
            WHEN s.party.kind = 'Bottleneck' THEN s.party.name
            -- Goods that have no name of their own ("lasers") are one kind of goods everywhere.
            WHEN s.party.kind IN ('Place', 'Industry') OR (s.party.kind = 'Offering' AND (NOT s.party.named OR w.name IS NOT NULL))
                THEN lower(s.party.kind) || ':' || name_key(s.party.name)
            ELSE lower(s.party.kind) || ':' || name_key(s.party.name) || '@' || left(s.document_id, 12)
        END AS raw_party_id
    FROM sides s
    LEFT JOIN companies o ON o.claim_id = s.claim_id AND o.side = 'subject'
    LEFT JOIN owned w ON w.name = s.party.name
)
SELECT s.claim_id, s.document_id, s.side, s.party.name AS name, s.party.surface AS surface, s.party.kind AS kind,
    s.party.named AS named, coalesce(c.raw_party_id, o.raw_party_id) AS raw_party_id,
    coalesce(c.party_id, company.party_id, judged.same_as, o.raw_party_id) AS party_id,
    coalesce(c.resolved_by, CASE WHEN judged.same_as IS NOT NULL THEN 'judgement' END, o.resolved_by) AS resolved_by
FROM sides s
JOIN others o ON o.claim_id = s.claim_id AND o.side = s.side
LEFT JOIN companies c ON c.claim_id = s.claim_id AND c.side = s.side
LEFT JOIN core.same_party judged ON judged.party_id = o.raw_party_id
-- An unnamed party that was judged to be one document's company is what context makes of that company.
LEFT JOIN core.resolved_party company ON company.raw_party_id = judged.same_as
ORDER BY s.claim_id, s.side
