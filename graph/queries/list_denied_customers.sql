-- The SQL twin of list_denied_customers.cypher: same parameters, same rows, same order.
SELECT subject_name AS supplier, try_cast(replace(replace(object_name, 'customer ≥', ''), '%', '') AS DOUBLE) AS threshold, benchmark,
    valid_from AS period_from, valid_to AS period_to, min(known_from) AS disclosed,
    list(claim_id ORDER BY claim_id) AS claim_ids, list(quote ORDER BY claim_id) AS quotes
FROM mart.claims_at($as_of, $known_on)
WHERE predicate = 'SUPPLIES' AND polarity = 'negative' AND starts_with(object_name, 'customer ≥') AND tier = 'fact'
    AND ($company = 'any' OR subject_id = $company)
GROUP BY subject_id, subject_name, object_name, benchmark, valid_from, valid_to
ORDER BY supplier, subject_id, benchmark, period_to, threshold, claim_ids[1]
