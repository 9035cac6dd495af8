-- What filings say in words beside what they say in inline XBRL tags: each percentage and sum of money of a filing's claims with its fact.
-- Grain: claim_id. A claim by tag has no row where the words of another claim are compared with its fact: `tag_claim_id` names it there.
WITH stated AS (
    SELECT c.*, c.method LIKE 'xbrl:%' AS by_tag, json_extract_string(c.qualifiers, '$.tag') AS tag, json_extract_string(c.qualifiers, '$.also') AS also,
        json_extract_string(c.qualifiers, '$.mismatch') AS mismatch,
        coalesce(json_extract_string(c.qualifiers, '$.share'), json_extract_string(c.qualifiers, '$.percent'), c.amount,
            CASE WHEN c.predicate = 'HAS_METRIC' THEN concat_ws(' ', c.value_text, nullif(c.unit, '')) END) AS said
    FROM mart.fct_claim c
    WHERE c.document_kind = 'filing' AND c.polarity = 'positive'
),
-- Numbers that a tag can say.
numbers AS (
    SELECT s.*, s.q.low AS low, s.q.high AS high, s.q.comparator AS comparator,
        CASE WHEN u.unit = 'percent' THEN 'percent' ELSE coalesce(nullif(s.q.currency, ''), u.unit) END AS measure,
        figure_half_step(s.said) AS half_step, figure_digits(s.said) AS digits, contains(s.quote, ' | ') AS in_row
    FROM (SELECT *, quantity(said) AS q FROM stated) s
    LEFT JOIN core.unit u ON u.written = s.q.unit AND s.q.sign = ''
    WHERE u.unit IN ('percent', 'USD', 'EUR', 'JPY', 'CNY') OR s.q.currency <> ''
),
facts AS (
    SELECT f.document_id, f.concept, f.decimals, f.period_from, f.period_to, f.start, f."end" AS until, f.value, f.unit AS tag_unit,
        list_transform(f.dimensions, lambda d: d.axis || '=' || d.member) AS dimensions,
        CASE WHEN f.unit = 'pure' THEN 'percent' ELSE upper(f.unit) END AS measure,
        abs(try_cast(f.value AS DOUBLE)) * CASE WHEN f.unit = 'pure' THEN 100 ELSE 1 END AS number
    FROM doc.fact f
    WHERE f."end" > 0 AND try_cast(f.value AS DOUBLE) IS NOT NULL
),
-- Where the sentence of a claim stands: a filing may say it twice, tagged once.
spots AS (
    SELECT DISTINCT n.claim_id, o.document_id, o.char_start, o.char_end
    FROM numbers n
    JOIN numbers o ON o.document_id = n.document_id AND o.quote = n.quote
),
-- The facts of a claim: those whose tag stands around its very digits; of a claim by tag whose clearer sentence stands elsewhere, its own.
of_claim AS (
    SELECT n.claim_id, f.*, true AS in_place,
        regexp_extract(substr(n.quote, greatest(1, f.start - s.char_start)), '[$€£¥]?[\d,.]*\d(?: ?%| percent| (?:thousand|million|billion|trillion)\b)?') AS shown
    FROM numbers n
    JOIN spots s USING (claim_id)
    JOIN facts f ON f.document_id = s.document_id AND f.measure = n.measure AND f.start >= s.char_start AND f.until <= s.char_end
    WHERE figure_digits(substr(n.quote, f.start - s.char_start + 1, f.until - f.start)) = n.digits AND coalesce(n.tag, f.concept) = f.concept
    UNION ALL BY NAME
    SELECT n.claim_id, f.*, false AS in_place, '' AS shown
    FROM numbers n
    JOIN facts f ON f.document_id = n.document_id AND f.measure = n.measure AND f.concept = n.tag
        AND f.period_to = n.valid_to AND coalesce(f.period_from, f.period_to) = n.valid_from AND abs(f.number - n.low) <= n.half_step
    WHERE f.start < n.char_start OR f.until > n.char_end
),
own AS (
    SELECT o.*
    FROM of_claim o
    JOIN numbers n USING (claim_id)
    -- Of equal digits in one sentence the one that has the claim's number and period.
    QUALIFY row_number() OVER (
        PARTITION BY o.claim_id
        ORDER BY o.in_place DESC, abs(o.number - n.low) <= n.half_step DESC, (o.period_to = n.valid_to) IS TRUE DESC,
            (o.period_from = n.valid_from) IS TRUE DESC, o.start, o.concept, o.value, o.dimensions
    ) = 1
),
-- Elsewhere in the filing: the fact of a claim by tag that tells the same kind of thing of the same parties.
kin AS (
    SELECT n.claim_id, t.claim_id AS tag_claim_id, o.* EXCLUDE (claim_id, in_place, shown), false AS in_place, '' AS shown,
        abs(o.number - n.low) <= n.half_step AS equal,
        (o.period_to = n.valid_to AND coalesce(o.period_from, o.period_to) = n.valid_from) IS TRUE AS one_period,
        n.valid_from IS NULL OR o.period_to BETWEEN n.valid_from - 7 AND n.valid_to + 7 AS may_be_one_period
    FROM numbers n
    JOIN numbers t ON t.document_id = n.document_id AND t.by_tag AND t.predicate = n.predicate AND t.measure = n.measure
        AND t.metric IS NOT DISTINCT FROM n.metric AND t.kind IS NOT DISTINCT FROM n.kind AND t.benchmark IS NOT DISTINCT FROM n.benchmark
        AND t.subject_id = n.subject_id AND (NOT (n.named AND t.named) OR t.object_id IS NOT DISTINCT FROM n.object_id)
    JOIN own o ON o.claim_id = t.claim_id
    WHERE NOT n.by_tag AND n.claim_id NOT IN (SELECT claim_id FROM own)
        -- A figure of the whole company has one value a period; of shares and obligations there are several.
        AND ((equal AND (one_period OR (may_be_one_period AND n.predicate <> 'SUPPLIES'))) OR (one_period AND n.predicate = 'HAS_METRIC'))
        AND label_letter(n.object_name) IS NOT DISTINCT FROM label_letter(t.object_name)
    QUALIFY row_number() OVER (PARTITION BY n.claim_id ORDER BY equal DESC, one_period DESC, o.start, o.concept, t.claim_id) = 1
),
-- The claim by tag that the very fact beside a claim in words makes.
tag_claim AS (
    SELECT o.claim_id, min(t.claim_id) AS tag_claim_id
    FROM own o
    JOIN own t ON t.document_id = o.document_id AND t.start = o.start AND t.concept = o.concept AND t.dimensions = o.dimensions
    WHERE o.claim_id IN (SELECT claim_id FROM numbers WHERE NOT by_tag) AND t.claim_id IN (SELECT claim_id FROM numbers WHERE by_tag)
    GROUP BY o.claim_id
),
pairs AS (
    SELECT n.*, f.* EXCLUDE (claim_id, document_id, measure, tag_claim_id), coalesce(f.tag_claim_id, m.tag_claim_id) AS tag_claim_id,
        -- Beside a tag alone the sentence's own words are what the tag stands around; a row leaves its scale open.
        CASE WHEN n.by_tag AND f.in_place AND NOT n.in_row THEN f.shown WHEN n.by_tag AND n.also IS NULL THEN n.mismatch ELSE trim(n.said, ' ,.') END AS words
    FROM numbers n
    LEFT JOIN (SELECT *, NULL AS tag_claim_id FROM own UNION ALL BY NAME SELECT * EXCLUDE (equal, one_period, may_be_one_period) FROM kin) f USING (claim_id)
    LEFT JOIN tag_claim m USING (claim_id)
),
judged AS (
    SELECT p.*, t.tier AS tag_tier, figure_value(p.words) AS words_value,
        CASE p.comparator WHEN '≥' THEN p.number >= figure_value(p.words) - step WHEN '≤' THEN p.number <= p.high + step
            ELSE p.number BETWEEN figure_value(p.words) - step AND greatest(figure_value(p.words), CASE WHEN p.by_tag THEN 0 ELSE p.high END) + step
        END AS agrees,
        p.valid_from IS NULL OR p.by_tag OR p.period_to IS NULL OR p.period_to BETWEEN p.valid_from - 7 AND p.valid_to + 7 AS one_period,
        CASE WHEN p.predicate = 'SUPPLIES' AND t.claim_id IS NOT NULL THEN
            (p.named AND t.named AND p.object_id <> t.object_id)
            OR label_letter(p.object_name) <> label_letter(t.object_name) OR label_letter(p.subject_name) <> label_letter(t.subject_name)
        END IS NOT TRUE AS one_party
    FROM (SELECT *, figure_half_step(words) AS step FROM pairs) p
    LEFT JOIN numbers t ON t.claim_id = p.tag_claim_id
)
SELECT j.claim_id, j.tag_claim_id, list_filter([j.claim_id, j.tag_claim_id], lambda id: id IS NOT NULL) AS claim_ids,
    j.document_id, j.document_title, j.filer_id, f.name AS filer_name, j.predicate, j.metric, j.benchmark, j.subject_name, j.object_name,
    CASE
        WHEN j.concept IS NULL THEN 'no_tag'
        WHEN j.words IS NULL THEN 'tag_only'
        WHEN j.agrees AND j.one_period AND j.one_party AND (NOT j.by_tag OR j.mismatch IS NULL) THEN 'matched'
        ELSE 'mismatched'
    END AS status,
    CASE
        WHEN status <> 'mismatched' THEN NULL
        WHEN NOT j.agrees AND (j.in_place OR abs(log10(j.number / j.words_value) - 3 * round(log10(j.number / j.words_value) / 3)) < 1e-3) THEN 'scale'
        WHEN NOT j.agrees AND abs(j.number - j.words_value) <= 2 * j.step THEN 'rounding'
        WHEN NOT j.agrees THEN 'other_measure'
        WHEN NOT j.one_party THEN 'other_party'
        ELSE 'other_period'
    END AS reason,
    j.words, j.words_value, j.measure AS unit, j.comparator,
    CASE WHEN j.by_tag THEN NULL ELSE j.valid_from END AS words_from, CASE WHEN j.by_tag THEN NULL ELSE j.valid_to END AS words_to,
    CASE WHEN j.by_tag THEN j.also ELSE j.method END AS words_read_by, j.quote, j.section,
    j.concept, round(j.number, 9) AS tag_value, j.tag_unit, j.decimals AS tag_decimals,
    CASE WHEN j.in_place THEN round(log10(abs(try_cast(j.value AS DOUBLE)) / j.digits::DOUBLE))::INTEGER END AS tag_scale,
    j.period_from AS tag_from, j.period_to AS tag_to, j.dimensions AS tag_dimensions, j.in_place, j.start AS tag_start,
    CASE WHEN j.tag_tier = 'fact' THEN 'fact' ELSE j.tier END AS tier, j.known_from, j.known_to
FROM judged j
LEFT JOIN mart.dim_party f ON f.party_id = j.filer_id
WHERE NOT (j.by_tag AND j.claim_id IN (SELECT tag_claim_id FROM pairs WHERE tag_claim_id IS NOT NULL))
ORDER BY status <> 'mismatched', j.tier <> 'fact', filer_name, j.document_id, j.char_start, j.claim_id
