-- What the registry and the ontology say without a claim: layers, offerings, what a scarcity constrains.
SELECT * FROM (
    SELECT 'IN_LAYER' AS _type, party_id || '|IN_LAYER|' || layer AS id, kind AS from_label, party_id AS from_id,
        'StackLayer' AS to_label, layer AS to_id
    FROM (SELECT party_id, kind, unnest(layers) AS layer FROM mart.dim_party WHERE kind IN ('Organization', 'Offering'))
    UNION ALL
    SELECT 'OFFERS', owner_id || '|OFFERS|' || party_id, 'Organization', owner_id, 'Offering', party_id
    FROM mart.dim_party WHERE kind = 'Offering' AND owner_id <> ''
    UNION ALL
    SELECT 'CONSTRAINS', code || '|CONSTRAINS|' || layer, 'Bottleneck', code, 'StackLayer', layer
    FROM (SELECT code, unnest(constrains) AS layer FROM core.bottleneck)
)
ORDER BY id
