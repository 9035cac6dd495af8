-- Parties: organizations and offerings of the registry, and what facts name beside them.
-- A name that only candidates carry is a proposal, not a node.
SELECT kind AS _label, party_id AS id, name, nullif(segment, '') AS segment, layers, nullif(cik, '') AS cik, tickers,
    nullif(owner_id, '') AS owner_id, document_id, registered
FROM mart.dim_party p
WHERE kind IN ('Organization', 'Offering', 'AnonymousParty', 'Facility', 'Place')
    AND (registered OR EXISTS (
        SELECT 1 FROM mart.fct_claim c WHERE c.tier = 'fact' AND p.party_id IN (c.subject_id, c.object_id)
    ))
ORDER BY id
