-- The SQL twin of list_layer_entries.cypher: same parameters, same rows, same order.
SELECT company, home_layers, layer, steps, how, "by", first_known, first_valid, claim_ids, quotes
FROM mart.layer_entries_at($as_of, $known_on, $roles)
WHERE entered
ORDER BY first_known, company, layer, how, "by", claim_ids[1]
