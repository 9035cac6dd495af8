-- One row a bottleneck code: those of the ontology, and `other:` ones that a claim names.
SELECT surrogate(p.party_id) AS bottleneck_key, p.party_id AS code, regexp_replace(p.name, '^other:', '') AS name, p.registered AS is_listed, coalesce(b.meaning, '') AS meaning,
    array_to_string(p.layers, ', ') AS constrains
FROM mart.dim_party p
LEFT JOIN core.bottleneck b ON b.code = p.party_id
WHERE p.kind = 'Bottleneck'
ORDER BY p.party_id
