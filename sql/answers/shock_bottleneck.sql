-- Who is hit at once when nothing relieves a bottleneck any longer: who says that it is exposed to it. One row an organization, with its best
-- claim. Parameters: party (the bottleneck), since, until (the days of the outage, NULL: any) and known_on.
SELECT subject_id AS party_id, 'exposed_to_it' AS basis, arg_max(claim_id, (confidence, known_from, claim_id)) AS claim_id, max(confidence) AS confidence,
    'EXPOSED_TO' || coalesce(' (' || arg_max(severity, (confidence, known_from, claim_id)) || ')', '') AS relation,
    list_sort(list(DISTINCT source_group)) AS sources
FROM mart.claims_at(NULL::DATE, $known_on)
JOIN mart.bridge_relationship_claim USING (claim_id)
WHERE predicate = 'EXPOSED_TO' AND object_id = $party AND subject_kind = 'Organization'
    AND (modality <> 'historical' OR ($since::DATE IS NOT NULL AND valid_from IS NOT NULL))
    AND ($since::DATE IS NULL OR (coalesce(valid_from, $until::DATE) <= $until::DATE AND coalesce(valid_to, $since::DATE) >= $since::DATE))
GROUP BY subject_id
ORDER BY party_id
