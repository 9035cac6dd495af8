-- The SQL twin of list_large_customers.cypher: same parameters, same rows, same order.
SELECT subject_name AS supplier, object_name AS customer, named, share, benchmark, valid_from AS period_from,
    list(claim_id ORDER BY claim_id) AS claim_ids, list(quote ORDER BY claim_id) AS quotes
FROM mart.fct_claim
WHERE predicate = 'SUPPLIES' AND polarity = 'positive' AND share >= $min_share
    AND benchmark IN ('revenue', 'receivables') AND tier = 'fact' AND known_from <= $known_on AND (known_to IS NULL OR known_to > $known_on) AND (valid_from IS NULL OR valid_from <= $as_of)
GROUP BY ALL
ORDER BY supplier, share DESC, customer, benchmark, claim_ids[1]
