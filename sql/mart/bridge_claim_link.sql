-- Which claims confirm, contradict or supersede which, by which rule and why. Grain: (from_claim_id, to_claim_id, rule).
-- SUPERSEDES runs from the newer claim to the older one; the other two have no direction.
SELECT l.from_claim_id, l.to_claim_id, l.type, l.rule, r.meaning, l.slot, l.detail, l.known_from, l.known_to
FROM core.claim_link l
JOIN core.link_rule r ON r.rule = l.rule
ORDER BY ALL
