-- The evidence on $company, as of $as_of and as known on $known_on: one row a finding, with all claims that say it; what
-- most publishers say stands first on its side of a test. An unnamed party is one of its filing and is joined with no other of its
-- letter; where one of the publishers has no interest, its sentence is shown.
WITH found AS (
    SELECT e.test, e.side, e.leaning, e.rule, r.position, e.finding, e.other_id, e.tier, count(DISTINCT e.claim_id) AS n_claims, count(DISTINCT e.source) AS n_publishers,
        count(DISTINCT e.source) FILTER (e.interest = '') AS n_independent,
        coalesce(list_sort(list(DISTINCT e.interest) FILTER (e.interest <> '')), []) AS interests,
        coalesce(list_sort(list(DISTINCT e.interest_claim_id) FILTER (e.interest = 'author invested')), []) AS interest_claim_ids,
        list_sort(list(DISTINCT e.modality)) AS modalities, list_sort(list(DISTINCT e.source)) AS sources,
        list_sort(list_distinct(flatten(list([{'id': e.claim_ids[i], 'quote': e.quotes[i]} FOR i IN range(1, len(e.claim_ids) + 1)])))) AS said,
        [c.id FOR c IN said] AS claim_ids, [c.quote FOR c IN said] AS quotes,
        arg_max(e.claim_ids, (e.interest = '', e.known_from, e.claim_id)) AS best_ids, arg_max(e.quotes, (e.interest = '', e.known_from, e.claim_id)) AS best_quotes,
        arg_max(e.publisher, (e.interest = '', e.known_from, e.claim_id)) AS publisher, arg_max(e.known_from, (e.interest = '', e.known_from, e.claim_id)) AS known_from,
        arg_max(coalesce(nullif(d.form, '') || ' ' || d.period_end::VARCHAR, nullif(d.title, ''), d.url), (e.interest = '', e.known_from, e.claim_id)) AS document,
        arg_max(d.url, (e.interest = '', e.known_from, e.claim_id)) AS url
    FROM mart.court_at($as_of, $known_on) e
    JOIN mart.dim_document d ON d.document_id = e.document_id
    JOIN mart.dim_court_rule r ON r.rule = e.rule
    WHERE e.company_id = $company
    GROUP BY e.test, e.side, e.leaning, e.rule, r.position, e.finding, e.other_id, e.tier
)
SELECT * EXCLUDE (said, position, other_id)
FROM found
ORDER BY tier DESC, test, side = 'unknown', side = 'against', n_independent DESC, n_publishers DESC, position, n_claims DESC, finding, other_id
