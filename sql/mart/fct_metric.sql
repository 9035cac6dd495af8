-- One row a number that a document states of somebody, in the base unit of its kind where the unit is known (core.unit).
-- A number that is not one quantity from end to end stays text.
WITH stated AS (
    SELECT *, quantity(trim(concat(value_text, ' ', unit))) AS q, json_extract_string(qualifiers, '$.comparator') AS comparator_read,
        json_extract_string(qualifiers, '$.baseline') AS baseline
    FROM mart.fct_claim
    WHERE predicate = 'HAS_METRIC'
),
-- "kW per rack", "a month": one spelling for below a slash.
spelled AS (
    SELECT *, regexp_replace(q.unit, '(?:^|\s)(?:per|an?)[ -]', '/') AS spelling,
        CASE WHEN q.comparator = '=' AND (q.low = q.high OR comparator_read = '~') THEN coalesce(nullif(comparator_read, ''), '=') ELSE q.comparator END
            AS comparator
    FROM stated
),
counted AS (
    SELECT s.*, u.unit IS NOT NULL AS has_unit, coalesce(u.unit, s.q.unit) AS unit_name, s.q.low * coalesce(u.factor, 1) AS low,
        s.q.high * coalesce(u.factor, 1) AS high
    FROM spelled s
    LEFT JOIN core.unit u ON u.written = s.spelling AND (s.q.sign = '' OR u.written LIKE '/%')
)
SELECT c.claim_id, c.subject_id, c.subject_name AS subject, c.subject_kind, c.metric,
    CASE WHEN c.low = c.high THEN round(c.low, 9) END AS value,
    CASE WHEN c.comparator <> '≤' THEN round(c.low, 9) END AS value_low,
    CASE WHEN c.comparator <> '≥' THEN round(c.high, 9) END AS value_high,
    CASE WHEN c.q IS NULL THEN NULL WHEN c.q.sign = '' AND c.q.unit = '' THEN 'ratio'
        ELSE coalesce(nullif(c.q.currency, ''), c.q.sign) || CASE WHEN c.q.sign <> '' AND NOT c.has_unit AND c.q.unit <> '' THEN ' ' ELSE '' END
            || c.unit_name END AS unit,
    CASE WHEN c.q IS NOT NULL THEN (c.has_unit OR c.q.unit = '') AND (c.q.sign = '' OR c.q.currency <> '') END AS is_base_unit,
    c.comparator, c.baseline, c.value_text, c.unit AS unit_text, c.polarity, c.modality, c.tier, c.confidence,
    c.valid_from, c.valid_to, c.valid_precision, c.known_from, c.known_to, c.publisher, c.document_key, c.src_company_key, c.valid_from_key, c.valid_to_key,
    c.known_from_key, c.known_to_key
FROM counted c
ORDER BY c.claim_id
