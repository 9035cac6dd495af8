-- Parties: organizations and offerings of the registry, and what facts name beside them.
-- A name that only candidates carry is a proposal, not a node.
SELECT p.kind AS _label, p.party_id AS id, p.name, nullif(coalesce(a.segment, p.segment), '') AS segment, p.layers,
    nullif(p.cik, '') AS cik, p.tickers, nullif(p.owner_id, '') AS owner_id, p.document_id, p.registered,
    -- What the ledger knows of an unnamed customer or supplier.
    a.filer_id, f.name AS filer_name, a.side, a.benchmark, a.share, a.share_text, a.period_from, a.period_to
FROM mart.dim_party p
LEFT JOIN core.anonymous_party a ON a.party_id = p.party_id
LEFT JOIN mart.dim_party f ON f.party_id = a.filer_id
WHERE p.kind IN ('Organization', 'Offering', 'AnonymousParty', 'Facility', 'Place')
    AND (p.registered OR p.party_id IN (
        SELECT subject_id FROM mart.fct_claim WHERE tier = 'fact'
        UNION
        SELECT object_id FROM mart.fct_claim WHERE tier = 'fact' AND object_id IS NOT NULL
    ))
ORDER BY id
