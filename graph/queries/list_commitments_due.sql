-- The SQL twin of list_commitments_due.cypher: same parameters, same rows, same order.
WITH promised AS (
    SELECT c.*, f.horizon FROM mart.claims_at(NULL, $known_on) c
    JOIN mart.fct_commitment f ON f.claim_id = c.claim_id
    WHERE c.tier = 'fact' AND c.polarity = 'positive' AND c.modality IN ('asserted', 'planned', 'historical') AND NOT c.superseded
        AND ($company = 'any' OR c.subject_id = $company OR c.object_id = $company)
        AND ($as_of IS NULL OR CASE WHEN f.horizon IS NULL THEN c.known_from ELSE coalesce(c.valid_from, c.known_from) END <= $as_of)
    QUALIFY f.horizon IS NULL OR c.known_from = max(c.known_from) FILTER (f.horizon IS NOT NULL) OVER (PARTITION BY c.subject_id, c.object_name, c.kind)
),
parts AS (
    SELECT c.*, d.due, d.due_from, d.due_to, d.amount AS part_amount, d.part
    FROM promised c
    JOIN mart.fct_commitment_due d ON d.claim_id = c.claim_id
    WHERE d.amount IS NOT NULL
    UNION ALL
    SELECT c.*, 'named', c.valid_from, c.valid_to,
        CASE WHEN amount_comparator IN ('≤', '≥') OR amount_low = amount_high THEN coalesce(amount_low, amount_high) END, 0
    FROM promised c
    WHERE c.valid_from > c.known_from AND c.claim_id NOT IN (SELECT claim_id FROM mart.fct_commitment_due WHERE amount IS NOT NULL)
)
SELECT year(due_to) AS year, subject_name AS "from", object_name AS "to", kind, due, due_from, due_to, part_amount AS amount,
    CASE WHEN part_amount IS NOT NULL THEN currency END AS currency, min(known_from) AS stated,
    list(claim_id ORDER BY claim_id) AS claim_ids, list(quote ORDER BY claim_id) AS quotes
FROM parts
WHERE ($as_of IS NULL OR coalesce(due_to, DATE '9999-12-31') >= $as_of) AND ($year = 0 OR year(due_to) = $year)
GROUP BY subject_id, subject_name, object_id, object_name, kind, due, due_from, due_to, part_amount, CASE WHEN part_amount IS NOT NULL THEN currency END
ORDER BY coalesce(year(due_to), 9999), "from", "to", stated, due_to, due, claim_ids[1], amount
