-- Who needs what from whom on some day from `since` to `until` (NULL: any), as known on a day: a customer needs its supplier, a dependent
-- what it depends on. A claim whose validity is not known counts as always valid.
-- One row a dependent, what it needs and the role that is told ('' where none is). As questions 1 and 8 read them: positive facts between
-- organizations, software left out, what is past only where a day is asked for. The claim is the best one of them.
-- parameters: since, until, known_on
WITH said AS (
    SELECT c.*, CASE predicate WHEN 'SUPPLIES' THEN object_id ELSE subject_id END AS dependent_id,
        CASE predicate WHEN 'SUPPLIES' THEN subject_id ELSE object_id END AS needed_id,
        CASE WHEN coalesce(role, 'other') = 'other' THEN '' ELSE role END AS told_role
    FROM mart.claims_at(NULL::DATE, known_on) c
    JOIN mart.bridge_relationship_claim USING (claim_id)
    WHERE predicate IN ('SUPPLIES', 'DEPENDS_ON') AND subject_kind = 'Organization' AND object_kind = 'Organization' AND coalesce(role, '') <> 'software'
        AND (modality <> 'historical' OR (since IS NOT NULL AND valid_from IS NOT NULL))
        AND (since IS NULL OR (coalesce(valid_from, until) <= until AND coalesce(valid_to, since) >= since))
)
SELECT s.dependent_id, d.name AS dependent, coalesce(d.segment, '') AS dependent_segment, s.needed_id, n.name AS needed,
    coalesce(n.segment, '') AS needed_segment, s.told_role AS role, bool_or(s.sole_source) AS sole_source,
    arg_max(s.claim_id, (s.confidence, s.known_from, s.claim_id)) AS claim_id, max(s.confidence) AS confidence,
    arg_max(s.predicate || CASE WHEN s.told_role = '' THEN '' ELSE ' ' || s.told_role END
        || CASE WHEN s.modality = 'asserted' THEN '' ELSE ' (' || s.modality || ')' END, (s.confidence, s.known_from, s.claim_id)) AS relation,
    arg_max(s.claim_id, (s.confidence, s.known_from, s.claim_id)) FILTER (s.sole_source) AS sole_claim_id,
    list_sort(list(DISTINCT s.source_group)) AS sources, count(*) AS n_claims
FROM said s
JOIN mart.dim_party d ON d.party_id = s.dependent_id
JOIN mart.dim_party n ON n.party_id = s.needed_id
GROUP BY s.dependent_id, d.name, d.segment, s.needed_id, n.name, n.segment, s.told_role
ORDER BY s.dependent_id, s.needed_id, role
