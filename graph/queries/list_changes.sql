-- The SQL twin of list_changes.cypher: same parameters, same rows, same order.
WITH newest AS (SELECT max(known_from) AS day FROM mart.fct_claim WHERE tier = 'fact' AND known_from <= $known_on),
span AS (
    SELECT coalesce($since::DATE, (until - INTERVAL 3 MONTH)::DATE) AS since, until
    FROM (SELECT least(coalesce($until::DATE, day), $known_on) AS until FROM newest)
),
events AS (
    SELECT e.day, e.event, coalesce(e.detail, '') AS detail, e.claim_id, e.other_claim_id, c.subject_id AS company_id, c.subject_name AS company,
        c.predicate, c.polarity, CASE WHEN c.object_kind = 'Value' THEN c.metric ELSE coalesce(c.object_id, '') END AS object_id,
        CASE WHEN c.object_kind = 'Value' THEN c.metric ELSE coalesce(c.object_name, '') END AS object
    FROM mart.changes_between((SELECT since FROM span), (SELECT until FROM span)) e
    JOIN mart.fct_claim c ON c.claim_id = e.claim_id
    WHERE c.tier = 'fact' AND ($company = 'any' OR c.subject_id = $company OR c.object_id = $company)
        AND ($as_of IS NULL OR (coalesce(c.valid_from, $as_of) <= $as_of AND coalesce(c.valid_to, $as_of) >= $as_of))
),
behind AS (
    SELECT DISTINCT * EXCLUDE (day, claim_id, other_claim_id), unnest([claim_id, other_claim_id]) AS claim_id FROM events
),
quoted AS (
    SELECT b.* EXCLUDE (claim_id), list(c.claim_id ORDER BY c.claim_id) AS claim_ids, list(c.quote ORDER BY c.claim_id) AS quotes
    FROM behind b
    JOIN mart.fct_claim c ON c.claim_id = b.claim_id
    GROUP BY ALL
),
days AS (
    SELECT company_id, event, predicate, object_id, object, polarity, detail, min(day) AS first_day, max(day) AS last_day
    FROM events
    GROUP BY ALL
)
SELECT company, event, predicate, object, polarity, first_day, last_day, detail, claim_ids, quotes
FROM quoted
JOIN days USING (company_id, event, predicate, object_id, object, polarity, detail)
ORDER BY company, company_id, first_day, event, predicate, object, object_id, polarity, detail, claim_ids[1]
