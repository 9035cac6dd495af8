-- One row a party: organizations, offerings, unnamed parties, places, facilities, bottlenecks and layers.
SELECT p.party_id, p.name, p.kind, p.segment, p.layers, p.registered, p.owner_id, p.document_id,
    coalesce(o.cik, '') AS cik, coalesce(o.tickers, []) AS tickers, coalesce(o.org_kind, '') AS organization_kind
FROM core.party p
LEFT JOIN core.organization o ON o.organization_id = p.party_id
ORDER BY p.party_id
