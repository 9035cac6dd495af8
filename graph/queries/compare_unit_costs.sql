-- The SQL twin of compare_unit_costs.cypher: same parameters, same rows, same order.
WITH said AS (
    SELECT c.*, lower(c.quote) AS said, coalesce(maker.name, s.name) AS company,
        CASE WHEN c.disclosed_by = 'subject' OR c.filer_id = coalesce(maker.party_id, s.party_id) THEN 'self' ELSE 'others' END AS said_by,
        c.metric IN ('efficiency', 'performance', 'throughput', 'power usage effectiveness') AS work,
        coalesce(json_extract_string(c.qualifiers, '$.comparator'), '=') AS comparator,
        coalesce(json_extract_string(c.qualifiers, '$.baseline'), '') AS baseline
    FROM mart.claims_at($as_of, $known_on) c
    JOIN mart.dim_party s ON s.party_id = c.subject_id AND s.kind <> 'Industry'
    LEFT JOIN mart.dim_party maker ON maker.party_id = nullif(s.owner_id, '')
    WHERE c.predicate = 'HAS_METRIC' AND c.polarity = 'positive' AND c.tier = 'fact'
        AND c.metric IN ('cost reduction', 'unit cost', 'unit price', 'power usage effectiveness', 'efficiency', 'performance', 'throughput')
),
words AS (
    SELECT *, contains(said, 'flop') AS flop,
        regexp_matches(said, 'per token|/token|per million tokens|/m tokens|token cost|cost of tokens') AS token,
        regexp_matches(said, 'per watt|/watt|per megawatt|/mw|per mw|per kilowatt|/kw|per kw') AS watt
    FROM said
),
-- A sentence may name two units: costs are rather told per token, output rather per watt.
counted AS (
    SELECT *,
        CASE WHEN work AND watt THEN 'watt' WHEN token THEN 'token' WHEN flop THEN 'flop' WHEN watt THEN 'watt'
            WHEN metric = 'power usage effectiveness' THEN 'watt' ELSE 'other' END AS per,
        CASE WHEN modality = 'planned' THEN 'planned' WHEN modality IN ('hedged', 'conditional') THEN 'hedged'
            WHEN list_bool_or(list_transform(string_split($measured, '|'), lambda word: contains(said, word))) THEN 'measured'
            ELSE 'claimed' END AS basis,
        CASE WHEN coalesce(unit, '') = '' THEN value_text ELSE value_text || ' ' || unit END AS number
    FROM words
)
SELECT company, subject_name AS subject, per, metric, number, comparator, baseline, basis, said_by,
    min(known_from) AS first_known, list(claim_id ORDER BY claim_id) AS claim_ids, list(quote ORDER BY claim_id) AS quotes
FROM counted
WHERE (NOT work OR per <> 'other') AND ($per = 'any' OR per = $per)
GROUP BY ALL
ORDER BY per, metric, company, subject, claim_ids[1]
