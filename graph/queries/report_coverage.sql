-- The SQL twin of report_coverage.cypher: same parameters, same rows, same order.
WITH documents AS (
    SELECT m.document_id, coalesce(f.name, m.publisher) AS company, coalesce(m.filer_id, '') AS company_id,
        coalesce(nullif(m.form, ''), m.kind) AS form,
        CASE WHEN m.period_end IS NOT NULL THEN m.period_end::VARCHAR WHEN m.published IS NOT NULL THEN year(m.published)::VARCHAR
            ELSE 'undated' END AS period,
        year(m.period_end - INTERVAL 15 DAY) * 12 + month(m.period_end - INTERVAL 15 DAY) - 1 AS period_month
    FROM mart.dim_document m
    LEFT JOIN mart.dim_party f ON f.party_id = m.filer_id
    WHERE m.known_from <= $known_on AND (m.known_to IS NULL OR m.known_to > $known_on)
),
found AS (
    SELECT document_id, count(*) FILTER (tier <> 'fact') AS candidates
    FROM mart.claims_at($as_of, $known_on)
    WHERE ($company = 'any' OR subject_id = $company OR object_id = $company)
        AND ($predicates = 'any' OR list_contains(string_split($predicates, ', '), predicate))
    GROUP BY document_id
),
stated AS (
    SELECT document_id, claim_id, predicate, quote
    FROM mart.claims_at($as_of, $known_on)
    WHERE tier = 'fact' AND ($company = 'any' OR subject_id = $company OR object_id = $company)
        AND ($predicates = 'any' OR list_contains(string_split($predicates, ', '), predicate))
),
read AS (
    SELECT document_id, count(*) FILTER (status = 'found' AND item <> '') AS items_found, bool_or(status = 'not covered') AS unread,
        coalesce(list(CASE WHEN item = '' THEN reason ELSE item || ': ' || reason END ORDER BY position, item)
            FILTER (status NOT IN ('found', 'whole') AND NOT contains(coalesce(reason, ''), 'lets it be left out')), []) AS missing
    FROM core.coverage
    GROUP BY document_id
),
shown AS (
    SELECT d.*, r.items_found, r.unread, r.missing, coalesce(f.candidates, 0) AS candidates
    FROM documents d
    LEFT JOIN read r USING (document_id)
    LEFT JOIN found f USING (document_id)
    WHERE $company = 'any' OR d.company_id = $company OR f.document_id IS NOT NULL
),
predicates AS (
    SELECT company, company_id, form, period, list(predicate || ' ' || n ORDER BY predicate) AS by_predicate
    FROM (SELECT company, company_id, form, period, predicate, count(*) AS n FROM shown JOIN stated USING (document_id) GROUP BY ALL)
    GROUP BY ALL
),
claims AS (
    SELECT company, company_id, form, period, count(DISTINCT document_id) AS with_facts, count(*) AS facts,
        list(claim_id ORDER BY claim_id) AS claim_ids, list(quote ORDER BY claim_id) AS quotes
    FROM shown
    JOIN stated USING (document_id)
    GROUP BY ALL
),
groups AS (
    SELECT company, company_id, form, period, count(*) FILTER (NOT unread) AS documents, count(*) FILTER (unread) AS not_read, sum(items_found) AS items_found, sum(candidates) AS candidates,
        flatten(list(missing ORDER BY document_id)) AS missing,
        CASE WHEN bool_and(unread) THEN 'not read' WHEN bool_and(NOT unread AND len(missing) = 0) THEN 'whole' ELSE 'partly' END AS status
    FROM shown
    GROUP BY ALL
),
-- A filer reports each quarter: what lies between its first and its last report and is not there is missing.
filers AS (
    SELECT company, company_id, list(DISTINCT period_month) AS months, min(period_month) AS first_month, max(period_month) AS last_month,
        coalesce(list(DISTINCT period_month % 12) FILTER (form = '10-K'), []) AS year_ends
    FROM documents
    WHERE company_id <> '' AND form IN ('10-K', '10-Q') AND period_month IS NOT NULL AND ($company = 'any' OR company_id = $company)
    GROUP BY ALL
),
due AS (SELECT *, unnest(range(first_month, last_month + 1, 3)) AS month FROM filers),
gaps AS (
    SELECT company, company_id,
        CASE WHEN len(year_ends) = 0 THEN '10-K or 10-Q'
            WHEN len(list_filter(year_ends, lambda y: (month - y + 13) % 12 <= 2)) > 0 THEN '10-K' ELSE '10-Q' END AS form,
        (month // 12) || '-' || lpad((month % 12 + 1)::VARCHAR, 2, '0') AS period
    FROM due
    WHERE len(list_filter(months, lambda m: m >= month - 1 AND m <= month + 1)) = 0
    UNION ALL
    SELECT name, party_id, 'filings', 'any' FROM mart.dim_party
    WHERE party_id = $company AND cik <> '' AND party_id NOT IN (SELECT company_id FROM documents)
)
SELECT company, company_id, form, period, status, documents::INTEGER AS documents, not_read::INTEGER AS not_read, coalesce(with_facts, 0)::INTEGER AS with_facts,
    coalesce(facts, 0)::INTEGER AS facts, candidates::INTEGER AS candidates, coalesce(by_predicate, []) AS by_predicate,
    items_found::INTEGER AS items_found, list_filter(missing, lambda m, i: list_position(missing, m) = i) AS missing, coalesce(claim_ids, []) AS claim_ids, coalesce(quotes, []) AS quotes
FROM groups
LEFT JOIN predicates USING (company, company_id, form, period)
LEFT JOIN claims USING (company, company_id, form, period)
UNION ALL
SELECT company, company_id, form, period, 'missing', 0, 0, 0, 0, 0, [], 0, [], [], [] FROM gaps
ORDER BY company, company_id, period, form
