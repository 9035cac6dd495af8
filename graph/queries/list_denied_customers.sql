-- The SQL twin of list_denied_customers.cypher: same parameters, same rows, same order.
SELECT subject_name AS supplier, benchmark, valid_from AS period_from,
    list(claim_id ORDER BY claim_id) AS claim_ids, list(quote ORDER BY claim_id) AS quotes
FROM mart.claims_at($as_of, $known_on)
WHERE predicate = 'SUPPLIES' AND polarity = 'negative' AND starts_with(object_name, 'customer ≥') AND tier = 'fact'
GROUP BY ALL
ORDER BY supplier, benchmark, claim_ids[1]
