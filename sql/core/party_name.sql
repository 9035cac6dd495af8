-- One row a party and surface: every way in which a claim writes it, how often, and where. Grain: (party_id, surface).
SELECT p.party_id, p.surface, count(DISTINCT p.claim_id) AS n_claims, count(DISTINCT p.document_id) AS n_documents,
    list(DISTINCT p.document_id ORDER BY p.document_id) AS document_ids,
    list(DISTINCT p.resolved_by ORDER BY p.resolved_by) AS resolved_by,
    min(d.known_from) AS first_known
FROM core.claim_party p
JOIN core.document d ON d.document_id = p.document_id
GROUP BY p.party_id, p.surface
ORDER BY p.party_id, p.surface
