-- In which layers $company (NULL: any company that entered a layer not its own) is shown as of $as_of and as known on $known_on: each entry
-- with the sentence that was the first to be known, and the newest one that denies it. In the order of days; what only pages without a
-- date show stands last.
WITH shown AS (
    SELECT *, coalesce(least(first_dated, first_valid), first_valid, first_dated) AS day
    FROM mart.layer_entries_at($as_of, $known_on, $roles)
    WHERE company_id = $company OR ($company IS NULL AND entered)
)
SELECT s.day, CASE WHEN s.day IS NULL THEN 'no date, seen ' || s.first_known::VARCHAR
        WHEN s.day = s.first_valid AND s.first_dated IS DISTINCT FROM s.day THEN 'told of ' || year(s.day)::VARCHAR
        ELSE 'by ' || s.day::VARCHAR END AS "when",
    s.company, s.company_id, s.home_layers, l.name AS layer_name, s.layer, s.entered, s.steps, s.how, s."by", s.only_planned, s.n_publishers,
    len(s.claim_ids) AS n_claims, s.first_known, s.first_valid, s.claim_ids, s.quotes, c.quote AS best_quote, s.first_claim_id, c.publisher,
    coalesce(nullif(c.document_title, ''), c.url) AS document, c.url, s.denial_ids, n.quote AS denial
FROM shown s
JOIN mart.dim_layer l ON l.code = s.layer
JOIN mart.fct_claim c ON c.claim_id = s.first_claim_id
LEFT JOIN mart.fct_claim n ON n.claim_id = s.denial_ids[1]
ORDER BY s.day NULLS LAST, s.first_known, s.company, s.layer, s.how, s."by", s.first_claim_id
