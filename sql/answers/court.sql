-- Companies by counted evidence, as of $as_of and as known on $known_on: per test how many publishers speak for and against, and
-- how many that have an interest speak in its favour (for a test, against its being a thin wrapper). Facts alone are counted. A company of which one publisher alone tells has no rank.
WITH evidence AS (
    SELECT * FROM mart.court_at($as_of, $known_on)
),
facts AS (
    SELECT claim_id, coalesce(nullif(c.filer_id, ''), c.source_group) AS source, coalesce(nullif(s.owner_id, ''), c.subject_id) AS src_id,
        coalesce(nullif(o.owner_id, ''), c.object_id) AS dst_id
    FROM mart.claims_at($as_of, $known_on) c
    JOIN mart.dim_party s ON s.party_id = c.subject_id
    LEFT JOIN mart.dim_party o ON o.party_id = c.object_id
    WHERE c.tier = 'fact'
),
told AS (
    SELECT company_id, count(DISTINCT claim_id) AS facts, count(DISTINCT source) AS publishers
    FROM (SELECT src_id AS company_id, claim_id, source FROM facts UNION SELECT dst_id, claim_id, source FROM facts)
    GROUP BY company_id
),
counted AS (
    SELECT company_id, company, test,
        count(DISTINCT source) FILTER (tier = 'fact' AND side = 'for' AND interest = '') AS pro,
        count(DISTINCT source) FILTER (tier = 'fact' AND side IN ('for', 'against') AND interest <> '') AS pro_interested,
        count(DISTINCT source) FILTER (tier = 'fact' AND side = 'against' AND interest = '') AS contra,
        count(*) FILTER (tier = 'fact' AND side = 'unknown') AS open,
        count(*) FILTER (tier = 'candidate') AS candidates
    FROM evidence
    GROUP BY ALL
),
wide AS (
    SELECT company_id, company, coalesce(sum(pro) FILTER (test <> 'wrapper'), 0) AS pro, coalesce(sum(contra) FILTER (test <> 'wrapper'), 0) AS contra,
        coalesce(sum(pro_interested) FILTER (test <> 'wrapper'), 0) AS pro_interested, sum(open) AS open, sum(candidates) AS candidates,
        MAP_FROM_ENTRIES(list((test, {'pro': pro, 'interested': pro_interested, 'contra': contra}) ORDER BY test)) AS tests
    FROM counted
    GROUP BY ALL
),
placed AS (
    SELECT w.*, t.facts, t.publishers, t.publishers > 1 AS ranked
    FROM wide w
    JOIN told t USING (company_id)
    WHERE w.pro + w.contra + w.pro_interested + coalesce(tests['wrapper'].pro + tests['wrapper'].contra + tests['wrapper'].interested, 0) > 0
)
SELECT CASE WHEN ranked THEN rank() OVER (PARTITION BY ranked ORDER BY pro DESC, contra) END::INTEGER AS rank, company, company_id,
    coalesce(tests['bottleneck'].pro, 0) AS bottleneck_for, coalesce(tests['bottleneck'].interested, 0) AS bottleneck_interested,
    coalesce(tests['bottleneck'].contra, 0) AS bottleneck_against,
    coalesce(tests['cost'].pro, 0) AS cost_for, coalesce(tests['cost'].interested, 0) AS cost_interested, coalesce(tests['cost'].contra, 0) AS cost_against,
    coalesce(tests['embedded'].pro, 0) AS embedded_for, coalesce(tests['embedded'].interested, 0) AS embedded_interested,
    coalesce(tests['embedded'].contra, 0) AS embedded_against,
    coalesce(tests['wrapper'].pro, 0) AS wrapper_for, coalesce(tests['wrapper'].interested, 0) AS wrapper_interested,
    coalesce(tests['wrapper'].contra, 0) AS wrapper_against,
    pro::INTEGER AS independent_for, pro_interested::INTEGER AS interested_for, contra::INTEGER AS against, open::INTEGER AS unknown,
    candidates::INTEGER AS candidates, facts, publishers
FROM placed
ORDER BY ranked DESC, rank, company, company_id
