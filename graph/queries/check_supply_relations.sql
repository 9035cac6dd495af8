-- The SQL twin of check_supply_relations.cypher: same parameters, same rows, same order.
WITH known AS (
    SELECT claim_id, quote, predicate, subject_id, subject_name, object_id, object_name, disclosed_by, polarity, source_group, known_from,
        predicate = 'SUPPLIES' AND named AND object_kind = 'Organization' AND modality IN ('asserted', 'planned', 'historical')
            AND ($company = 'any' OR subject_id = $company OR object_id = $company) AS asked
    FROM mart.claims_at($as_of, $known_on)
    WHERE tier = 'fact'
),
linked AS (
    SELECT l.type, l.claim_id, o.claim_id AS other_id, o.quote AS other_quote, o.predicate AS other_predicate
    FROM (
        SELECT type, from_claim_id AS claim_id, to_claim_id AS other_id FROM mart.bridge_claim_link WHERE type <> 'SUPERSEDES'
        UNION ALL
        SELECT type, to_claim_id, from_claim_id FROM mart.bridge_claim_link WHERE type <> 'SUPERSEDES'
    ) l
    JOIN known o ON o.claim_id = l.other_id
),
said AS (
    SELECT subject_id, object_id, claim_id, quote FROM known WHERE asked
    UNION
    SELECT k.subject_id, k.object_id, l.other_id, l.other_quote
    FROM known k
    JOIN linked l ON l.claim_id = k.claim_id AND l.type = 'CONFIRMS' AND l.other_predicate <> 'SUPPLIES'
    WHERE k.asked
),
quoted AS (
    SELECT subject_id, object_id, list(claim_id ORDER BY claim_id) AS claim_ids, list(quote ORDER BY claim_id) AS quotes FROM said GROUP BY ALL
),
told AS (
    SELECT subject_id, object_id, min(subject_name) AS supplier, min(object_name) AS customer,
        CASE WHEN bool_or(claim_id IN (SELECT claim_id FROM linked WHERE type = 'CONTRADICTS')) THEN 'contradicted'
             WHEN bool_or(claim_id IN (SELECT claim_id FROM linked WHERE type = 'CONFIRMS')) THEN 'both_sides'
             WHEN bool_or(disclosed_by IN ('subject', 'object')) THEN 'one_side'
             ELSE 'third_party' END AS status,
        count(DISTINCT source_group) FILTER (polarity = 'positive') AS publishers, min(known_from) AS first_known
    FROM known
    WHERE asked
    GROUP BY subject_id, object_id
    HAVING bool_or(polarity = 'positive')
)
SELECT supplier, customer, status, publishers, first_known, claim_ids, quotes
FROM told
JOIN quoted USING (subject_id, object_id)
ORDER BY supplier, customer, claim_ids[1]
