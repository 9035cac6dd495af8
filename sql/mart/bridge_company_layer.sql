-- Which companies work in which layer, by the registry. Grain: (company_key, layer_key).
SELECT surrogate(o.organization_id) AS company_key, l.rank::INTEGER AS layer_key, o.organization_id AS company_id, l.code AS layer
FROM (SELECT organization_id, unnest(layers) AS code FROM core.organization) o
JOIN core.layer l USING (code)
ORDER BY company_id, layer_key
