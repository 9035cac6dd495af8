-- Fails when a negative claim, a candidate or a rejected claim carries an edge, or a hedged one anything but EXPOSED_TO.
SELECT b.relationship_id, b.claim_id
FROM mart.bridge_relationship_claim b
JOIN mart.fct_claim c USING (claim_id)
WHERE c.polarity <> 'positive' OR c.tier <> 'fact' OR c.review = 'rejected'
    OR (c.modality IN ('hedged', 'conditional') AND c.predicate <> 'EXPOSED_TO')
