-- Fails when two claims are linked against the rules: a claim with itself, a hedged or negative one that supersedes or confirms,
-- a figure that an older one supersedes, or disjoint periods taken for one.
SELECT l.from_claim_id, l.to_claim_id, l.rule AS reason
FROM core.claim_link l
JOIN core.claim a ON a.claim_id = l.from_claim_id
JOIN core.claim b ON b.claim_id = l.to_claim_id
WHERE l.from_claim_id = l.to_claim_id
    OR (l.type = 'SUPERSEDES' AND (a.polarity <> 'positive' OR a.modality <> 'asserted' OR a.known_from <= b.known_from))
    OR (l.type = 'CONFIRMS' AND (a.polarity <> 'positive' OR b.polarity <> 'positive'))
    OR (l.rule <> 'later_state' AND (a.valid_from > b.valid_to OR b.valid_from > a.valid_to))
ORDER BY ALL
