-- Claims of tier fact, flat. What a commitment says falls due stands in the parallel lists `due_…`, in the order of its parts; a day that
-- is not told is 0001-01-01 (from) or 9999-12-31 (to). `places` are those that the sentence names, `place` is where a site is.
WITH due AS (
    SELECT claim_id, list(due ORDER BY part) AS due_words, list(coalesce(due_from, DATE '0001-01-01') ORDER BY part) AS due_from,
        list(coalesce(due_to, DATE '9999-12-31') ORDER BY part) AS due_to, list(amount ORDER BY part) AS due_amounts
    FROM mart.fct_commitment_due
    WHERE amount IS NOT NULL
    GROUP BY claim_id
),
named AS (
    SELECT claim_id, list(place ORDER BY place) AS places FROM mart.bridge_claim_place GROUP BY claim_id
)
SELECT 'Claim' AS _label, c.claim_id AS id, c.predicate, c.polarity, c.modality, c.tier, c.severity, c.role, c.kind, c.benchmark, c.share,
    c.amount, c.metric, c.value_text, c.unit, c.sole_source, c.named, c.confidence, c.method, c.disclosed_by, c.publisher, c.source_group,
    c.subject_id, c.subject_name, c.object_id, c.object_name, c.object_kind, c.quote, c.document_id, c.published, c.filer_id, c.valid_from,
    c.valid_to, c.known_from, c.known_to, c.amount_low, c.amount_high, c.amount_comparator, c.currency,
    s.share_text, s.comparator AS share_comparator, s.segment,
    m.horizon, d.due_words, d.due_from, d.due_to, d.due_amounts,
    f.place, f.capacity_mw_low, f.capacity_mw_high, f.status AS site_status,
    json_extract_string(c.qualifiers, '$.comparator') AS comparator, json_extract_string(c.qualifiers, '$.baseline') AS baseline, n.places
FROM mart.fct_claim c
LEFT JOIN mart.fct_concentration s ON s.claim_id = c.claim_id
LEFT JOIN mart.fct_commitment m ON m.claim_id = c.claim_id
LEFT JOIN due d ON d.claim_id = c.claim_id
LEFT JOIN mart.fct_facility f ON f.claim_id = c.claim_id
LEFT JOIN named n ON n.claim_id = c.claim_id
WHERE c.tier = 'fact'
ORDER BY id
