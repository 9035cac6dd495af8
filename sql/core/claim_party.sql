-- One row a claim and side: the party that the claim means there, with its id before judgements.
-- Grain: (claim_id, side). A value is no party.
WITH sides AS (
    SELECT claim_id, document_sha256 AS document_id, 'subject' AS side, subject AS party, qualifiers, valid_from, valid_to FROM nlp.claim
    UNION ALL
    SELECT claim_id, document_sha256, 'object', object, qualifiers, valid_from, valid_to FROM nlp.claim WHERE predicate <> 'HAS_METRIC'
)
SELECT claim_id, document_id, side, party.name AS name, party.surface AS surface, party.kind AS kind,
    party.named AS named,
    CASE
        WHEN party.key <> '' THEN party.key
        WHEN party.kind = 'AnonymousParty'
            THEN anonymous_id(document_id, json_extract_string(qualifiers, '$.benchmark'), valid_from, valid_to, party.name)
        WHEN party.kind = 'Bottleneck' THEN party.name
        ELSE lower(party.kind) || ':' || slug(party.name)
    END AS raw_party_id
FROM sides
ORDER BY claim_id, side
