-- parameters: as_of, known_on
-- What a unit of work, a watt or a whole system costs, as claims say: one point a claim, dated by the time that it speaks of, else by its
-- document's day. Which rows are points of the curve says `doubling_points_at`; who claims lower unit costs, the question compare_unit_costs.
WITH stated AS (
    SELECT m.claim_id, m.subject_id, m.subject, m.subject_kind, coalesce(maker.name, m.subject) AS company, m.metric, m.value, m.value_low, m.value_high, m.unit,
        m.is_base_unit, m.comparator, m.baseline, m.value_text, m.unit_text, m.modality, m.tier, m.valid_from, m.valid_to, m.known_from, m.known_to,
        c.published, c.publisher, c.source_group, c.document_id, c.document_title, c.quote, lower(c.quote) AS said,
        CASE
            WHEN c.disclosed_by = 'subject' OR c.filer_id = coalesce(maker.party_id, m.subject_id) THEN 'seller'
            WHEN c.filer_id <> '' THEN 'user'
            ELSE 'third_party'
        END AS said_by
    FROM mart.fct_metric m
    JOIN mart.claims_at(as_of, known_on) c USING (claim_id)
    LEFT JOIN mart.dim_party s ON s.party_id = m.subject_id
    LEFT JOIN mart.dim_party maker ON maker.party_id = nullif(s.owner_id, '')
    WHERE m.polarity = 'positive' AND m.metric IN ('capital cost', 'cost', 'unit cost', 'unit price', 'cost reduction')
),
counted AS (
    SELECT *,
        CASE
            WHEN metric = 'capital cost' THEN 'cluster'
            WHEN unit LIKE '%/million tokens' THEN 'token'
            WHEN unit LIKE '%/MW' THEN 'watt'
            WHEN unit LIKE '%/TFLOPS' THEN 'flop'
            WHEN unit LIKE '%/minute' THEN 'minute'
            WHEN unit LIKE '%/GPU-hour' OR unit LIKE '%/hour' AND regexp_matches(said, 'gpu|[ahb][123]00|accelerator|tpu') THEN 'gpu_hour'
            WHEN unit LIKE '%/MWh' THEN 'energy'
            WHEN unit LIKE '%/%' THEN 'other'
            WHEN metric = 'cost' AND subject_kind = 'Offering' AND contains(said, 'train') THEN 'training_run'
            WHEN regexp_matches(said, 'per token|/token|million tokens|token cost|cost of tokens') THEN 'token'
            WHEN regexp_matches(said, 'flop') THEN 'flop'
            WHEN regexp_matches(said, 'per watt|/watt|per megawatt|per kilowatt') THEN 'watt'
            WHEN regexp_matches(said, 'per minute|/minute') AND regexp_matches(said, 'audio|speech|transcri') THEN 'minute'
            ELSE 'other'
        END AS per,
        CASE
            WHEN modality = 'planned' THEN 'planned'
            WHEN modality IN ('hedged', 'conditional') THEN 'hedged'
            WHEN regexp_matches(said, 'benchmark|mlperf|mlcommons|measured|measurement|tested') THEN 'measured'
            ELSE 'claimed'
        END AS basis
    FROM stated
)
SELECT claim_id, per, metric, subject_id, subject, subject_kind, company, value, value_low, value_high,
    -- Of a range its geometric mean: costs are compared by their ratio.
    coalesce(value, CASE WHEN value_low > 0 AND value_high > 0 THEN round(sqrt(value_low * value_high), 9) END, value_low, value_high) AS level,
    unit, is_base_unit, comparator, baseline, trim(concat_ws(' ', value_text, nullif(unit_text, ''))) AS written, basis, said_by, modality, tier,
    coalesce(valid_from + ((valid_to - valid_from) // 2)::INTEGER, published, known_from) AS day,
    CASE WHEN valid_from IS NOT NULL THEN 'text' WHEN published IS NOT NULL THEN 'document' ELSE 'first_seen' END AS dated_by,
    valid_from, valid_to, publisher, source_group, document_id, document_title, quote, known_from, known_to
FROM counted
ORDER BY tier <> 'fact', per <> 'cluster', per, day, subject, claim_id
