-- Between claims: confirmed, contradicted, superseded.
SELECT type AS _type, from_claim_id || '|' || type || '|' || to_claim_id AS id, 'Claim' AS from_label,
    from_claim_id AS from_id, 'Claim' AS to_label, to_claim_id AS to_id
FROM core.claim_link
ORDER BY id
