-- The mirror test: relations between two named organizations, and which of the two says so. Claims are those about the day `as_of`
-- (NULL: any) and known on `known_on`. A party that says nothing is `silent` where at least one of its periodic filings of the relation's
-- time was read in the items that would tell it, else `not covered`. A denial contradicts what is said of a time that overlaps.
-- parameters: as_of, known_on
WITH said AS (
    SELECT b.predicate, b.subject_id, b.object_id, b.mirrored, b.said_by, c.claim_id, c.polarity, c.quote, c.share, c.benchmark, c.source_group,
        c.known_from, coalesce(c.valid_from, c.known_from) AS about_from, coalesce(c.valid_to, c.known_from) AS about_to, c.valid_from, c.valid_to,
        c.confidence
    FROM mart.bridge_mirror_claim b
    JOIN mart.claims_at(as_of, known_on) c USING (claim_id)
),
contradicted AS (
    SELECT DISTINCT p.predicate, p.subject_id, p.object_id
    FROM (
        SELECT from_claim_id AS claim_id, to_claim_id AS other_id FROM mart.bridge_claim_link WHERE type = 'CONTRADICTS' AND known_from <= known_on
        UNION ALL
        SELECT to_claim_id, from_claim_id FROM mart.bridge_claim_link WHERE type = 'CONTRADICTS' AND known_from <= known_on
    ) l
    JOIN said p ON p.claim_id = l.claim_id AND p.polarity = 'positive'
    JOIN said n ON n.claim_id = l.other_id AND n.polarity = 'negative' AND n.predicate = p.predicate AND n.subject_id = p.subject_id
        AND n.object_id = p.object_id
),
relations AS (
    SELECT predicate, subject_id, object_id,
        count(*) FILTER (polarity = 'positive' AND said_by = 'subject') AS n_subject,
        count(*) FILTER (polarity = 'positive' AND said_by = 'object') AS n_object,
        count(*) FILTER (polarity = 'positive' AND said_by = 'third_party') AS n_third,
        count(*) FILTER (polarity = 'negative' AND said_by = 'subject') AS subject_denials,
        count(*) FILTER (polarity = 'negative' AND said_by = 'object') AS object_denials,
        count(DISTINCT source_group) FILTER (polarity = 'positive') AS publishers,
        min(known_from) FILTER (polarity = 'positive') AS first_known, max(known_from) FILTER (polarity = 'positive') AS last_known,
        min(least(about_from, known_from)) FILTER (polarity = 'positive') AS first_day,
        max(greatest(about_to, known_from)) FILTER (polarity = 'positive') AS last_day,
        list(claim_id ORDER BY claim_id) FILTER (polarity = 'positive') AS claim_ids,
        coalesce(list(claim_id ORDER BY claim_id) FILTER (polarity = 'negative'), []) AS denial_ids,
        list(quote ORDER BY claim_id) FILTER (polarity = 'positive') AS quotes,
        coalesce(list(quote ORDER BY claim_id) FILTER (polarity = 'negative'), []) AS denial_quotes,
        arg_max(share, (known_from, claim_id)) FILTER (polarity = 'positive' AND share IS NOT NULL AND benchmark IN ('revenue', 'purchases')) AS share,
        arg_max(benchmark, (known_from, claim_id)) FILTER (polarity = 'positive' AND share IS NOT NULL AND benchmark IN ('revenue', 'purchases')) AS benchmark,
        arg_max(valid_to, (known_from, claim_id)) FILTER (polarity = 'positive' AND share IS NOT NULL AND benchmark IN ('revenue', 'purchases')) AS share_to
    FROM said
    GROUP BY predicate, subject_id, object_id
    -- What only the mirror says is a row of the mirror.
    HAVING bool_or(polarity = 'positive' AND NOT mirrored)
),
-- A report that came out before anybody tells of the relation could not tell of it; one of the year after still can.
heard AS (
    SELECT r.predicate, r.subject_id, r.object_id, t.side, count(*) FILTER (t.items_unread IS NULL) AS read_whole,
        count(*) FILTER (t.items_unread IS NULL AND n.is_named) AS naming,
        list(t.document_id ORDER BY t.document_id) FILTER (t.items_unread IS NULL) AS document_ids
    FROM relations r
    JOIN mart.fct_telling t ON t.predicate = r.predicate AND t.company_id = CASE t.side WHEN 'subject' THEN r.subject_id ELSE r.object_id END
    LEFT JOIN mart.bridge_counterpart n ON n.document_id = t.document_id AND n.party_id = CASE t.side WHEN 'subject' THEN r.object_id ELSE r.subject_id END
    WHERE t.known_from <= known_on AND (t.known_to IS NULL OR t.known_to > known_on)
        AND t.known_from BETWEEN r.first_day AND r.last_day + INTERVAL 1 YEAR
    GROUP BY ALL
),
-- Of a company whose yearly report was not read, the newest quarter tells how large it is.
sizes AS (
    SELECT company_id, max(period_to) FILTER (days >= 350) AS year_end, arg_max(value, period_to) FILTER (days >= 350) AS revenue,
        arg_max(value / days, (days >= 350, period_to)) AS daily, arg_max(currency, (days >= 350, period_to)) AS currency
    FROM mart.fct_reported_amount
    WHERE measure = 'revenue' AND (days BETWEEN 350 AND 380 OR days BETWEEN 80 AND 100) AND known_from <= known_on
        AND (as_of IS NULL OR period_from <= as_of)
    GROUP BY company_id
),
told AS (
    SELECT r.*, s.name AS subject_name, o.name AS object_name,
        CASE WHEN n_subject > 0 THEN 'says so' WHEN subject_denials > 0 THEN 'denies it' WHEN hs.read_whole > 0 THEN 'silent' ELSE 'not covered' END AS subject_says,
        CASE WHEN n_object > 0 THEN 'says so' WHEN object_denials > 0 THEN 'denies it' WHEN ho.read_whole > 0 THEN 'silent' ELSE 'not covered' END AS object_says,
        coalesce(hs.read_whole, 0) AS subject_filings, coalesce(ho.read_whole, 0) AS object_filings,
        coalesce(hs.naming, 0) AS subject_naming, coalesce(ho.naming, 0) AS object_naming,
        coalesce(hs.document_ids, []) AS subject_document_ids, coalesce(ho.document_ids, []) AS object_document_ids,
        ys.revenue AS subject_revenue, yo.revenue AS object_revenue, ys.year_end AS subject_year_end, yo.year_end AS object_year_end,
        ys.currency AS subject_currency, yo.currency AS object_currency, ys.daily AS subject_daily, yo.daily AS object_daily,
        k.predicate IS NOT NULL AS contradicted
    FROM relations r
    JOIN mart.dim_party s ON s.party_id = r.subject_id
    JOIN mart.dim_party o ON o.party_id = r.object_id
    LEFT JOIN heard hs ON hs.predicate = r.predicate AND hs.subject_id = r.subject_id AND hs.object_id = r.object_id AND hs.side = 'subject'
    LEFT JOIN heard ho ON ho.predicate = r.predicate AND ho.subject_id = r.subject_id AND ho.object_id = r.object_id AND ho.side = 'object'
    LEFT JOIN sizes ys ON ys.company_id = r.subject_id
    LEFT JOIN sizes yo ON yo.company_id = r.object_id
    LEFT JOIN contradicted k ON k.predicate = r.predicate AND k.subject_id = r.subject_id AND k.object_id = r.object_id
),
sized AS (
    SELECT *,
        -- A share of the supplier's revenue, or of the customer's purchases, by the year that it speaks of where that is reported.
        CASE WHEN benchmark = 'revenue' AND subject_revenue IS NOT NULL AND (share_to IS NULL OR abs(date_diff('day', share_to, subject_year_end)) <= 380)
            THEN round(share * subject_revenue / 100) END AS amount,
        CASE WHEN subject_currency = object_currency THEN subject_daily / nullif(object_daily, 0) END AS times
    FROM told
)
SELECT predicate, subject_id, subject_name, object_id, object_name,
    CASE WHEN contradicted THEN 'contradicted' WHEN n_subject > 0 AND n_object > 0 THEN 'both_sides'
         WHEN n_subject > 0 THEN 'subject_only' WHEN n_object > 0 THEN 'object_only' ELSE 'third_party' END AS status,
    subject_says, object_says, publishers::INTEGER AS publishers, n_subject::INTEGER AS n_subject, n_object::INTEGER AS n_object,
    n_third::INTEGER AS n_third, subject_filings::INTEGER AS subject_filings, object_filings::INTEGER AS object_filings,
    subject_naming::INTEGER AS subject_naming, object_naming::INTEGER AS object_naming,
    share, benchmark, amount, subject_revenue, object_revenue, subject_year_end, object_year_end,
    CASE
        WHEN subject_says <> 'silent' AND object_says <> 'silent' THEN ''
        WHEN n_subject > 0 AND object_says = 'silent' AND amount IS NOT NULL AND object_revenue IS NOT NULL AND subject_currency = object_currency
            THEN format('{:g} % of revenue of {} is {:.2g} % of that of {}', share, subject_name, 100 * amount / object_revenue, object_name)
        WHEN n_subject > 0 AND object_says = 'silent' AND times < 0.1
            THEN format('{} has {:.2g} % of the revenue of {}', subject_name, 100 * times, object_name)
        WHEN n_object > 0 AND subject_says = 'silent' AND amount IS NOT NULL
            THEN format('{:g} % of revenue of {}, which it would have to tell from 10 % on', share, subject_name)
        WHEN n_object > 0 AND subject_says = 'silent' AND times > 10
            THEN format('{} has {:.2g} % of the revenue of {}', object_name, 100 / times, subject_name)
        WHEN times IS NULL THEN 'size unknown'
        ELSE format('size does not explain it: revenues as {:.1f} to 1', greatest(times, 1 / times))
    END AS size,
    first_known, last_known, claim_ids, denial_ids, quotes, denial_quotes, subject_document_ids, object_document_ids
FROM sized
ORDER BY predicate, subject_name, object_name, subject_id, object_id
