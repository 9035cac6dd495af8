-- Between claims: confirmed, contradicted, superseded, by which rule and why.
SELECT type AS _type, from_claim_id || '|' || rule || '|' || to_claim_id AS id, 'Claim' AS from_label,
    from_claim_id AS from_id, 'Claim' AS to_label, to_claim_id AS to_id, rule, detail, known_from, known_to
FROM mart.bridge_claim_link
ORDER BY id
