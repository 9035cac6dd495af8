-- The SQL twin of list_changes.cypher: same parameters, same rows, same order.
WITH newest AS (SELECT max(known_from) AS day FROM mart.fct_claim WHERE tier = 'fact' AND known_from <= $known_on),
span AS (
    SELECT coalesce($since::DATE, (until - INTERVAL 3 MONTH)::DATE) AS since, until
    FROM (SELECT least(coalesce($until::DATE, day), $known_on) AS until FROM newest)
),
events AS (
    SELECT e.day, e.event, e.detail, e.other_claim_id, c.claim_id, c.subject_id AS company_id, c.subject_name AS company, c.predicate,
        coalesce(c.object_id, c.metric, c.object_name) AS object_id,
        coalesce(CASE WHEN c.object_kind = 'Value' THEN c.metric END, c.object_name, '') AS object, c.polarity
    FROM mart.changes_between((SELECT since FROM span), (SELECT until FROM span)) e
    JOIN mart.fct_claim c ON c.claim_id = e.claim_id
    WHERE c.tier = 'fact' AND ($company = 'any' OR c.subject_id = $company OR c.object_id = $company)
        AND ($as_of IS NULL OR (coalesce(c.valid_from, $as_of) <= $as_of AND coalesce(c.valid_to, $as_of) >= $as_of))
),
behind AS (
    SELECT company_id, event, predicate, object_id, polarity, claim_id FROM events
    UNION
    SELECT company_id, event, predicate, object_id, polarity, other_claim_id FROM events WHERE other_claim_id IS NOT NULL
),
quoted AS (
    SELECT b.company_id, b.event, b.predicate, b.object_id, b.polarity, list(c.claim_id ORDER BY c.claim_id) AS claim_ids,
        list(c.quote ORDER BY c.claim_id) AS quotes
    FROM behind b
    JOIN mart.fct_claim c ON c.claim_id = b.claim_id
    GROUP BY ALL
),
changed AS (
    SELECT company_id, company, event, predicate, object_id, object, polarity, min(day) AS first_day, max(day) AS last_day,
        coalesce(list(DISTINCT detail ORDER BY detail) FILTER (detail <> ''), []) AS details
    FROM events
    GROUP BY ALL
)
SELECT company, event, predicate, object, polarity, first_day, last_day, details, claim_ids, quotes
FROM changed
JOIN quoted USING (company_id, event, predicate, object_id, polarity)
ORDER BY company, company_id, first_day, event, predicate, object, polarity, claim_ids[1]
