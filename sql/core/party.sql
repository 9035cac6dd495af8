-- One row a party that a claim names or the registry holds, after judgements.
WITH named AS (
    SELECT organization_id AS party_id, 'Organization' AS kind, name, segment, layers, true AS registered, '' AS owner_id
    FROM core.organization
    UNION ALL
    SELECT offering_id, 'Offering', name, kind, CASE WHEN layer = '' THEN [] ELSE [layer] END, true, owner_id
    FROM core.offering
    UNION ALL
    SELECT code, 'Bottleneck', name, '', constrains, true, '' FROM core.bottleneck
    UNION ALL
    SELECT code, 'StackLayer', name, '', [code], true, '' FROM core.layer
),
found AS (
    -- Of parties judged the same, the one that stands for all gives kind and name.
    SELECT coalesce(s.same_as, p.raw_party_id) AS party_id, arg_min(p.kind, (s.same_as IS NOT NULL, p.kind)) AS kind,
        arg_min(p.name, (s.same_as IS NOT NULL, p.name)) AS name, min(p.document_id) AS document_id
    FROM core.claim_party p
    LEFT JOIN core.same_party s ON s.party_id = p.raw_party_id
    GROUP BY ALL
)
SELECT party_id, kind, name, segment, layers, registered, owner_id, NULL::VARCHAR AS document_id FROM named
UNION ALL
SELECT party_id, kind, name, '' AS segment, []::VARCHAR[] AS layers, false AS registered, '' AS owner_id,
    CASE WHEN kind = 'AnonymousParty' THEN document_id END AS document_id
FROM found
WHERE party_id NOT IN (SELECT party_id FROM named)
ORDER BY party_id
