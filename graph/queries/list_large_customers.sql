-- The SQL twin of list_large_customers.cypher: same parameters, same rows, same order.
SELECT subject_name AS supplier, object_name AS customer, named, share, benchmark, valid_from AS period_from,
    list(claim_id ORDER BY claim_id) AS claim_ids, list(quote ORDER BY claim_id) AS quotes
FROM mart.claims_at($as_of, $known_on)
WHERE predicate = 'SUPPLIES' AND polarity = 'positive' AND share >= $min_share
    AND benchmark IN ('revenue', 'receivables') AND tier = 'fact'
GROUP BY ALL
ORDER BY supplier, share DESC, customer, benchmark, claim_ids[1]
