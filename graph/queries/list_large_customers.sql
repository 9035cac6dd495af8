-- The SQL twin of list_large_customers.cypher: same parameters, same rows, same order.
SELECT c.subject_name AS supplier, c.object_name AS customer, c.named, c.share, coalesce(s.comparator, '=') AS comparator, c.benchmark,
    coalesce(s.segment, '') AS segment, c.valid_from AS period_from, c.valid_to AS period_to, min(c.publisher) AS told_by,
    min(c.known_from) AS disclosed, list(c.claim_id ORDER BY c.claim_id) AS claim_ids, list(c.quote ORDER BY c.claim_id) AS quotes
FROM mart.claims_at($as_of, $known_on) c
LEFT JOIN mart.fct_concentration s ON s.claim_id = c.claim_id
WHERE c.predicate = 'SUPPLIES' AND c.polarity = 'positive' AND c.share >= $min_share AND c.benchmark IN ('revenue', 'receivables')
    AND c.modality IN ('asserted', 'planned', 'historical') AND c.tier = 'fact' AND ($company = 'any' OR c.subject_id = $company)
    AND ($since IS NULL OR coalesce(c.valid_to, $since::DATE) >= $since::DATE)
GROUP BY c.subject_id, c.subject_name, c.object_id, c.object_name, c.named, c.share, s.comparator, c.benchmark, s.segment, c.valid_from, c.valid_to
ORDER BY supplier, c.subject_id, share DESC, customer, c.benchmark, period_to, claim_ids[1]
