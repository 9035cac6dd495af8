-- Who is hit at once when a technology, an offering or a site is missing: who depends on it, who gets it, and who says so in a sentence that
-- names it. One row an organization, with its best claim. Parameters: party (its id, or nothing), words (its name as texts write it),
-- since, until (the days of the outage, NULL: any) and known_on.
WITH told AS (
    SELECT *
    FROM mart.claims_at(NULL::DATE, $known_on)
    WHERE tier = 'fact' AND polarity = 'positive' AND review IS DISTINCT FROM 'rejected' AND (modality IN ('asserted', 'planned') OR severity = 'may'
            OR (modality = 'historical' AND $since::DATE IS NOT NULL AND valid_from IS NOT NULL))
        AND ($since::DATE IS NULL OR (coalesce(valid_from, $until::DATE) <= $until::DATE AND coalesce(valid_to, $since::DATE) >= $since::DATE))
),
reasons AS (
    SELECT CASE WHEN predicate = 'SUPPLIES' THEN object_id ELSE subject_id END AS party_id,
        CASE WHEN predicate = 'SUPPLIES' THEN object_kind ELSE subject_kind END AS kind, claim_id, confidence, known_from, source_group,
        CASE WHEN object_id = $party AND predicate IN ('DEPENDS_ON', 'OPERATES') THEN 'depends_on_it'
            WHEN predicate = 'SUPPLIES' THEN 'gets_it' ELSE 'sentence_names_it' END AS basis,
        predicate || CASE WHEN coalesce(role, 'other') = 'other' THEN '' ELSE ' ' || role END AS relation
    FROM told
    WHERE predicate IN ('DEPENDS_ON', 'EXPOSED_TO', 'SUPPLIES', 'OPERATES')
        AND (object_id = $party OR (predicate <> 'OPERATES' AND regexp_matches(quote, '(?i)(^|[^[:alnum:]])' || regexp_escape($words) || '($|[^[:alnum:]])')))
)
SELECT party_id, arg_max(basis, (confidence, known_from, claim_id)) AS basis, arg_max(claim_id, (confidence, known_from, claim_id)) AS claim_id,
    max(confidence) AS confidence, arg_max(relation, (confidence, known_from, claim_id)) AS relation, list_sort(list(DISTINCT source_group)) AS sources
FROM reasons
WHERE kind = 'Organization'
GROUP BY party_id
ORDER BY party_id
