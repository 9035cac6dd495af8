-- What claims say of one another.
SELECT from_claim_id AS "from", to_claim_id AS "to", type, meaning, coalesce(detail, '') AS detail,
    coalesce(year(known_from) * 10000 + month(known_from) * 100 + day(known_from), 0) AS known_from,
    coalesce(year(known_to) * 10000 + month(known_to) * 100 + day(known_to), 0) AS known_to
FROM mart.bridge_claim_link
WHERE NOT EXISTS (SELECT 1 FROM mart.fct_claim c WHERE c.claim_id IN (from_claim_id, to_claim_id) AND c.review = 'rejected')
ORDER BY ALL
