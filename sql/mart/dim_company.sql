-- One row an organization, registered or only named, with the integer key that facts join on.
SELECT surrogate(p.party_id) AS company_key, p.party_id AS company_id, p.name, p.organization_kind AS kind, p.segment,
    array_to_string(p.layers, ', ') AS layers, array_to_string(p.tickers, ', ') AS tickers, coalesce(o.exchange, '') AS exchange,
    p.cik, coalesce(o.lei, '') AS lei, coalesce(o.wikidata, '') AS wikidata, p.registered,
    surrogate(nullif(o.owner_id, '')) AS owner_key, coalesce(o.owner_id, '') AS owner_id, coalesce(owner.name, '') AS owner
FROM mart.dim_party p
LEFT JOIN core.organization o ON o.organization_id = p.party_id
LEFT JOIN core.organization owner ON owner.organization_id = nullif(o.owner_id, '')
WHERE p.kind = 'Organization'
ORDER BY company_id
