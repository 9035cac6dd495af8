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
    -- The name by which it was known first, so that a later document changes no name.
    -- Where people judged parties of two kinds to be one, the kind is that of the one that stands for both.
    SELECT p.party_id, arg_min(p.kind, (p.raw_party_id IS DISTINCT FROM p.party_id, p.kind)) AS kind, arg_min(p.name, (d.known_from, p.name)) AS name,
        min(p.document_id) AS document_id, count(DISTINCT p.document_id) AS n_documents
    FROM core.claim_party p
    LEFT JOIN core.document d ON d.document_id = p.document_id
    GROUP BY p.party_id
),
-- How the party came to its id: the best that any claim of it has.
resolved AS (
    SELECT party_id, arg_min(resolved_by, list_position(
        ['cik', 'ticker', 'lei', 'wikidata', 'registry_name', 'judgement', 'name_and_context', 'document'], resolved_by)) AS resolved_by
    FROM core.claim_party
    GROUP BY party_id
)
SELECT n.party_id, n.kind, n.name, n.segment, n.layers, n.registered, n.owner_id, NULL::VARCHAR AS document_id,
    coalesce(r.resolved_by, 'registry_name') AS resolved_by
FROM named n
LEFT JOIN resolved r ON r.party_id = n.party_id
UNION ALL
SELECT f.party_id, f.kind, f.name, '', []::VARCHAR[], false, '',
    -- What one document alone names belongs to it.
    CASE WHEN r.resolved_by = 'document' AND f.n_documents = 1 THEN f.document_id END, r.resolved_by
FROM found f
JOIN resolved r ON r.party_id = f.party_id
WHERE f.party_id NOT IN (SELECT party_id FROM named)
ORDER BY party_id
