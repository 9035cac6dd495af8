-- Claims of money and trade between organizations as of a day (NULL: any) and as known on a day: FINANCES, OWNS, COMMITS_TO, SUPPLIES, as the
-- question find_capital_loops reads them. `low` and `high` are the amount's bounds, each given where the text gives only the other.
-- parameters: as_of, known_on
SELECT c.claim_id, c.predicate, c.subject_id, s.name AS subject, c.object_id, o.name AS object, coalesce(c.kind, c.role, '') AS detail, c.modality,
    coalesce(c.amount, '') AS amount, coalesce(c.amount_low, c.amount_high) AS low, coalesce(c.amount_high, c.amount_low) AS high, c.currency,
    c.valid_from, c.valid_to, c.known_from, c.source_group
FROM mart.claims_at(as_of, known_on) c
JOIN mart.bridge_relationship_claim USING (claim_id)
JOIN mart.dim_party s ON s.party_id = c.subject_id
JOIN mart.dim_party o ON o.party_id = c.object_id
WHERE c.predicate IN ('FINANCES', 'OWNS', 'COMMITS_TO', 'SUPPLIES') AND c.subject_kind = 'Organization' AND c.object_kind = 'Organization'
    AND (c.modality <> 'historical' OR (as_of IS NOT NULL AND c.valid_from IS NOT NULL))
ORDER BY c.claim_id
