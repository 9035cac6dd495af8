-- What changed in how a company's bottlenecks are spoken of: between its reports, sentence against sentence, and in commentary from
-- quarter to quarter. A sentence is new where a quarter or less of its runs of words and less than half of its longer words stand
-- together in what the item remembers, and the same where a statement there shares a third of the longer's runs; between these
-- nothing is concluded.
WITH spoken AS (
    SELECT s.*, i.filer_id, i.place, i.since, i.remembered, i.after_id, i.before_id FROM core.statement s JOIN core.filing_item i USING (document_id, item)
),
-- The newest statement in the item's memory that is the same sentence.
aligned AS (
    SELECT r.statement_id, arg_max(r.echo_id, o.place) AS before_statement_id, max(r.share) AS share
    FROM core.restatement r
    JOIN spoken s USING (statement_id)
    JOIN (SELECT DISTINCT document_id, place FROM core.filing_item) o ON o.document_id = r.other_id AND o.place < s.place
    WHERE r.echo_share >= 1 / 3
    GROUP BY r.statement_id
),
remembered AS (
    SELECT r.statement_id, max(r.share) AS share, max(coalesce(r.words_share, 0)) AS words_share
    FROM core.restatement r
    JOIN spoken s USING (statement_id)
    WHERE r.other_id IS DISTINCT FROM s.after_id
    GROUP BY r.statement_id
),
paired AS (
    SELECT s.statement_id, p.statement_id AS before_statement_id, s.rank AS rank, p.rank AS before_rank, a.share,
        figures_in(s.quote) AS figures, figures_in(p.quote) AS before_figures
    FROM aligned a
    JOIN spoken s USING (statement_id)
    JOIN core.statement p ON p.statement_id = a.before_statement_id
    WHERE words_of(s.quote) <> words_of(p.quote)
),
changed AS (
    SELECT CASE WHEN rank > before_rank THEN 'strengthened' ELSE 'weakened' END AS event, statement_id, before_statement_id,
        []::VARCHAR[] AS figures, share
    FROM paired WHERE rank <> before_rank
    UNION ALL
    SELECT 'quantified', statement_id, before_statement_id, figures, share
    FROM paired WHERE len(figures) > 0 AND len(before_figures) = 0
),
named AS (
    SELECT filer_id, bottleneck, sense, min(place) AS place FROM spoken WHERE rank > 0 GROUP BY ALL
),
new AS (
    -- A denial names nothing for the first time.
    SELECT CASE WHEN s.rank > 0 AND s.place = n.place THEN 'first_named' ELSE 'added' END AS event, s.statement_id, NULL AS before_statement_id,
        figures_in(s.quote) AS figures, r.share
    FROM spoken s
    JOIN remembered r USING (statement_id)
    LEFT JOIN named n ON n.filer_id = s.filer_id AND n.bottleneck = s.bottleneck AND n.sense = s.sense
    WHERE s.since IS NOT NULL AND s.remembered AND r.share <= 0.25 AND r.words_share < 0.5 AND s.statement_id NOT IN (SELECT statement_id FROM aligned)
),
gone AS (
    SELECT CASE
            WHEN r.named_there OR EXISTS (
                FROM core.statement o WHERE o.document_id = s.after_id AND o.bottleneck = s.bottleneck AND o.sense = s.sense AND o.rank > 0)
            THEN 'removed' ELSE 'dropped'
        END AS event, s.statement_id, s.after_id, r.share
    FROM spoken s
    JOIN core.restatement r ON r.statement_id = s.statement_id AND r.other_id = s.after_id
    JOIN core.filing_item n ON n.document_id = s.after_id AND n.item = s.item
    WHERE n.whole AND r.share <= 0.25 AND coalesce(r.words_share, 0) < 0.5 AND r.echo_share < 1 / 3
),
of_reports AS (
    SELECT e.event, 'filing' AS via, s.filer_id AS company_id, s.statement_id, e.before_statement_id, s.document_id,
        coalesce(p.document_id, s.before_id) AS before_document_id, e.figures, e.share
    FROM (FROM changed UNION ALL FROM new) e
    JOIN spoken s USING (statement_id)
    LEFT JOIN core.statement p ON p.statement_id = e.before_statement_id
    UNION ALL
    SELECT g.event, 'filing', s.filer_id, NULL, g.statement_id, g.after_id, s.document_id, []::VARCHAR[], g.share
    FROM gone g
    JOIN spoken s USING (statement_id)
),
-- Commentary: what a source says in a quarter of a company is the strongest that it says then.
told AS (
    SELECT CASE WHEN p.kind = 'Organization' THEN p.party_id ELSE coalesce(nullif(p.owner_id, ''), p.party_id) END AS company_id,
        s.bottleneck, s.sense, d.source_group, date_trunc('quarter', s.known_from)::DATE AS quarter, s.statement_id, s.rank, s.known_from
    FROM (SELECT *, unnest(subject_ids) AS subject_id FROM core.statement) s
    JOIN core.document d USING (document_id)
    JOIN mart.dim_party p ON p.party_id = s.subject_id
    -- A page without a date of its own is of no quarter; a report whose items were not found is no commentary.
    WHERE NOT is_periodic(d.form) AND d.known_by <> 'first seen'
),
strongest AS (
    SELECT company_id, bottleneck, sense, source_group, quarter, max(rank) AS rank,
        arg_min(statement_id, (-rank, known_from, statement_id)) AS statement_id, min(known_from) AS known_from
    FROM told GROUP BY ALL
),
followed AS (
    SELECT *, lag(rank) OVER source AS before_rank, lag(statement_id) OVER source AS before_statement_id,
        row_number() OVER (PARTITION BY company_id, bottleneck, sense ORDER BY known_from, source_group, statement_id) AS number
    FROM strongest
    WINDOW source AS (PARTITION BY company_id, bottleneck, sense, source_group ORDER BY quarter)
),
of_commentary AS (
    SELECT CASE WHEN number = 1 THEN 'first_named' WHEN rank > before_rank THEN 'strengthened' ELSE 'weakened' END AS event,
        company_id, statement_id, CASE WHEN number > 1 THEN before_statement_id END AS before_statement_id
    FROM followed
    WHERE number = 1 OR rank <> before_rank
),
events AS (
    FROM of_reports
    UNION ALL
    SELECT e.event, 'commentary', e.company_id, e.statement_id, e.before_statement_id, s.document_id, p.document_id,
        CASE WHEN e.event = 'first_named' THEN figures_in(s.quote) ELSE [] END, NULL
    FROM of_commentary e
    JOIN core.statement s USING (statement_id)
    LEFT JOIN core.statement p ON p.statement_id = e.before_statement_id
)
SELECT left(md5(concat_ws(chr(31), e.event, e.company_id, e.statement_id, e.before_statement_id, e.document_id)), 16) AS event_id,
    e.event, e.via, e.company_id, coalesce(c.name, e.company_id) AS company, surrogate(e.company_id) AS company_key,
    any_of.bottleneck AS bottleneck_code, b.name AS bottleneck, any_of.sense,
    CASE WHEN coalesce(s.tier, 'fact') = 'fact' AND coalesce(p.tier, 'fact') = 'fact' THEN 'fact' ELSE 'candidate' END AS tier,
    any_of.item, s.quote, p.quote AS before_quote,
    ['denied', 'mention', 'may', 'is', 'has_occurred'][s.rank + 1] AS severity,
    ['denied', 'mention', 'may', 'is', 'has_occurred'][p.rank + 1] AS before_severity,
    e.figures, round(e.share, 3) AS share,
    coalesce(s.claim_ids, []) AS claim_ids, coalesce(p.claim_ids, []) AS before_claim_ids,
    e.document_id, d.title AS document_title, d.form, d.period_end,
    e.before_document_id, o.title AS before_document_title, o.form AS before_form, o.period_end AS before_period_end,
    CASE WHEN e.via = 'filing' THEN e.company_id ELSE d.source_group END AS source_group,
    coalesce(d.period_end, d.known_from) AS day, greatest(d.known_from, s.known_from, p.known_from, o.known_from) AS known_from,
    least(s.known_to, p.known_to) AS known_to,
    date_trunc('quarter', greatest(d.known_from, s.known_from, p.known_from, o.known_from))::DATE AS quarter
FROM events e
LEFT JOIN core.statement s ON s.statement_id = e.statement_id
LEFT JOIN core.statement p ON p.statement_id = e.before_statement_id
JOIN core.statement any_of ON any_of.statement_id = coalesce(e.statement_id, e.before_statement_id)
JOIN mart.dim_bottleneck b ON b.code = any_of.bottleneck
LEFT JOIN mart.dim_party c ON c.party_id = e.company_id
JOIN core.document d ON d.document_id = e.document_id
LEFT JOIN core.document o ON o.document_id = e.before_document_id
ORDER BY company, bottleneck, any_of.sense, day, d.document_id, any_of.char_start, e.event, event_id
