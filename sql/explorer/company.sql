-- Organizations that the registry holds or a claim names, with the words by which documents call them and what they offer.
WITH called AS (
    SELECT party_id, list(surface ORDER BY n_claims DESC, surface)[:8] AS surfaces
    FROM core.party_name
    WHERE length(surface) <= 60
    GROUP BY party_id
),
offered AS (
    SELECT owner_id, list(name ORDER BY name) AS offerings FROM mart.dim_party WHERE kind = 'Offering' AND owner_id IS NOT NULL GROUP BY owner_id
)
SELECT c.company_id AS id, c.name, coalesce(c.kind, '') AS kind, coalesce(c.segment, '') AS segment, p.layers, c.registered,
    coalesce(c.tickers, '') AS tickers, coalesce(c.owner_id, '') AS owner,
    array_to_string(list_filter(list_sort(list_distinct(list_concat(coalesce(n.surfaces, []), coalesce(o.offerings, [])))), lambda word: word <> c.name), ' · ') AS also
FROM mart.dim_company c
JOIN mart.dim_party p ON p.party_id = c.company_id
LEFT JOIN called n ON n.party_id = c.company_id
LEFT JOIN offered o ON o.owner_id = c.company_id
ORDER BY c.company_id
