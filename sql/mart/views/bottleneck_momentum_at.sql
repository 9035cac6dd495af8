-- For each bottleneck and quarter: how many sources name it, and how many say more of it or less of it than before. A source counts
-- once in each column (documents without a day of their own are of no quarter), whatever it publishes; one that says more here and less there counts in both; a denial that comes or goes in neither. Facts alone, unless
-- `with_candidates`.
-- parameters: as_of, known_on, with_candidates
WITH named AS (
    SELECT c.object_id AS bottleneck_code, date_trunc('quarter', c.known_from)::DATE AS quarter,
        coalesce(nullif(c.filer_id, ''), c.source_group) AS source, c.claim_id
    FROM mart.claims_at(NULL, known_on) c
    JOIN mart.dim_document d ON d.document_id = c.document_id AND d.known_by <> 'first seen'
    WHERE c.predicate = 'EXPOSED_TO' AND c.polarity = 'positive' AND (c.tier = 'fact' OR with_candidates)
        AND (as_of IS NULL OR c.known_from <= as_of)
),
moved AS (
    SELECT bottleneck_code, quarter, source_group AS source, event, coalesce(severity = 'denied', false) AS denies,
        coalesce(event <> 'weakened' AND before_severity = 'denied', false) AS denied
    FROM mart.bottleneck_events_at(as_of, known_on) WHERE tier = 'fact' OR with_candidates
)
SELECT bottleneck_code, quarter, coalesce(n.sources, 0) AS sources, coalesce(n.claim_ids, []) AS claim_ids, coalesce(m.more, 0) AS more, coalesce(m.less, 0) AS less
FROM (
    SELECT bottleneck_code, quarter, count(DISTINCT source) AS sources, list(claim_id ORDER BY claim_id) AS claim_ids FROM named GROUP BY ALL
) n
FULL JOIN (
    SELECT bottleneck_code, quarter,
        count(DISTINCT source) FILTER (event IN ('first_named', 'added', 'strengthened', 'quantified') AND NOT denies) AS more,
        count(DISTINCT source) FILTER (event IN ('weakened', 'removed', 'dropped') AND NOT denied) AS less
    FROM moved GROUP BY ALL
) m USING (bottleneck_code, quarter)
ORDER BY bottleneck_code, quarter
