-- One row a claim that somebody owns, builds, runs or leases a site. Power, state and place are what the reader found; else, where
-- the claim is a table's row, what one of its cells says from end to end: one power, one word of state, one place.
WITH sites AS (
    SELECT *, CASE WHEN contains(quote, ' | ') THEN list_transform(string_split(quote, ' | '), lambda cell: trim(cell)) ELSE [] END
        AS cells
    FROM mart.fct_claim
    WHERE predicate = 'OPERATES'
),
cells AS (
    SELECT claim_id, object_name, unnest(cells) AS cell FROM sites
    UNION ALL
    SELECT claim_id, object_name, json_extract_string(qualifiers, '$.capacity_mw') FROM sites
    UNION ALL
    SELECT claim_id, object_name, json_extract_string(qualifiers, '$.status') FROM sites
),
powers AS (
    SELECT c.claim_id, c.cell, round(c.q.low * u.factor, 9) AS low, round(c.q.high * u.factor, 9) AS high, c.q.comparator AS comparator
    FROM (SELECT DISTINCT claim_id, cell, quantity(cell) AS q FROM cells) c
    JOIN core.unit u ON u.written = c.q.unit AND u.unit = 'MW'
),
power AS (
    SELECT claim_id, any_value(cell) AS capacity_text, any_value(low) AS low, any_value(high) AS high, any_value(comparator) AS comparator
    FROM powers
    GROUP BY claim_id
    HAVING count(*) = 1
),
states AS (
    SELECT claim_id, CASE
        WHEN regexp_matches(cell, '^(?i:operational|operating|in operation|active|live|energi[sz]ed|opened)\b') THEN 'operating'
        WHEN regexp_matches(cell, '^(?i:under construction|in construction|ground broken|groundbreaking|broke ground|deploying|being built)\b')
            THEN 'under_construction'
        WHEN regexp_matches(cell, '^(?i:planned|announced|proposed|permitting)\b') THEN 'planned'
    END AS state
    FROM cells
),
state AS (
    SELECT claim_id, any_value(state) AS state FROM states GROUP BY claim_id HAVING count(DISTINCT state) = 1
),
-- "Narvik, Norway", "Abilene, TX", "Ohio", "data center in Ohio": the name places the site; else one cell of the row, or brackets
-- behind the name, do.
named AS (
    SELECT claim_id, regexp_replace(object_name, '^.* in ', '') AS words, 1 AS rank FROM sites
    UNION
    SELECT claim_id, cell, 2 FROM cells
    UNION
    SELECT claim_id, regexp_extract(cell, '^[^(]+\(([^()]+)\)$', 1), 2 FROM cells WHERE starts_with(cell, object_name)
),
places AS (
    SELECT n.claim_id, n.rank, n.words
    FROM named n
    LEFT JOIN core.place p ON p.name = regexp_extract(n.words, '(?:^|, )([^,]+)$', 1)
    WHERE p.name IS NOT NULL OR regexp_matches(n.words, '^[A-Z][\w.’'' -]+, [A-Z][A-Z]$')
),
place AS (
    SELECT claim_id, any_value(words) AS place
    FROM (SELECT *, min(rank) OVER (PARTITION BY claim_id) AS best FROM places)
    WHERE rank = best
    GROUP BY claim_id
    HAVING count(*) = 1
)
SELECT c.claim_id, c.subject_id AS operator_id, c.subject_name AS operator, c.object_id AS facility_id, c.object_name AS facility,
    place.place,
    CASE WHEN power.low = power.high THEN power.low END AS capacity_mw,
    CASE WHEN power.comparator <> '≤' THEN power.low END AS capacity_mw_low,
    CASE WHEN power.comparator <> '≥' THEN power.high END AS capacity_mw_high, power.capacity_text,
    coalesce(state.state, CASE c.modality WHEN 'planned' THEN 'planned' WHEN 'historical' THEN 'former' END) AS status,
    c.polarity, c.modality, c.tier, c.confidence,
    c.valid_from, c.valid_to, c.valid_precision, c.known_from, c.known_to, c.publisher, c.document_key, c.src_company_key, c.valid_from_key, c.valid_to_key,
    c.known_from_key, c.known_to_key
FROM sites c
LEFT JOIN power USING (claim_id)
LEFT JOIN state USING (claim_id)
LEFT JOIN place USING (claim_id)
ORDER BY c.claim_id
