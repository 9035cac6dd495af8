-- One row a claim, with names beside ids: what people and BI tools read.
WITH money AS (
    SELECT a.claim_id, a.q, coalesce(nullif(a.q.currency, ''), u.unit) AS currency
    FROM (
        SELECT claim_id, quantity(amount) AS q FROM core.claim WHERE amount IS NOT NULL
    ) a
    LEFT JOIN core.unit u ON u.written = a.q.unit AND a.q.sign = '' AND u.unit IN ('USD', 'EUR', 'JPY', 'CNY')
    -- A filing's "$32,082" is in thousands or millions, by words that the claim does not hold: no number without its scale.
    WHERE a.q.scaled OR a.q.low >= 1e6
)
SELECT c.claim_id, c.document_id, c.subject_id, s.name AS subject_name, c.subject_kind, c.subject_surface, c.predicate,
    c.object_id, coalesce(o.name, c.object_text) AS object_name, c.object_kind, c.object_surface, c.named,
    c.polarity, c.modality, c.severity, c.role, c.kind, c.benchmark, c.share, c.amount, c.metric, c.value_text, c.unit,
    c.sole_source, c.qualifiers, c.tier, c.review, c.extracted_tier, c.confidence, c.method, c.disclosed_by, c.publisher, c.source_group, c.section, c.quote,
    c.char_start, c.char_end, c.valid_from, c.valid_to, c.valid_precision, c.known_from, c.known_to,
    d.published, d.title AS document_title, d.url, d.filer_id, d.kind AS document_kind,
    surrogate(c.document_id) AS document_key,
    -- The company on a side: the organization itself, or the owner of the offering.
    surrogate(CASE WHEN s.kind = 'Organization' THEN s.party_id ELSE nullif(s.owner_id, '') END) AS src_company_key,
    surrogate(CASE WHEN o.kind = 'Organization' THEN o.party_id ELSE nullif(o.owner_id, '') END) AS dst_company_key,
    date_key(c.valid_from) AS valid_from_key, date_key(c.valid_to) AS valid_to_key, date_key(c.known_from) AS known_from_key,
    date_key(c.known_to) AS known_to_key,
    CASE WHEN m.q.comparator <> '≤' THEN m.q.low END AS amount_low, CASE WHEN m.q.comparator <> '≥' THEN m.q.high END AS amount_high,
    m.q.comparator AS amount_comparator, m.currency
FROM core.claim c
LEFT JOIN money m USING (claim_id)
JOIN core.document d USING (document_id)
JOIN mart.dim_party s ON s.party_id = c.subject_id
LEFT JOIN mart.dim_party o ON o.party_id = c.object_id
ORDER BY c.claim_id
