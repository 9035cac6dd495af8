-- One row a bottleneck code: those of the ontology, and `other:` ones that a claim names.
SELECT party_id AS code, name, registered AS is_listed FROM mart.dim_party WHERE kind = 'Bottleneck' ORDER BY code
